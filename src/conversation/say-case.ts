import { hasSeveral } from './cases.ts';
import { caseText, type Draft, say } from './draft.ts';

/** With several cases, once in a reply: which of them it is about. */
export function sayCase(draft: Draft): void {
  if (draft.isCaseSaid || !hasSeveral(draft.session)) return;
  draft.isCaseSaid = true;
  say(draft, 'say.cases.about', { label: caseText(draft, draft.session) });
}
