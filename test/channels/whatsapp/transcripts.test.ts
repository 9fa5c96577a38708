import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseTranscript, type TranscriptLine } from '../../../src/command/transcript.ts';
import { writtenTranscripts } from '../../support/play-all.ts';
import { openWhatsapp, type WhatsappPlay } from '../../support/whatsapp-play.ts';

/**
 * The same conversations as everywhere, over the stock library and the loopback server: typed where others press, with
 * numbered menus in the place of buttons. Each has a chat of its own, and its own time.
 */
const transcripts = [...writtenTranscripts()].map(([name, text]) => [name, parseTranscript(text)] as const);

/** What WhatsApp has no way to do, by the name of the transcript's lines. */
function cannot(lines: readonly TranscriptLine[]): string | null {
  if (lines.find(({ kind }) => kind !== 'comment' && kind !== 'setting')?.kind === 'operator')
    return 'nothing is kept of whom a person wrote to first: see operator.test.ts';
  let offered: readonly string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.kind === 'setting' && line.name === 'operators') return 'there is no desk: see desk.test.ts';
    if (line.kind === 'setting' && line.name === 'lang') return 'the platform tells no language';
    if (line.kind === 'bot' && line.choices.length > 0) offered = line.choices;
    if (line.kind === 'press' && (line.earlier > 0 || !offered.includes(line.label)))
      return 'an old button is pressed: there are none';
    if (line.kind === 'other' && (line.what === 'choice' || line.what === 'failed'))
      return 'a button is forged: there are none';
    if (line.kind === 'other' && line.what === 'unreadable')
      return 'it only comes when something cannot be decrypted: see unreadable.test.ts';
    if (line.kind === 'other' && (line.what === 'left' || line.what === 'returned'))
      return 'the platform tells nobody that somebody blocked an account';
    const next = lines[index + 1];
    if (line.kind !== 'bot' && line.kind !== 'comment' && line.kind !== 'setting' && line.kind !== 'wait')
      if (next !== undefined && ['words', 'press', 'other', 'operator'].includes(next.kind))
        return 'several arrive at once: see backlog.test.ts';
  }
  return null;
}

const playable = transcripts.filter(([, lines]) => cannot(lines) === null);

describe('on WhatsApp', () => {
  let play: WhatsappPlay;
  beforeAll(async () => {
    play = await openWhatsapp();
  });
  afterAll(() => play.close());

  it.each(playable)('%s goes as it is written', async (_, lines) => {
    const { expected, heard } = await play.transcript(lines);
    expect(heard).toEqual(expected);
  });

  it('nearly all transcripts can be played', () => {
    expect(playable.length).toBeGreaterThan(transcripts.length * 0.6);
  });
});
