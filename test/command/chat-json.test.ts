import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readChatOptions } from '../../src/command/chat.ts';
import { chatInJson } from '../../src/command/chat-json.ts';
import { openTalk } from '../../src/command/talk.ts';
import { createLog } from '../../src/log.ts';
import { MONDAY_MORNING, shippedKnowledge } from '../support/conversation.ts';

type Answer = {
  error?: string;
  replies: {
    text: string;
    choices: { id: string; label: string }[];
    picture?: { type: string; alt: string };
  }[];
  position: {
    asking: string | null;
    verdict: string | null;
    requirement: string | null;
    owner: string | null;
    meanwhile: string[];
  };
};

const knowledge = shippedKnowledge();
let input: PassThrough;
let lines: AsyncIterableIterator<string>;
let ended: Promise<void>;
let opening: Answer;

beforeEach(async () => {
  const talk = await openTalk({
    knowledge: () => knowledge,
    language: null,
    startAt: MONDAY_MORNING,
    log: createLog('silent'),
  });
  input = new PassThrough();
  const output = new PassThrough();
  lines = createInterface({ input: output })[Symbol.asyncIterator]();
  ended = chatInJson(talk, input, output).then(() => talk.close());
  opening = await next();
});
afterEach(async () => {
  input.end();
  await ended;
});

async function next(): Promise<Answer> {
  return JSON.parse((await lines.next()).value as string) as Answer;
}

async function send(value: unknown): Promise<Answer> {
  input.write(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`);
  return next();
}

/** Gives answers by their ids, whatever they are called. */
async function give(...answers: readonly string[]): Promise<Answer> {
  let last = opening;
  for (const answer of answers) {
    const choice = offered(last, answer);
    last = await send({ choice });
  }
  return last;
}

function offered({ replies }: Answer, answer: string): string {
  const ids = replies.flatMap(({ choices }) => choices.map(({ id }) => id));
  const found = ids.find((id) => id.startsWith(`a:${answer}:`));
  if (found === undefined) throw new Error(`${answer} was not offered: ${ids.join(' ')}`);
  return found;
}

describe('chat --json', () => {
  it.each(['', 'halo', '{', '[]', '{"texts":"halo"}', '{"advance":"besok"}'])(
    'answers the line %j with an error and goes on',
    async (line) => {
      const answer = await send(line);
      expect(Object.keys(answer)).toEqual(['error']);
      expect((await send({ text: 'halo' })).replies).not.toHaveLength(0);
    },
  );

  it('opens with the notice and the first question', () => {
    expect(opening.replies).toHaveLength(2);
    expect(opening.position).toEqual({
      asking: 'dashboard',
      verdict: null,
      requirement: null,
      owner: null,
      meanwhile: [],
    });
    expect(Object.keys(opening)).toEqual(['replies', 'position']);
    expect(Object.keys(opening.replies[1]!)).toEqual(['text', 'choices']);
    expect(Object.keys(opening.replies[1]!.choices[0]!)).toEqual(['id', 'label']);
  });

  it('tells the verdict where it stands, and says what is asked', async () => {
    const asked = await give('dashboard:nothing', 'training:finished');
    expect(asked.position.asking).toBe('rating');
    const told = await send({ choice: offered(asked, 'rating:no-menu') });
    expect(told.position).toMatchObject({
      asking: null,
      verdict: 'blocked',
      requirement: 'graded-in-sisnaker',
      owner: 'provider',
    });
    expect(told.position.meanwhile).toContain('wallet-linked');
    expect((await send({ text: 'status' })).position).toEqual(told.position);
  });

  it('says which reply is a picture, and what it shows', async () => {
    const asked = await give('dashboard:nothing', 'training:finished');
    const { replies } = await send({ choice: offered(asked, 'rating:no-menu') });
    expect(replies.map(({ picture }) => picture?.type)).toEqual(['image/png', undefined]);
    expect(replies[0]!.picture!.alt).toBe(replies[0]!.text);
    expect(replies[0]!.text).toContain('Langkah 4 dari 11: Dinilai lembaga di Sisnaker.');
    expect(replies[0]!.choices).toEqual([]);
    expect(replies[1]!.choices).not.toEqual([]);
  });

  it('F17 gives no replies to a message that is repeated, and stays where it was', async () => {
    const first = await send({ choice: offered(opening, 'dashboard:nothing'), messageId: 'a' });
    expect(first.position.asking).toBe('training');
    const again = await send({ choice: offered(opening, 'dashboard:nothing'), messageId: 'a' });
    expect(again).toEqual({ replies: [], position: first.position });
    expect((await send({ text: 'lain', messageId: 'a' })).replies).toEqual([]);
  });

  it('takes a choice of an old menu as a correction', async () => {
    await give('dashboard:nothing', 'training:finished');
    const corrected = await send({ choice: offered(opening, 'dashboard:schedule') });
    expect(corrected.replies).not.toHaveLength(0);
    expect(corrected.position.asking).not.toBe('rating');
  });

  it('S21 takes any bytes for a choice and stays friendly', async () => {
    for (const choice of ['', 'x', 'a:training:finished:0', '\u0000', '🙂'.repeat(5000), '__proto__']) {
      const answer = await send({ choice });
      expect(answer.replies).not.toHaveLength(0);
      expect(answer.position.asking).toBe('dashboard');
    }
  });

  it.each(['voice', 'sticker', 'photo', 'location', 'contact', 'edit', 'video', 'document', 'poll'])(
    'has a kind sentence for something that is a %s, and the question again',
    async (kind) => {
      const answer = await send({ kind, text: 'ini fotonya' });
      expect(answer.replies.length).toBeGreaterThan(0);
      expect(answer.position.asking).toBe('dashboard');
      expect(answer.replies.at(-1)!.choices.length).toBeGreaterThan(0);
    },
  );

  it('lets time pass: reminders speak in order, once, and an empty wait says nothing', async () => {
    const told = await give(
      'dashboard:nothing',
      'training:finished',
      'rating:sisnaker',
      'certificates:both',
      'wallet:linked',
      'names:same',
      'when:yesterday',
    );
    expect(told.position).toMatchObject({ verdict: 'waiting', owner: 'nobody' });
    const remind = told.replies
      .flatMap(({ choices }) => choices)
      .find(({ id }) => id.startsWith('v:remind:'));
    await send({ choice: remind!.id });
    expect((await send({ advance: 'PT1M' })).replies).toEqual([]);
    const reminded = await send({ advance: 'P60D', messageId: 'wait' });
    expect(reminded.replies.length).toBeGreaterThan(0);
    expect(await send({ advance: 'P60D', messageId: 'wait' })).toEqual({
      replies: [],
      position: reminded.position,
    });
  });

  it('P04 stands nowhere after an erasure', async () => {
    await give('dashboard:nothing');
    const asked = await send({ text: 'HAPUS DATA' });
    const yes = asked.replies
      .flatMap(({ choices }) => choices)
      .find(({ id }) => id.startsWith('d:delete-data:yes:'));
    const erased = await send({ choice: yes!.id });
    expect(erased.replies.length).toBeGreaterThan(0);
    expect(erased.position).toEqual({
      asking: null,
      verdict: null,
      requirement: null,
      owner: null,
      meanwhile: [],
    });
    expect((await send({ text: 'halo' })).position.asking).toBe('dashboard');
  });

  it('takes a last line without an end, and then ends', async () => {
    input.write(JSON.stringify({ text: 'halo' }));
    input.end();
    expect((await next()).replies).not.toHaveLength(0);
    await ended;
  });
});

describe('chat --at', () => {
  it.each([
    ['a working day', '2026-12-23T10:00', /call centre sekarang sedang buka/],
    ['a weekend', '2026-11-28T10:00', /sekarang tutup .* buka lagi Senin, 30 November pukul 08\.00 WIB\./],
    [
      'a holiday',
      '2026-12-25T10:00',
      /tanggal merah \(Natal\).* buka lagi Senin, 28 Desember pukul 08\.00 WIB/,
    ],
    ['Lebaran', '2027-03-10T10:00', /tanggal merah \(Idulfitri, cuti bersama Idulfitri\).* Selasa, 16 Maret/],
  ])('tells what would be told on %s', async (_day, at, said) => {
    const { startAt } = readChatOptions(['--json', '--at', at]);
    const talk = await openTalk({
      knowledge: () => knowledge,
      language: null,
      startAt,
      log: createLog('silent'),
    });
    const [asked, told] = [new PassThrough(), new PassThrough()];
    const answers = createInterface({ input: told })[Symbol.asyncIterator]();
    const over = chatInJson(talk, asked, told).then(() => talk.close());
    asked.end('{"text":"halo"}\n{"text":"bicara dengan orang"}\n');
    const lines = [await answers.next(), await answers.next(), await answers.next()];
    const last = JSON.parse(lines.at(-1)!.value as string) as Answer;
    expect(last.replies[0]!.text).toMatch(said);
    await over;
  });
});
