import type { proto } from '@whiskeysockets/baileys';
import type { TranscriptLine } from '../../src/command/transcript.ts';
import { type Linked, startLinked, warmKnowledge } from './linked.ts';
import { playTranscript } from './transcript-player.ts';
import { contents } from './whatsapp/contents.ts';

/** Plays transcripts on WhatsApp, one after the other, each in a chat of its own and at its own time. */
export type WhatsappPlay = {
  /** What Pandu should say after each line of the participant, and what arrived; numbers in the place of buttons. */
  transcript(lines: readonly TranscriptLine[]): Promise<{ expected: string[][]; heard: string[][] }>;
  close(): Promise<void>;
};

/** Where a transcript names no time. */
const USUAL_TIME = '2026-11-23T09:00:00+07:00';

export async function openWhatsapp(): Promise<WhatsappPlay> {
  const knowledge = warmKnowledge();
  let linked: Linked | null = null;
  let end = async (): Promise<void> => {};
  const clock = { at: 0, now: () => clock.at };

  /** Time only moves on in one program, so an earlier one needs another. */
  async function programAt(at: number): Promise<Linked> {
    if (linked !== null && clock.at <= at) {
      clock.at = at;
      return linked;
    }
    await end();
    clock.at = at;
    linked = await startLinked({
      clock,
      whenOver: (stop) => {
        end = stop;
      },
    });
    return linked;
  }

  return {
    close: () => end(),
    async transcript(lines) {
      const played = playTranscript(knowledge, lines, 'whatsapp').lines;
      const at = lines.find((line) => line.kind === 'setting' && line.name === 'at');
      const { server, program, store } = await programAt(
        Date.parse(at?.kind === 'setting' ? at.value : USUAL_TIME),
      );
      const participant = server.participant();
      const expected = saidAfterEach(played);
      const heard: string[][] = [];
      let arrived = 0;

      /** Not what the owner of the account typed. */
      const texts = (): string[] =>
        participant.inbox
          .filter(({ message, repeated, typedByOwner }) => message !== null && !repeated && !typedByOwner)
          .map(({ text }) => text);

      /** Everything that follows from what was done last has arrived. */
      async function settled(atLeast: number): Promise<void> {
        await server.until(() => server.waiting.length === 0, 'the message to be taken');
        await program.idle();
        const isAll = (): boolean => texts().length >= arrived + atLeast;
        await server.until(isAll, 'the replies').catch(() => {});
        heard.push(texts().slice(arrived).map(withoutHint));
        arrived = texts().length;
      }

      async function tell(send: () => Promise<unknown>): Promise<void> {
        clock.at += 1_000;
        await send();
        await settled(expected[heard.length]?.length ?? 0);
      }

      async function wait(milliseconds: number): Promise<void> {
        const until = clock.at + milliseconds;
        for (;;) {
          const next = await store.nextReminderAt(clock.at);
          if (next === null || next > until) break;
          clock.at = Math.max(clock.at, next);
          program.wake();
          await program.idle();
        }
        clock.at = until;
        await settled(expected[heard.length]?.length ?? 0);
      }

      const [first] = played.filter(({ kind }) => kind !== 'comment' && kind !== 'setting');
      if (first?.kind === 'bot') await tell(() => participant.send('/start'));
      for (const line of played) {
        if (line.kind === 'wait') await wait(line.ms);
        else if (line.kind === 'operator') {
          await tell(() => server.phone.type(participant, line.text === null ? 'pandu lanjut' : 'Halo Bu'));
        } else if (line.kind === 'words' || line.kind === 'press' || line.kind === 'other') {
          await tell(() => participant.send(contentOf(line)));
        }
      }
      return { expected, heard };
    },
  };
}

/** What stands between the lines of the participant, in the form it has on WhatsApp. */
function saidAfterEach(lines: readonly TranscriptLine[]): string[][] {
  const groups: string[][] = [];
  const [first] = lines.filter(({ kind }) => kind !== 'comment' && kind !== 'setting');
  if (first?.kind === 'bot') groups.push([]);
  for (const line of lines) {
    if (line.kind === 'comment' || line.kind === 'setting') continue;
    if (line.kind !== 'bot') groups.push([]);
    else if (line.text !== '' || line.choices.length > 0) groups.at(-1)!.push(asTyped(line));
  }
  return groups;
}

function asTyped({ text, choices }: Extract<TranscriptLine, { kind: 'bot' }>): string {
  if (choices.length === 0) return text;
  return [text, '', ...choices.map((label, index) => `${index + 1}. ${label}`)].join('\n');
}

/** The line that says how to choose is not in the transcripts. */
function withoutHint(text: string): string {
  return text.replace(/\n\nBalas [^\n]*$/, '');
}

type Done = Extract<TranscriptLine, { kind: 'words' | 'press' | 'other' }>;

function contentOf(line: Done): proto.IMessage {
  if (line.kind === 'words') return contents.plain(line.text);
  if (line.kind === 'press') return contents.plain(line.label);
  switch (line.what) {
    case 'photo':
      return contents.image(line.text);
    case 'video':
      return contents.video(line.text);
    case 'document':
      return contents.document(line.text);
    case 'voice':
      return contents.voice();
    case 'sticker':
      return contents.sticker();
    case 'location':
      return contents.location();
    case 'contact':
      return contents.contact();
    case 'poll':
      return { pollCreationMessageV3: { name: line.text || '?', options: [] } };
    case 'edit':
      return {
        editedMessage: {
          message: { protocolMessage: { type: 14, editedMessage: { conversation: line.text } } },
        },
      };
    default:
      return { productMessage: {} };
  }
}
