import type { Fact } from '../../checklist/checklist.ts';
import { CHOOSING_FACTS, NEEDED_FACTS } from '../../conversation/texts.ts';
import { type Issue, issueAt } from '../issue.ts';
import type { Sources } from '../sources.ts';

/** The programme began in 2020; a date more than a day ahead of today is a typing mistake. */
const FIRST_DATE = '2020-01-01';
const DAY_MS = 86_400_000;

/** Facts with an impossible date, a value the code cannot use, or a chain of replacements. */
export function facts(sources: Sources): readonly Issue[] {
  const { checklist, ledger } = sources;
  const place = (fact: Fact) => ledger.placeOf('fact', fact.id);
  return [
    ...checklist.facts.flatMap((fact) => [
      ...dateFaults(fact).map((reason) => issueAt(place(fact), reason)),
      ...replacementFaults(fact, checklist.facts).map((reason) => issueAt(place(fact), reason)),
    ]),
    ...neededFaults(sources),
    ...Object.entries(CHOOSING_FACTS).flatMap(([id, form]) => formFaults(sources, id, form)),
  ];
}

function dateFaults({ id, confirmed }: Fact): readonly string[] {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(confirmed) ? Date.parse(`${confirmed}T00:00:00Z`) : Number.NaN;
  // Date.parse rolls 30 February over into March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== confirmed) {
    return [`fact '${id}' was confirmed on '${confirmed}', which is no date (YYYY-MM-DD)`];
  }
  if (confirmed < FIRST_DATE)
    return [`fact '${id}' was confirmed on ${confirmed}, before the programme began`];
  if (at > Date.now() + DAY_MS) return [`fact '${id}' was confirmed on ${confirmed}, which is still to come`];
  return [];
}

function replacementFaults(fact: Fact, all: readonly Fact[]): readonly string[] {
  if (fact.replaces === null) return [];
  const seen = [fact.id];
  let next: string | null = fact.replaces;
  while (next !== null && !seen.includes(next)) {
    seen.push(next);
    next = all.find(({ id }) => id === seen.at(-1))?.replaces ?? null;
  }
  if (next === fact.id)
    return [`fact '${fact.id}' replaces itself in the end: ${[...seen, next].join(' → ')}`];
  if (seen.length > 2)
    return [`fact '${fact.id}' replaces '${seen[1]}', which is itself a replacement: name '${seen[2]}'`];
  const rival = all.find((other) => other.on && other.replaces === fact.replaces && other.id !== fact.id);
  if (fact.on && rival !== undefined) {
    return [`fact '${fact.id}' and '${rival.id}' both replace '${fact.replaces}' and are both on`];
  }
  return [];
}

/** Facts that the code reads, and the days that waits count. */
function neededFaults({ checklist, ledger, files }: Sources): readonly Issue[] {
  const needed = new Map(Object.entries(NEEDED_FACTS));
  for (const { wait } of checklist.requirements)
    if (wait !== null) needed.set(wait.daysFact, { form: /^\d{1,3}$/, example: '7' });
  return [...needed].flatMap(([id, { form, example }]) => {
    if (!ledger.has('fact', id)) {
      return issueAt(
        { file: files.nameOf('facts.yaml'), line: 1 },
        `fact '${id}' is missing; the program reads it`,
      );
    }
    const isTold = checklist.facts.some((fact) => fact.on && (fact.id === id || fact.replaces === id));
    // The program would still go by its value, while the lines that tell it (in the notice, say) were left out.
    if (!isTold)
      return issueAt(ledger.placeOf('fact', id), `fact '${id}' is switched off; the program reads it`);
    return formFaults({ checklist, ledger }, id, { form, example });
  });
}

/** Values that the code could not read: of the fact and of whatever may replace it. */
function formFaults(
  { checklist, ledger }: Pick<Sources, 'checklist' | 'ledger'>,
  id: string,
  { form, example }: { readonly form: RegExp; readonly example: string },
): readonly Issue[] {
  return checklist.facts
    .filter((fact) => (fact.id === id || fact.replaces === id) && !form.test(fact.value))
    .map((fact) => {
      const reason = `fact '${fact.id}' has the value '${fact.value}'; the program reads it, so it must look like '${example}'`;
      return issueAt(ledger.placeOf('fact', fact.id), reason);
    });
}
