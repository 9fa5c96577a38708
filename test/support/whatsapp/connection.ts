import { type BinaryNode, decodeBinaryNode, encodeBinaryNode, proto } from '@whiskeysockets/baileys';
import { WebSocket } from 'ws';
import { createFrameReader, framed } from './frames.ts';
import { createNoiseResponder } from './noise.ts';

/** One WebSocket of the client, from the handshake on. */
export type Connection = {
  /** 1 for the first connection of the server. */
  readonly number: number;
  /** What the client proved to hold in the handshake. */
  readonly noiseKey: Buffer;
  readonly open: boolean;
  /** It neither reads nor writes any more; TCP stays open. */
  readonly frozen: boolean;
  send(node: BinaryNode): void;
  freeze(): void;
  /** A closing handshake, or with `terminate` a cut without a word. */
  close(how: 'close' | 'terminate'): void;
};

export type ConnectionListeners = {
  readonly introduced: (connection: Connection, payload: proto.ClientPayload) => void;
  readonly stanza: (connection: Connection, node: BinaryNode) => void;
  readonly closed: (connection: Connection) => void;
};

export function acceptConnection(socket: WebSocket, number: number, listeners: ConnectionListeners): void {
  const noise = createNoiseResponder();
  const frames = createFrameReader();
  let noiseKey: Buffer = Buffer.alloc(0);
  let frozen = false;
  let heard: 'nothing' | 'hello' | 'finish' = 'nothing';
  // Unpacking is asynchronous; stanzas are still taken in the order in which they were written.
  let taken: Promise<void> = Promise.resolve();

  const connection: Connection = {
    number,
    get noiseKey() {
      return noiseKey;
    },
    get open() {
      return socket.readyState === WebSocket.OPEN;
    },
    get frozen() {
      return frozen;
    },
    send(node) {
      if (!frozen && connection.open) socket.send(framed(noise.encrypt(encodeBinaryNode(node))));
    },
    freeze() {
      frozen = true;
      socket.pause();
    },
    close(how) {
      if (how === 'terminate' || frozen) socket.terminate();
      else socket.close();
    },
  };

  async function take(frame: Buffer): Promise<void> {
    if (heard === 'nothing') {
      heard = 'hello';
      socket.send(framed(noise.answerHello(frame)));
      return;
    }
    if (heard === 'hello') {
      heard = 'finish';
      const finish = noise.readFinish(frame);
      noiseKey = finish.noiseKey;
      listeners.introduced(connection, proto.ClientPayload.decode(finish.payload));
      return;
    }
    const node = await decodeBinaryNode(noise.decrypt(frame));
    if (!frozen) listeners.stanza(connection, node);
  }

  socket.on('message', (bytes: Buffer) => {
    for (const frame of frames(bytes)) taken = taken.then(() => take(frame)).catch(refuse);
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => listeners.closed(connection));

  /** A client that says what nobody understands is cut, and the test hears why. */
  function refuse(error: unknown): void {
    console.error('the loopback WhatsApp server could not read the client:', error);
    socket.terminate();
  }
}
