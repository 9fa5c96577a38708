/** flows/examples/: sentences as people write them, one file for each voice, each under what it means. */
export type Examples = readonly Voice[];

export type Voice = {
  /** Name of the file; one voice can be kept out of learning and measured on. */
  readonly name: string;
  readonly topics: ByLabel;
  /** Controls, and the plain replies `yes`, `no` and `unsure`. */
  readonly controls: ByLabel;
  /** Kind of what Pandu cannot help with → sentences. */
  readonly outOfScope: ByLabel;
  /** question → answer → what is written by somebody who was just asked it. */
  readonly answers: Readonly<Record<string, ByLabel>>;
};

type ByLabel = Readonly<Record<string, readonly string[]>>;

export type Answered = { readonly label: string; readonly text: string };

/** Label of what answers nothing. No answer has such an id. */
export const NO_ANSWER = '-';

const OUT_OF_SCOPE = 'out-of-scope';

export function topicLines(examples: Examples): Answered[] {
  return examples.flatMap(({ topics, controls, outOfScope }) => [
    ...linesOf(topics),
    ...linesOf(controls),
    ...linesOf(outOfScope, (kind) => outOfScopeLabel(kind)),
  ]);
}

export function answerLines(
  examples: Examples,
): { readonly question: string; readonly lines: readonly Answered[] }[] {
  const questions = new Set(examples.flatMap(({ answers }) => Object.keys(answers)));
  return [...questions].map((question) => ({
    question,
    lines: examples.flatMap(({ answers }) => linesOf(answers[question] ?? {})),
  }));
}

export function outOfScopeLabel(kind: string): string {
  return `${OUT_OF_SCOPE}/${kind}`;
}

/** The kind behind a label, null when it is a topic or a control. */
export function outOfScopeKind(label: string): string | null {
  return label.startsWith(`${OUT_OF_SCOPE}/`) ? label.slice(OUT_OF_SCOPE.length + 1) : null;
}

function linesOf(byLabel: ByLabel, labelOf: (key: string) => string = (key) => key): Answered[] {
  return Object.entries(byLabel).flatMap(([key, texts]) =>
    texts.map((text) => ({ label: labelOf(key), text })),
  );
}
