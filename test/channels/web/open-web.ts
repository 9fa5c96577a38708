import { createPictures } from '../../../src/card/pictures.ts';
import type { ChannelStatus } from '../../../src/channels/channel.ts';
import type { TranscriptLine } from '../../../src/channels/web/ports.ts';
import { chatOf } from '../../../src/channels/web/visitor.ts';
import { createWebChannel, type WebOptions } from '../../../src/channels/web/web.ts';
import type { Address } from '../../../src/message.ts';
import { Conversations } from './conversation.ts';
import { testWords } from './words.ts';

export type OpenWeb = Awaited<ReturnType<typeof openWeb>>;
export type Browser = ReturnType<typeof browserWith>;

/** A web chat on a free port, with conversations kept in memory behind it. */
export async function openWeb(options: Partial<WebOptions> = {}) {
  const conversations = new Conversations();
  const errors: unknown[] = [];
  const statuses: ChannelStatus[] = [];
  const time = { now: Date.UTC(2026, 10, 23) };
  const pictures = createPictures();
  const channel = createWebChannel({
    host: '127.0.0.1',
    port: 0,
    intake: conversations,
    transcript: conversations.transcript,
    pictures,
    words: testWords,
    report: (_, status) => statuses.push(status),
    clock: { now: () => time.now },
    onError: (error) => errors.push(error),
    ...options,
  });
  await channel.start();
  return {
    conversations,
    errors,
    statuses,
    time,
    channel,
    /** Opens the page as a new browser does, and keeps its cookie. */
    async visit(headers: Record<string, string> = {}) {
      const answer = await fetch(`${channel.url}/`, { headers });
      const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
      return browserWith(channel.url, { ...headers, cookie });
    },
    stranger: (headers: Record<string, string>) => browserWith(channel.url, headers),
    async close() {
      await channel.stop();
      await pictures.stop();
    },
  };
}

function browserWith(url: string, own: Record<string, string>) {
  const token = (own.cookie ?? '').replace(/^[^=]*=/, '');
  const address: Address = { channel: 'web', chat: chatOf(token) };
  const go = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, { ...init, headers: { ...own, ...(init.headers as Record<string, string>) } });
  const postRaw = (body: string, headers: Record<string, string> = {}) =>
    go('/chat/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  return {
    token,
    address,
    fetch: go,
    postRaw,
    post: (body: object, headers: Record<string, string> = {}) => postRaw(JSON.stringify(body), headers),
    async lines(after = 0): Promise<TranscriptLine[]> {
      const answer = await go(`/chat/lines?after=${after}`);
      return ((await answer.json()) as { lines: TranscriptLine[] }).lines;
    },
  };
}
