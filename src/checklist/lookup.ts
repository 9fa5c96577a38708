import type { AnswerId, Checklist, FactId, QuestionId, SignId } from './checklist.ts';

/** What is asked of a checklist again and again, put in order once: a walk happens several times in every turn. */
export type Lookup = {
  /** The signs that an answer shows, by its question and its id. */
  readonly signsOf: ReadonlyMap<QuestionId, ReadonlyMap<AnswerId, readonly SignId[]>>;
  readonly factsOn: ReadonlySet<FactId>;
};

const kept = new WeakMap<Checklist, Lookup>();

export function lookupOf(checklist: Checklist): Lookup {
  const known = kept.get(checklist);
  if (known !== undefined) return known;
  const lookup = buildLookup(checklist);
  kept.set(checklist, lookup);
  return lookup;
}

function buildLookup(checklist: Checklist): Lookup {
  const signsOf = new Map<QuestionId, Map<AnswerId, SignId[]>>();
  for (const { id, seenIn } of checklist.signs) {
    for (const [question, answers] of Object.entries(seenIn)) {
      const shown = signsOf.get(question) ?? new Map<AnswerId, SignId[]>();
      signsOf.set(question, shown);
      for (const answer of answers) shown.set(answer, [...(shown.get(answer) ?? []), id]);
    }
  }
  return { signsOf, factsOn: new Set(checklist.facts.filter(({ on }) => on).map(({ id }) => id)) };
}
