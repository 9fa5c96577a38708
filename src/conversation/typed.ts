import { dayNumber, startOfDayNumber, type Zone } from '../language/dates.ts';
import { type Provider, type ProviderProblem, readProvider } from '../language/providers.ts';
import { isOnlyDay, possibleDays, readDay } from '../language/read-day.ts';
import { readTrainingName, type TrainingProblem } from '../language/training-name.ts';
import type { Dialogue, ForLetter } from './session.ts';

/** A side question that is answered by typing something of one's own. */
export type TypingDialogue = Extract<Dialogue, { kind: 'letter' | 'provider' }>;

/** What somebody typed at such a question, or why nothing in it can be used. Not kept before they say yes. */
export type Typed =
  | { readonly kind: 'letter'; readonly about: Partial<ForLetter> }
  | { readonly kind: 'provider'; readonly provider: Provider }
  | { readonly kind: 'letter-problem'; readonly problem: TrainingProblem | 'date' | 'future' }
  | { readonly kind: 'provider-problem'; readonly problem: ProviderProblem };

export function isTyping(dialogue: Dialogue | null): dialogue is TypingDialogue {
  return dialogue?.kind === 'letter' || dialogue?.kind === 'provider';
}

/** @param at when it was typed, epoch milliseconds */
export function readTyped(dialogue: TypingDialogue, text: string, at: number, zone: Zone): Typed {
  if (dialogue.kind === 'provider') {
    const read = readProvider(text);
    return 'problem' in read
      ? { kind: 'provider-problem', problem: read.problem }
      : { kind: 'provider', provider: read };
  }
  return dialogue.about === 'finished' ? readFinish(text, at, zone) : readTraining(text, at, zone);
}

/** "Barista Dasar, selesai 12 November" */
const BOTH = /^(.+?)[\s,;.]+(?:selesai(?:nya)?|tamat|lulus|berakhir|beres|finished|ended)\s+(.+)$/isu;

function readTraining(text: string, at: number, zone: Zone): Typed {
  const both = BOTH.exec(text);
  const finishedAt = both === null ? null : pastDay(both[2]!, at, zone);
  const read = readTrainingName(finishedAt === null ? text : both![1]!);
  if ('problem' in read) return { kind: 'letter-problem', problem: read.problem };
  // Whoever answers the second question before it was asked.
  const alone = isOnlyDay(text, at, zone, 'back') ? pastDay(text, at, zone) : null;
  if (alone !== null) return { kind: 'letter', about: { finishedAt: alone } };
  return {
    kind: 'letter',
    about: { training: read.training, ...(finishedAt === null ? {} : { finishedAt }) },
  };
}

function readFinish(text: string, at: number, zone: Zone): Typed {
  const finishedAt = pastDay(text, at, zone);
  if (finishedAt !== null) return { kind: 'letter', about: { finishedAt } };
  return { kind: 'letter-problem', problem: readDay(text, at, zone) === null ? 'date' : 'future' };
}

/** The day, today or earlier, that a text names; null when it names none or two. Its start in WIB, epoch milliseconds. */
function pastDay(text: string, at: number, zone: Zone): number | null {
  const days = possibleDays(text, at, zone, 'back');
  return days.length === 1 ? startOfDayNumber(dayNumber(days[0]!.startsAt, zone)) : null;
}

/** Since when something is held that was typed and may have to be forgotten, null when nothing is. */
export function heldSince(dialogue: Dialogue | null): number | null {
  if (dialogue?.kind === 'names') return dialogue.since;
  return isTyping(dialogue) ? (dialogue.typed?.since ?? null) : null;
}

/** The question once more, without what was typed. */
export function withoutTyped(dialogue: TypingDialogue): TypingDialogue {
  return { ...dialogue, typed: null };
}
