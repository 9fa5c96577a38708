import type { UserFacingSocketConfig } from '@whiskeysockets/baileys';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Participant } from '../../../support/whatsapp/participant.ts';
import { startWhatsappServer, type WhatsappServer } from '../../../support/whatsapp/server.ts';
import {
  connectStock,
  linkStock,
  type MemoryLogin,
  type StockClient,
} from '../../../support/whatsapp/stock-client.ts';

/** A server with one linked device for a whole file; every test logs in anew and ends with everything healed. */
export type Linked = {
  readonly server: WhatsappServer;
  readonly login: MemoryLogin;
  /** Connects without waiting for anything. */
  connect(config?: Partial<UserFacingSocketConfig>): StockClient;
  opened(config?: Partial<UserFacingSocketConfig>): Promise<StockClient>;
  /** How many messages of a participant wait for the client. */
  waitingFrom(participant: Participant): number;
};

export function linkedServer(): Linked {
  let server: WhatsappServer;
  let login: MemoryLogin;
  const clients: StockClient[] = [];
  beforeAll(async () => {
    server = await startWhatsappServer();
    server.trust();
    const client = await linkStock(server);
    login = client.login;
    await cut(client);
  });
  afterEach(async () => {
    server.faults.heal();
    // Also one that is frozen, which an ordinary end would wait for.
    server.disconnect('terminate');
    await Promise.all(clients.splice(0).map(cut));
  });
  afterAll(() => server.close());

  async function cut(client: StockClient): Promise<void> {
    if (client.closedWith !== undefined) return;
    client.end();
    await client.closed();
  }
  const connect = (config?: Partial<UserFacingSocketConfig>): StockClient => {
    const client = connectStock(server.url, login, config);
    clients.push(client);
    return client;
  };
  return {
    get server() {
      return server;
    },
    get login() {
      return login;
    },
    connect,
    waitingFrom: ({ lid }) =>
      server.waiting.filter(({ tag, attrs }) => tag === 'message' && attrs.from === lid).length,
    async opened(config) {
      const client = connect(config);
      await client.opened();
      return client;
    },
  };
}
