import type { Connection } from './connection.ts';
import { stanza } from './stanza.ts';

/**
 * How the server ends a connection:
 * - `close`: a closing handshake; `terminate`: cut without a word; `stream-end`: the end of the stream, then closed;
 * - a stream error with a code, for example 515, 401 or 503;
 * - a conflict: `replaced` by another connection, or the device was removed on the phone.
 */
export type Ending =
  | 'close'
  | 'terminate'
  | 'stream-end'
  | { readonly streamError: number }
  | { readonly conflict: 'replaced' | 'device_removed' };

export function endConnection(connection: Connection, ending: Ending): void {
  if (ending === 'close' || ending === 'terminate') return connection.close(ending);
  if (ending === 'stream-end') connection.send(stanza('xmlstreamend'));
  else if ('streamError' in ending) {
    connection.send(stanza('stream:error', { code: String(ending.streamError) }));
  } else {
    const code = ending.conflict === 'device_removed' ? '401' : undefined;
    connection.send(stanza('stream:error', { code }, [stanza('conflict', { type: ending.conflict })]));
  }
  connection.close('close');
}
