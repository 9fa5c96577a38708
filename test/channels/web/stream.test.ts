import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SpokenText } from '../../../src/message.ts';
import { Conversations } from './conversation.ts';
import { openEventStream } from './event-stream.ts';
import { type Browser, type OpenWeb, openWeb } from './open-web.ts';

const say = {
  kind: 'say',
  text: 'halo' as SpokenText,
  choices: [],
  menu: null,
  priority: 'reply',
} as const;

let web: OpenWeb;
let visitor: Browser;
beforeEach(async () => {
  web = await openWeb({ beatMs: 40 });
  visitor = await web.visit();
});
afterEach(() => web.close());

describe('GET /chat/stream', () => {
  it('gives everything said so far, says that this was all, and goes on with what is said now', async () => {
    await visitor.post({ messageId: 'a', text: 'halo' });
    const stream = await openEventStream(visitor.fetch);
    expect(stream.answer.headers.get('content-type')).toBe('text/event-stream');
    expect(await stream.next()).toMatchObject({ event: 'line', data: { text: 'halo', from: 'participant' } });
    expect(await stream.next()).toMatchObject({ event: 'caught-up' });
    web.conversations.reply(visitor.address, { text: 'Apa kabar?' });
    expect(await web.channel.send(visitor.address, say, 1)).toBeNull();
    expect(await stream.nextOf('line')).toMatchObject({ data: { text: 'Apa kabar?', from: 'pandu' } });
    stream.close();
  });

  it('goes on after the last event that a returning browser has seen', async () => {
    await visitor.post({ messageId: 'a', text: 'satu' });
    await visitor.post({ messageId: 'b', text: 'dua' });
    const first = (await visitor.lines())[0]!;
    const stream = await openEventStream(visitor.fetch, '/chat/stream?after=0', {
      'last-event-id': String(first.id),
    });
    expect(await stream.next()).toMatchObject({ event: 'line', data: { text: 'dua' } });
    stream.close();
  });

  it('gives a long history whole, in order and once', async () => {
    for (let number = 0; number < 450; number += 1) {
      web.conversations.reply(visitor.address, { text: String(number) });
    }
    const stream = await openEventStream(visitor.fetch);
    for (let number = 0; number < 450; number += 1) {
      expect(await stream.next()).toMatchObject({ event: 'line', data: { text: String(number) } });
    }
    expect(await stream.next()).toMatchObject({ event: 'caught-up' });
    stream.close();
  });

  it('shows a message of one tab in the other', async () => {
    const stream = await openEventStream(visitor.fetch);
    await visitor.post({ messageId: 'from-other-tab', text: 'halo' });
    expect(await stream.nextOf('line')).toMatchObject({
      data: { text: 'halo', messageId: 'from-other-tab' },
    });
    stream.close();
  });

  it('tells nobody else', async () => {
    const other = await web.visit();
    const stream = await openEventStream(other.fetch);
    await stream.nextOf('caught-up');
    await visitor.post({ messageId: 'a', text: 'rahasia' });
    web.channel.typing?.(visitor.address);
    for (const _ of [1, 2, 3]) expect(await stream.next()).toMatchObject({ event: 'beat' });
    stream.close();
  });

  it('F59 says that it is alive while nothing happens, so that a dead connection is noticed', async () => {
    const stream = await openEventStream(visitor.fetch);
    await stream.nextOf('beat');
    await stream.nextOf('beat');
    stream.close();
  });

  it('shows that an answer is being written', async () => {
    const stream = await openEventStream(visitor.fetch);
    await stream.nextOf('caught-up');
    web.channel.typing?.(visitor.address);
    await stream.nextOf('typing');
    stream.close();
  });

  it('S07 takes a bubble away when the message held a secret', async () => {
    const stream = await openEventStream(visitor.fetch);
    await stream.nextOf('caught-up');
    await web.channel.send(visitor.address, { kind: 'delete', messageId: 'm1' }, 1);
    expect(await stream.nextOf('removed')).toMatchObject({ data: { messageId: 'm1' } });
    stream.close();
  });

  it('P04 clears a page whose conversation was erased, and shows what is said after it', async () => {
    await visitor.post({ messageId: 'a', text: 'HAPUS DATA' });
    const stream = await openEventStream(visitor.fetch);
    await stream.nextOf('caught-up');
    web.conversations.erase(visitor.address);
    web.conversations.reply(visitor.address, { text: 'Sudah dihapus' });
    await web.channel.send(visitor.address, say, 1);
    const seen = [await stream.nextOf('forgotten'), await stream.next()];
    expect(seen).toMatchObject([
      { event: 'forgotten', id: '0' },
      { event: 'line', data: { text: 'Sudah dihapus' } },
    ]);
    stream.close();
  });

  it('P04 clears a page also when the erasure comes between two looks at the transcript', async () => {
    const conversations = new Conversations();
    let eraseNow = false;
    const racing = await openWeb({
      intake: conversations,
      transcript: {
        read: async (address, afterId, limit) => {
          const lines = await conversations.transcript.read(address, afterId, limit);
          if (eraseNow) {
            eraseNow = false;
            conversations.erase(address);
            conversations.reply(address, { text: 'Sudah dihapus' });
          }
          return lines;
        },
      },
    });
    const guest = await racing.visit();
    await guest.post({ messageId: 'a', text: 'HAPUS DATA' });
    const stream = await openEventStream(guest.fetch);
    await stream.nextOf('caught-up');
    eraseNow = true;
    await racing.channel.send(guest.address, say, 1);
    expect([await stream.next(), await stream.next()]).toMatchObject([
      { event: 'forgotten' },
      { event: 'line', data: { text: 'Sudah dihapus' } },
    ]);
    stream.close();
    await racing.close();
  });

  it('P04 waits until the last words are on the open page, because they are gone once they count as sent', async () => {
    const stream = await openEventStream(visitor.fetch);
    await stream.nextOf('caught-up');
    for (let number = 0; number < 20; number += 1) {
      web.conversations.reply(visitor.address, { text: `last words ${number}` });
      await web.channel.send(visitor.address, say, 1);
      web.conversations.erase(visitor.address);
      expect(await stream.nextOf('line')).toMatchObject({ data: { text: `last words ${number}` } });
    }
    stream.close();
  });

  it('a send to a page that is closed is no fault: the page reads it when it comes back', async () => {
    expect(await web.channel.send(visitor.address, say, 1)).toBeNull();
    expect(() => web.channel.typing?.(visitor.address)).not.toThrow();
  });

  it('opens a bounded number of streams for one visitor and frees them when pages close', async () => {
    const streams = await Promise.all(Array.from({ length: 12 }, () => openEventStream(visitor.fetch)));
    expect((await visitor.fetch('/chat/stream')).status).toBe(429);
    for (const stream of streams) stream.close();
    await expect
      .poll(async () => {
        const answer = await visitor.fetch('/chat/stream');
        void answer.body?.cancel();
        return answer.status;
      })
      .toBe(200);
  });

  it('F16 ends open streams when the channel stops, so that pages look for the next server', async () => {
    const stream = await openEventStream(visitor.fetch);
    await stream.nextOf('caught-up');
    await web.channel.stop();
    expect(await stream.isEnded()).toBe(true);
    expect(web.statuses.map(({ state }) => state)).toEqual(['starting', 'on', 'stopped']);
  });

  it('F36 ends a stream whose transcript cannot be read, and reports why', async () => {
    const failing = await openWeb({
      transcript: { read: () => Promise.reject(new Error('database disk image is malformed')) },
    });
    const stream = await openEventStream((await failing.visit()).fetch);
    expect(await stream.isEnded()).toBe(true);
    expect(failing.errors).toHaveLength(1);
    await failing.close();
  });
});
