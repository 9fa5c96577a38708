import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** The port of the server, which can be closed and opened again like a network that fails and comes back. */
export type Listener = {
  readonly port: number;
  open(): Promise<void>;
  /** Everybody is cut, and nobody can connect. */
  shut(): Promise<void>;
};

export function createListener(
  firstPort: number,
  accept: (socket: WebSocket) => void,
  handle: RequestListener,
): Listener {
  let port = firstPort;
  let open: { readonly http: Server; readonly sockets: WebSocketServer } | null = null;

  return {
    get port() {
      return port;
    },
    async open() {
      const http = createServer(handle);
      const sockets = new WebSocketServer({ server: http, path: '/ws/chat' });
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      sockets.on('listening', resolve);
      sockets.on('error', reject);
      sockets.on('connection', accept);
      http.listen(port, '127.0.0.1');
      await promise;
      open = { http, sockets };
      port = (http.address() as AddressInfo).port;
    },
    async shut() {
      const closing = open;
      open = null;
      if (closing === null) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      closing.sockets.close();
      for (const socket of closing.sockets.clients) socket.terminate();
      closing.http.close(() => resolve());
      closing.http.closeAllConnections();
      await promise;
    },
  };
}
