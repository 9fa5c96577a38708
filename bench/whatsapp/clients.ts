import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPictures } from '../../src/card/pictures.ts';
import { createWhatsappChannel } from '../../src/channels/whatsapp/whatsapp.ts';
import { systemClock } from '../../src/clock.ts';
import { createAccountStore } from '../../src/command/account-store.ts';
import { assemble } from '../../src/command/assemble.ts';
import { hidden } from '../../src/command/hidden.ts';
import { createLog } from '../../src/log.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { WhatsappServer } from '../../test/support/whatsapp/server.ts';
import { linkStock } from '../../test/support/whatsapp/stock-client.ts';
import { loadKnowledge } from '../turns/script.ts';

/** Something that is linked to the server and answers each message with one of its own. */
export type Client = {
  /** From nothing to linked and connected, in milliseconds. */
  readonly pairingMs: number;
  stop(): Promise<void>;
};
export type StartClient = (server: WhatsappServer) => Promise<Client>;

/** The library alone, as its documentation shows it: keys in memory, nothing kept, every message sent back. */
export const bareLibrary: StartClient = async (server) => {
  const begun = performance.now();
  const client = await linkStock(server);
  const pairingMs = performance.now() - begun;
  client.socket.ev.on('messages.upsert', ({ messages }) => {
    for (const { key, message } of messages) {
      if (key.fromMe || message == null) continue;
      const text = message.conversation ?? message.extendedTextMessage?.text ?? '';
      void client.socket.sendMessage(key.remoteJid!, { text });
    }
  });
  return {
    pairingMs,
    async stop() {
      client.end();
    },
  };
};

/** The whole of Pandu over a file: message and keys on the disk before the receipt, decided, sent, acknowledged, noted. */
export const pandu: StartClient = async (server) => {
  const knowledge = loadKnowledge();
  knowledge.reader.learned();
  const folder = mkdtempSync(join(tmpdir(), 'pandu-bench-'));
  const begun = performance.now();
  const store = await openSqliteStore({ path: join(folder, 'pandu.db') });
  const log = createLog('silent');
  const pictures = createPictures();
  const program = assemble({
    store,
    knowledge: () => knowledge,
    clock: systemClock,
    log,
    channels: (intake, ways) => [
      createWhatsappChannel({
        account: createAccountStore({
          store,
          channel: 'whatsapp',
          key: new Uint8Array(32).fill(1),
          clock: systemClock,
          hidden,
          ...ways,
        }),
        intake,
        hold: ways.hold,
        pictures,
        report: () => {},
        showPairing: (pairing) => {
          if (pairing?.kind === 'qr' && !server.linked) server.scan(pairing.text).catch(() => {});
        },
        menuWords: () => ({ one: 'Balas 1.', several: 'Balas dengan angkanya.' }),
        clock: systemClock,
        log,
        url: server.url,
        version: null,
        pairingNumber: null,
        pace: { perSecond: 10_000, perChatPerSecond: 10_000 },
        timing: { typingLeastMs: 0 },
      }),
    ],
  });
  await program.channels[0]!.start();
  await server.until(() => server.online, 'Pandu to be linked', 20_000);
  return {
    pairingMs: performance.now() - begun,
    async stop() {
      await program.stop();
      await pictures.stop();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
};
