import { shippedKnowledge, Talk } from './conversation.ts';

/** Talks in which a person may write from the phone. */
export const knowledge = shippedKnowledge();
/** As the fact `operator.pause-hours` has it. */
export const PAUSE_MS = 2 * 3_600_000;

export const say = (id: string): string => knowledge.words.id.get(id)!;
export const begun = (): Talk => new Talk(knowledge).says('halo');

/** Blocked, with a reminder set for tomorrow at nine. */
export const reminded = (): Talk =>
  begun()
    .answers('dashboard', 'nothing')
    .answers('training', 'finished')
    .answers('rating', 'no-menu')
    .presses(say('choice.remind'));
