import { expect, it } from 'vitest';
import { createChatStreams } from '../../../src/channels/web/streams.ts';

it('S11 gives no network more streams than its share, whatever the number of its chats, and takes them back', () => {
  const streams = createChatStreams({ perChat: 2, perNetwork: 3, inAll: 5 });
  const open = (chat: string, network: string) => streams.open(chat, network);
  const first = open('a', 'near')!;
  expect([open('a', 'near'), open('b', 'near')].every((stream) => stream !== null)).toBe(true);
  expect(open('c', 'near')).toBeNull();
  expect(open('a', 'far')).toBeNull();
  expect(open('d', 'far')).not.toBeNull();
  first.close();
  first.close();
  expect(open('c', 'near')).not.toBeNull();
  expect(open('e', 'near')).toBeNull();
  expect(open('e', 'far')).not.toBeNull();
  expect(open('f', 'elsewhere')).toBeNull();
  streams.closeAll();
  expect(open('f', 'elsewhere')).not.toBeNull();
});
