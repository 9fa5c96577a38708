import { compareNames, type NameComparison } from '../language/names/compare.ts';
import type { NamePair } from '../language/names/read-pair.ts';
import { takeAnswers } from './act.ts';
import { conclude } from './ask.ts';
import { addParagraph, type Draft, newBubble, silently, update, words } from './draft.ts';
import { explainNames, forgetWords, keepNames } from './names.ts';

/** The question that a comparison answers, and its answers (flows/checklist.yaml). */
const NAMES_QUESTION = 'names';
const SAME = 'same';
const DIFFER = 'differ';

/** Asks for what is still missing, or compares, tells and forgets. */
export function takeNames(draft: Draft, { kemnaker, prakerja }: NamePair): void {
  if (kemnaker === null || prakerja === null) {
    keepNames(draft, { kemnaker, prakerja });
    return conclude(draft);
  }
  const comparison = compareNames(kemnaker, prakerja);
  const since = draft.session.dialogue?.kind === 'names' ? draft.session.dialogue.since : draft.at;
  update(draft, { dialogue: null });
  forgetWords(draft, since);
  tell(draft, comparison);
  if (comparison.result === 'unclear') return conclude(draft, { lead: true });
  // Which account to change is told again, also to who was told before.
  update(draft, { told: null });
  const answer = comparison.result === 'same' ? SAME : DIFFER;
  silently(draft, (silent) => takeAnswers(silent, [{ question: NAMES_QUESTION, answer }]));
  conclude(draft);
}

/** What holds a name is a message of its own, which is forgotten once it is sent. */
function tell(draft: Draft, comparison: NameComparison): void {
  const explained = explainNames(words(draft), comparison);
  if (comparison.differences.length === 0) return addParagraph(draft, explained);
  newBubble(draft);
  draft.passing.add(draft.bubbles.at(-1)!);
  addParagraph(draft, explained);
  newBubble(draft);
}
