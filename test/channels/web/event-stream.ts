export type StreamedEvent = { readonly event: string; readonly id: string | null; readonly data: unknown };

/** Reads server-sent events as a browser does, one at a time. */
export async function openEventStream(
  fetchPath: (path: string, init?: RequestInit) => Promise<Response>,
  path = '/chat/stream',
  headers: Record<string, string> = {},
) {
  const aborter = new AbortController();
  const answer = await fetchPath(path, { headers, signal: aborter.signal });
  if (answer.status !== 200) throw new Error(`the stream answered ${answer.status}`);
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  async function next(): Promise<StreamedEvent | null> {
    for (;;) {
      const end = buffer.indexOf('\n\n');
      if (end >= 0) {
        const block = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        return parseEvent(block);
      }
      const { done, value } = await reader.read();
      if (done) return null;
      buffer += value;
    }
  }
  return {
    answer,
    next,
    /** The next event of this kind; beats and others in between are passed over. */
    async nextOf(event: string): Promise<StreamedEvent> {
      for (;;) {
        const found = await next();
        if (found === null) throw new Error(`the stream ended before '${event}'`);
        if (found.event === event) return found;
      }
    },
    async isEnded(): Promise<boolean> {
      while ((await next()) !== null);
      return true;
    },
    close: () => aborter.abort(),
  };
}

function parseEvent(block: string): StreamedEvent {
  const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/, 2) as [string, string]));
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id') ?? null,
    data: JSON.parse(fields.get('data') ?? 'null'),
  };
}
