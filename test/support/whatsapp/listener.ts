import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** The port of the server, which can be closed and opened again like a network that fails and comes back. */
export type Listener = {
  readonly port: number;
  open(): Promise<void>;
  /** Everybody is cut, and nobody can connect. */
  shut(): Promise<void>;
};

export function createListener(firstPort: number, accept: (socket: WebSocket) => void): Listener {
  let port = firstPort;
  let server: WebSocketServer | null = null;

  return {
    get port() {
      return port;
    },
    async open() {
      const opening = new WebSocketServer({ host: '127.0.0.1', port, path: '/ws/chat' });
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      opening.on('listening', resolve);
      opening.on('error', reject);
      opening.on('connection', accept);
      await promise;
      server = opening;
      port = (opening.address() as AddressInfo).port;
    },
    async shut() {
      const closing = server;
      server = null;
      if (closing === null) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      closing.close(() => resolve());
      for (const socket of closing.clients) socket.terminate();
      await promise;
    },
  };
}
