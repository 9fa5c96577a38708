import { verdictName } from '../../src/checklist/paths.ts';
import type { TranscriptLine } from '../../src/command/transcript.ts';
import { parseChoice } from '../../src/conversation/choice.ts';
import type { Knowledge, Words } from '../../src/conversation/knowledge.ts';
import {
  type ChannelName,
  INCOMING_KINDS,
  type IncomingKind,
  type Language,
  type Saying,
} from '../../src/message.ts';
import { Talk } from './conversation.ts';

/** A transcript as it went, and what it walked through on the way. */
export type Played = {
  /** The same lines, with what Pandu really said in the place of what was written there. */
  readonly lines: readonly TranscriptLine[];
  /** Ids of the texts that were said, labels of choices included. */
  readonly texts: ReadonlySet<string>;
  /** `question/answer` of every answer that was taken. */
  readonly answers: ReadonlySet<string>;
  /** `kind/requirement/telling` of every verdict that somebody stood at. */
  readonly verdicts: ReadonlySet<string>;
  /** What was pressed: `control/status`, `topic/survey`, `act/done`, `answer/…`, … */
  readonly pressed: ReadonlySet<string>;
};

type SayingLine = Extract<TranscriptLine, { kind: 'bot' }>;
type SaidLine = Extract<TranscriptLine, { kind: 'words' | 'press' | 'other' | 'operator' | 'desk' }>;

/**
 * Plays what the participant does through the real engine. Without `bot:` lines nothing is expected and everything is
 * found out, so the same call serves to compare a transcript and to write it anew.
 */
export function playTranscript(
  knowledge: Knowledge,
  script: readonly TranscriptLine[],
  channel?: ChannelName,
): Played {
  const texts = new Set<string>();
  const language = (settingOf(script, 'lang') as Language | null) ?? 'id';
  const at = Date.parse(settingOf(script, 'at') ?? '2026-11-23T09:00:00+07:00');
  const hasOperators = settingOf(script, 'operators') !== null;
  const talk = new Talk(recording({ ...knowledge, hasOperators }, texts), { at, language });
  if (channel !== undefined) talk.channel = channel;
  const answers = new Set<string>();
  const verdicts = new Set<string>();
  const pressed = new Set<string>();
  const lines: TranscriptLine[] = [];

  const look = (): void => {
    for (const [question, { answerId }] of Object.entries(talk.session?.answers ?? {})) {
      answers.add(`${question}/${answerId}`);
    }
    if (talk.verdict !== null) verdicts.add(verdictName(talk.verdict));
  };
  const hear = (isSilenceSaid: boolean): void => {
    look();
    lines.push(...talk.replies.map(sayingLine));
    lines.push(...talk.posts.map((text) => ({ kind: 'post', text }) as const));
    if (talk.replies.length + talk.posts.length === 0 && isSilenceSaid)
      lines.push({ kind: 'bot', text: '', choices: [] });
  };

  const first = script.find(({ kind }) => kind !== 'comment' && kind !== 'setting');
  let isOpening = first?.kind === 'bot';
  for (const [index, line] of script.entries()) {
    const next = script[index + 1];
    switch (line.kind) {
      case 'comment':
      case 'setting':
        lines.push(line);
        break;
      case 'post':
        break;
      case 'bot':
        // A channel opens with a start of its own, which nobody typed.
        if (isOpening) {
          talk.says('/start');
          hear(true);
        }
        isOpening = false;
        break;
      case 'wait':
        lines.push(line);
        talk.waits(line.ms);
        hear(next?.kind === 'bot' || next?.kind === 'post');
        break;
      default: {
        lines.push(line);
        const moreWaiting = next !== undefined && isSaid(next);
        pressed.add(tell(talk, line, moreWaiting));
        if (moreWaiting) look();
        else hear(true);
      }
    }
  }
  return { lines, texts, answers, verdicts, pressed };
}

function isSaid(line: TranscriptLine): line is SaidLine {
  return ['words', 'press', 'other', 'operator', 'desk'].includes(line.kind);
}

function settingOf(script: readonly TranscriptLine[], name: 'at' | 'lang' | 'operators'): string | null {
  const setting = script.find((line) => line.kind === 'setting' && line.name === name);
  return setting?.kind === 'setting' ? setting.value : null;
}

function sayingLine({ text, choices, picture }: Saying): SayingLine {
  const line: SayingLine = { kind: 'bot', text, choices: choices.map(({ label }) => label) };
  return picture === undefined ? line : { ...line, picture: true };
}

/** @returns what was pressed, or `words` */
function tell(talk: Talk, line: SaidLine, moreWaiting: boolean): string {
  if (line.kind === 'words') {
    talk.says(line.text, { moreWaiting });
    return 'words';
  }
  if (line.kind === 'operator') {
    const kind = line.text === null ? 'handed-back' : 'operator';
    // No channel keeps what a person wrote to the participant.
    talk.says('', { kind, moreWaiting });
    return kind;
  }
  if (line.kind === 'desk') {
    talk.says(line.text, { kind: line.what, moreWaiting });
    return line.what;
  }
  if (line.kind === 'other') {
    sendOther(talk, line.what, line.text, moreWaiting);
    return line.what;
  }
  const shown = talk.shown.filter(({ label }) => label === line.label);
  const choice = shown.at(-1 - line.earlier);
  if (choice === undefined) {
    const labels = [...new Set(talk.shown.map(({ label }) => label))].join(' | ');
    throw new Error(`Cannot press [${line.label}]~${line.earlier}: shown were ${labels}`);
  }
  talk.pressesId(choice.id, { moreWaiting });
  const pick = parseChoice(choice.id)!.pick;
  switch (pick.kind) {
    case 'answer':
      return `answer/${pick.question}/${pick.answer}`;
    case 'control':
      return `control/${pick.control}`;
    case 'topic':
      return `topic/${pick.topic}`;
    case 'act':
      return `act/${pick.action}`;
    case 'dialogue':
      return `dialogue/${pick.dialogue}/${pick.answer}`;
    case 'question':
      return `question/${pick.question}`;
    case 'switch-case':
    case 'close-case':
      return `case/${pick.kind}`;
  }
}

/** `<choice> id` presses a choice by its id, as a forger would; `<failed>` is a message that could not be handled. */
function sendOther(talk: Talk, what: string, text: string, moreWaiting: boolean): void {
  if (what === 'choice') talk.pressesId(text, { moreWaiting });
  else if (what === 'failed') talk.fails();
  else if (INCOMING_KINDS.includes(what as IncomingKind))
    talk.says(text, { kind: what as IncomingKind, moreWaiting });
  else throw new Error(`Cannot send <${what}>: no message is of this kind`);
}

/** The same knowledge, noting each text that is looked up to be said. */
function recording(knowledge: Knowledge, said: Set<string>): Knowledge {
  class NotedWords extends Map<string, string> {
    override get(id: string): string | undefined {
      said.add(id);
      return super.get(id);
    }
  }
  const noted = (words: Words): Words => new NotedWords(words);
  return { ...knowledge, words: { id: noted(knowledge.words.id), en: noted(knowledge.words.en) } };
}
