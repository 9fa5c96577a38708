import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chatInTerminal } from '../../src/command/chat-terminal.ts';
import { openTalk } from '../../src/command/talk.ts';
import { formatTranscript, parseTranscript } from '../../src/command/transcript.ts';
import { createLog } from '../../src/log.ts';
import type { Language } from '../../src/message.ts';
import { MONDAY_MORNING, shippedKnowledge } from '../support/conversation.ts';
import { playTranscript } from '../support/transcript-player.ts';

const knowledge = shippedKnowledge();
const id = knowledge.words.id;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pandu-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Types these lines and gives what was printed. */
async function type(
  lines: readonly string[],
  savePath: string | null = null,
  language: Language | null = null,
) {
  const talk = await openTalk({
    knowledge: () => knowledge,
    language,
    startAt: MONDAY_MORNING,
    log: createLog('silent'),
  });
  const output = new PassThrough();
  const printed = readAll(output);
  await chatInTerminal(talk, knowledge, { language, savePath }, Readable.from([lines.join('\n')]), output);
  await talk.close();
  output.end();
  return printed;
}

describe('chat', () => {
  it('shows choices with the numbers that pick them', async () => {
    const printed = await type(['1', '1']);
    expect(printed).toContain(`  1. ${id.get('question.dashboard.answers.nothing')}\n`);
    expect(printed).toContain(id.get('question.training.text')!);
    expect(printed).toContain(id.get('question.rating.text')!);
  });

  it('shows in words what is a picture elsewhere, and writes down that it was one', async () => {
    const path = join(folder, 'picture.txt');
    const printed = await type(['status'], path);
    expect(printed).toContain(`\n\n${id.get('say.status.title')}\n\n1. `);
    expect(printed).not.toContain('<picture>');
    expect(readFileSync(path, 'utf8')).toContain(`bot: <picture> ${id.get('say.status.title')}\n`);
  });

  it('speaks English when asked to', async () => {
    const printed = await type([], null, 'en');
    expect(printed).toContain(knowledge.words.en.get('page.terminal.intro')!);
    expect(printed).toContain(knowledge.words.en.get('question.dashboard.text')!);
  });

  it.each(['/maju', '/maju 3 abad', '/advance 1e9 hours'])(
    'does not understand %s and says so',
    async (line) => {
      expect(await type([line])).toContain(id.get('page.terminal.unknown-command')!);
    },
  );

  it('moves the clock ahead and says what time it is', async () => {
    expect(await type(['/maju 26 jam'])).toContain('24 November pukul 11.00');
    expect(await type(['/advance 26 hours'])).toContain('24 November pukul 11.00');
  });

  it('saves a talk as a transcript that plays to the very same end', async () => {
    const path = join(folder, 'saved', 'talk.txt');
    const label = (text: string) => `[${id.get(text)}]`;
    await type(
      [
        label('question.dashboard.answers.nothing'),
        '1',
        '  sudah  ',
        label('question.dashboard.answers.unknown'),
        `${label('question.dashboard.answers.unknown')}~1`,
        '<photo> ini layarnya',
        '<surat> halo',
        '[tidak ada tombol ini]',
        '"',
        '\u200b',
        '',
        '/maju 3 hari',
        'status',
      ],
      path,
    );
    const saved = readFileSync(path, 'utf8');
    expect(saved.startsWith('at: 2026-11-23T09:00:00+07:00\nlang: id\n\nbot: ')).toBe(true);
    expect(saved).toContain('\n\n+3d\n');
    expect(formatTranscript(playTranscript(knowledge, parseTranscript(saved)).lines)).toBe(saved);
  });
});
