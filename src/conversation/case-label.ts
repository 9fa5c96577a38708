import type { OwnLabel } from '../language/case-label.ts';
import { clean } from '../language/clean.ts';
import { normalise } from '../language/normalise.ts';
import type { SpokenText } from '../message.ts';
import { echoLabel, fill } from './fill.ts';
import type { Words } from './knowledge.ts';

/** Labels that need not be typed; `dialogue.new-case.<id>` are their words. */
export const READY_LABELS = [
  ...(['self', 'training-1', 'training-2', 'training-3', 'training-4', 'training-5'] as const),
  ...(['husband', 'wife', 'child', 'friend'] as const),
] as const;
export type ReadyLabel = (typeof READY_LABELS)[number];

/** Those that a message may name by itself. Mothers and brothers are left out: "bu" and "kak" are forms of address. */
const NAMED: readonly ReadyLabel[] = ['husband', 'wife', 'child', 'friend'];

/** What a case is called: by one of our labels, in whatever language is spoken, or by the participant's own words. */
export type CaseLabel =
  | { readonly kind: 'ready'; readonly id: ReadyLabel }
  | { readonly kind: 'own'; readonly text: OwnLabel };

export function ready(id: ReadyLabel): CaseLabel {
  return { kind: 'ready', id };
}

export function isReadyLabel(id: string): id is ReadyLabel {
  return (READY_LABELS as readonly string[]).includes(id);
}

/** The label as it is read on buttons and above verdicts. */
export function labelText(texts: Words, label: CaseLabel): SpokenText {
  return label.kind === 'own' ? echoLabel(label.text) : fill(texts, `dialogue.new-case.${label.id}`);
}

/** Whether nobody could tell two labels apart by reading or typing them. */
export function areAlike(texts: Words, one: CaseLabel, other: CaseLabel): boolean {
  return clean(labelText(texts, one)) === clean(labelText(texts, other));
}

/** Whom a message is about, when it says so with the word of a label: "untuk suami saya". `words` in standard spelling. */
export function labelNamedIn(allTexts: readonly Words[], words: readonly string[]): ReadyLabel | null {
  const isNamed = (id: ReadyLabel): boolean =>
    allTexts.some((texts) => words.includes(clean(fill(texts, `dialogue.new-case.${id}`))));
  return NAMED.find(isNamed) ?? null;
}

/** The label of ours that somebody typed, whole or by its first word where only one begins so ("saya"). */
export function readyCalled(
  allTexts: readonly Words[],
  lexicon: Parameters<typeof normalise>[0],
  words: string,
): ReadyLabel | null {
  const normal = (texts: Words, id: ReadyLabel): string => normalise(lexicon, labelText(texts, ready(id)));
  for (const texts of allTexts) {
    const whole = READY_LABELS.find((id) => normal(texts, id) === words);
    if (whole !== undefined) return whole;
    const begun = READY_LABELS.filter((id) => normal(texts, id).startsWith(`${words} `));
    if (begun.length === 1) return begun[0]!;
  }
  return null;
}

/** The next "Pelatihan kedua", "Pelatihan ketiga", … that is not in use. */
export function nextTraining(isUsed: (label: CaseLabel) => boolean): ReadyLabel {
  const trainings = READY_LABELS.filter((id) => id.startsWith('training-') && id !== 'training-1');
  return trainings.find((id) => !isUsed(ready(id))) ?? 'training-1';
}
