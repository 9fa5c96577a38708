import { areAlike, type CaseLabel, labelText, nextTraining, type ReadyLabel, ready } from './case-label.ts';
import { casesOf } from './cases.ts';
import type { Pick } from './choice.ts';
import { caseText, type Draft, say, words } from './draft.ts';
import type { Dialogue } from './session.ts';

/** Asks what a case is called; @returns the labels that can be chosen, and the way out. */
export function askLabel(draft: Draft, { label }: Extract<Dialogue, { kind: 'new-case' }>): Pick[] {
  const used = [label, ...casesOf(draft.session).map((one) => one.label)].filter((one) => one !== null);
  const isUsed = (one: CaseLabel): boolean => used.some((other) => areAlike(words(draft), one, other));
  if (label === null) say(draft, 'dialogue.new-case.text');
  else say(draft, 'dialogue.new-case.before', { label: labelText(words(draft), label) });
  const offered: ReadyLabel[] =
    label === null
      ? [nextTraining(isUsed), 'husband', 'wife', 'child', 'friend']
      : ['self', 'training-1', 'husband', 'wife', 'child'];
  return [...offered.filter((id) => !isUsed(ready(id))), 'no'].map(
    (answer): Pick => ({ kind: 'dialogue', dialogue: 'new-case', answer }),
  );
}

/** Asks whether a case may go; @returns the choices. */
export function askClosing(draft: Draft, dialogue: Extract<Dialogue, { kind: 'close-case' }>): Pick[] {
  const one = casesOf(draft.session).find(({ caseId }) => caseId === dialogue.case)!;
  say(draft, 'dialogue.close-case.text', { label: caseText(draft, one) });
  return ['yes', 'no'].map((answer): Pick => ({ kind: 'dialogue', dialogue: 'close-case', answer }));
}
