import { type Draft, say } from './draft.ts';
import { monthOf } from './tell.ts';

/**
 * Whether the programme still runs, if an operator has said so: the value of the fact (`open`, `paused`, `closed`) chooses
 * the words. The source text takes it for granted.
 */
export function sayProgramme(draft: Draft): void {
  const fact = draft.knowledge.checklist.facts.find(({ id, on }) => id === 'programme.status' && on);
  if (fact !== undefined) say(draft, `say.programme.${fact.value}`, { date: monthOf(draft, fact.confirmed) });
}
