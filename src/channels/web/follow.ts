import type { Address } from '../../message.ts';
import type { PageLine } from './pictures.ts';
import type { Transcript, TranscriptLine } from './ports.ts';
import type { ChatStream } from './streams.ts';

export type ServerEvent = { readonly event: string; readonly data: string; readonly id?: string };

/** Lines read at once; a page that is far behind gets them in several goes. */
export const LINES_AT_ONCE = 200;

/**
 * Writes to one page what happens in its conversation, from the line after `afterId` on, until the stream is closed.
 *
 * `line` carries what the transcript has, `caught-up` says once that this was all so far. `forgotten` says that everything the page shows was erased. `beat` comes
 * after a silence of `beatMs`, so that both sides notice a connection that died without a word.
 */
export async function follow(
  stream: ChatStream,
  transcript: Transcript,
  address: Address,
  afterId: number,
  beatMs: number,
  onPage: (line: TranscriptLine) => PageLine,
  write: (event: ServerEvent) => Promise<void>,
): Promise<void> {
  let lastId = afterId;
  let hasCaughtUp = false;
  while (!stream.isClosed) {
    for (const { event, data } of stream.takePassing()) await write({ event, data: JSON.stringify(data) });
    const lines = await transcript.read(address, lastId, LINES_AT_ONCE);
    // Asked after reading: an erasure in between must not pass for a new line among the old ones.
    if (lastId > 0 && (await isForgotten(transcript, address, lastId))) {
      lastId = 0;
      await write({ event: 'forgotten', data: '{}', id: '0' });
      continue;
    }
    for (const line of lines) {
      if (stream.isClosed) return;
      await write({ event: 'line', data: JSON.stringify(onPage(line)), id: String(line.id) });
      lastId = line.id;
    }
    if (lines.length === LINES_AT_ONCE) continue;
    if (!hasCaughtUp) await write({ event: 'caught-up', data: '{}' });
    hasCaughtUp = true;
    if (!(await stream.wait(beatMs))) await write({ event: 'beat', data: '{}' });
  }
}

/** Nothing at or before `lastId` is left: the participant had it erased, or it has outlived its time. */
async function isForgotten(transcript: Transcript, address: Address, lastId: number): Promise<boolean> {
  const [first] = await transcript.read(address, 0, 1);
  return first === undefined || first.id > lastId;
}
