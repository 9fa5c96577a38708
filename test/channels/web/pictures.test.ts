import { afterEach, describe, expect, it } from 'vitest';
import { someSaying } from '../../support/cards.ts';
import { shippedKnowledge } from '../../support/conversation.ts';
import { readPng } from '../../support/png.ts';
import { openEventStream } from './event-stream.ts';
import { type OpenWeb, openWeb } from './open-web.ts';

const saying = someSaying(shippedKnowledge());
const { text, picture } = saying;
let web: OpenWeb;
afterEach(() => web.close());

describe('pictures on the web chat', () => {
  it('are announced with their size and name, and fetched as PNG by the page that shows them', async () => {
    web = await openWeb();
    const visitor = await web.visit();
    web.conversations.reply(visitor.address, { text: 'Halo' });
    web.conversations.reply(visitor.address, { text, picture });
    const [, line] = await visitor.lines();
    expect(line).toMatchObject({ text, picture: { width: 360, alt: picture.title } });
    expect(JSON.stringify(line)).not.toContain('legend');
    const answer = await visitor.fetch(`/chat/pictures/${line!.id}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const png = readPng(new Uint8Array(await answer.arrayBuffer()));
    expect(png.width).toBe(720);
    expect(png.height).toBe(2 * (line as unknown as { picture: { height: number } }).picture.height);
  });

  it('are streamed like every line', async () => {
    web = await openWeb();
    const visitor = await web.visit();
    web.conversations.reply(visitor.address, { text, picture });
    const stream = await openEventStream(visitor.fetch);
    expect((await stream.nextOf('line')).data).toMatchObject({ text, picture: { alt: picture.title } });
    stream.close();
  });

  it('are nobody else’s, and there are none where none was sent', async () => {
    web = await openWeb();
    const visitor = await web.visit();
    web.conversations.reply(visitor.address, { text: 'Halo' });
    web.conversations.reply(visitor.address, { text, picture });
    const [words, shown] = await visitor.lines();
    const other = await web.visit();
    const status = async (who: typeof other, id: string | number): Promise<number> =>
      (await who.fetch(`/chat/pictures/${id}`)).status;
    expect(await status(other, shown!.id)).toBe(404);
    expect(await status(web.stranger({}), shown!.id)).toBe(401);
    expect(await status(visitor, words!.id)).toBe(404);
    expect(await status(visitor, 0)).toBe(404);
    expect(await status(visitor, 'x')).toBe(404);
    expect(await status(visitor, shown!.id + 1)).toBe(404);
  });

  it('that cannot be drawn leave the words, and the operator is told', async () => {
    web = await openWeb({
      pictures: {
        draw: () => Promise.reject(new Error('no engine')),
        sizeOf: () => ({ width: 360, height: 500 }),
      },
    });
    const visitor = await web.visit();
    web.conversations.reply(visitor.address, { text, picture });
    const [line] = await visitor.lines();
    expect(line!.text).toBe(text);
    expect((await visitor.fetch(`/chat/pictures/${line!.id}`)).status).toBe(503);
    expect(web.errors).toMatchObject([{ message: 'no engine' }]);
  });
});
