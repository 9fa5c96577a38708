import type { SpokenText } from '../message.ts';
import type { Pick } from './choice.ts';
import { addParagraph, type Draft, newBubble, phrase, say, words } from './draft.ts';
import { join } from './fill.ts';
import { fullDate, typedName } from './letter.ts';
import type { TypingDialogue } from './typed.ts';

/** Asks, or shows what was typed before anything is done with it; the choices that belong to it. */
export function askTyped(draft: Draft, dialogue: TypingDialogue): Pick[] {
  const { kind, typed } = dialogue;
  const picks = (...answers: string[]): Pick[] =>
    answers.map((answer) => ({ kind: 'dialogue', dialogue: kind, answer }));
  if (typed === null) {
    say(draft, kind === 'letter' ? `dialogue.letter.ask.${dialogue.about}` : 'dialogue.provider.ask');
    return picks('skip');
  }
  // A message of its own, which is forgotten once it is sent.
  newBubble(draft);
  draft.passing.add(draft.bubbles.at(-1)!);
  addParagraph(draft, join(shown(draft, dialogue), '\n'));
  newBubble(draft);
  say(draft, `dialogue.${kind}.check`);
  return picks('use', 'change', 'without');
}

function shown(draft: Draft, { kind, typed }: TypingDialogue): SpokenText[] {
  if (kind === 'provider')
    return [phrase(draft, 'dialogue.provider.shown', { provider: typedName(typed!.name) })];
  const { training, finishedAt } = typed!;
  return [
    ...(training === null
      ? []
      : [phrase(draft, 'dialogue.letter.shown.training', { training: typedName(training) })]),
    ...(finishedAt === null
      ? []
      : [phrase(draft, 'dialogue.letter.shown.finished', { date: fullDate(words(draft), finishedAt) })]),
  ];
}
