import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createPictures } from '../../src/card/pictures.ts';
import type { Channel, ChannelStatus, Pace, Pictures } from '../../src/channels/channel.ts';
import type { Pairing } from '../../src/channels/whatsapp/pairing.ts';
import type { WhatsappTiming } from '../../src/channels/whatsapp/timing.ts';
import { createWhatsappChannel } from '../../src/channels/whatsapp/whatsapp.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { createAccountStore } from '../../src/command/account-store.ts';
import { type Assembly, assemble } from '../../src/command/assemble.ts';
import { hidden } from '../../src/command/hidden.ts';
import type { Knowledge } from '../../src/conversation/knowledge.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { shippedKnowledge, Talk } from './conversation.ts';
import { rememberingLog } from './telegram/connected.ts';
import { startWhatsappServer, type WhatsappServer } from './whatsapp/server.ts';

/** Waits that a test can live with; nobody types. */
export const QUICK_WHATSAPP: Partial<WhatsappTiming> = {
  ackMs: 1_500,
  keepAliveMs: 500,
  silenceMs: 1_200,
  queryMs: 1_500,
  retryFirstMs: 20,
  retryMostMs: 100,
  typingLeastMs: 0,
  unreadableMs: 300,
  catchUpQuietMs: 250,
};

export type LinkedOptions = {
  /** Another one than the server that is started for the test. */
  readonly server?: WhatsappServer;
  /** How the owner links the phone; 'not' leaves it to the test. */
  readonly link?: 'qr' | 'code' | 'not';
  /** Shows a code for this number also when the test links the phone. */
  readonly pairingNumber?: string;
  /** The data key at each start, instead of `DATA_KEY`. */
  readonly key?: () => Uint8Array;
  readonly timing?: Partial<WhatsappTiming>;
  readonly pace?: Partial<Pace>;
  readonly clock?: Clock;
  /** Who ends everything: the test, unless another is named. */
  readonly whenOver?: (end: () => Promise<void>) => void;
  /** Instead of the real ones. */
  readonly pictures?: Pictures;
  /** Stands between the channel and the store, to make that fail. */
  readonly around?: (store: Store) => Store;
};

export type Linked = {
  readonly server: WhatsappServer;
  /** The data file. */
  readonly path: string;
  readonly log: ReturnType<typeof rememberingLog>;
  /** Every state the channel reported, in order. */
  readonly statuses: ChannelStatus[];
  /** Every way to link that was shown, and null whenever there was nothing more to show. */
  readonly pairings: (Pairing | null)[];
  readonly store: Store;
  readonly program: Assembly;
  readonly channel: Channel;
  /** Stops as SIGTERM does, and starts again over the same file. */
  restart(): Promise<void>;
  /** Stops as SIGTERM does. */
  stop(): Promise<void>;
  /** The newest state of the channel. */
  status(): ChannelStatus | undefined;
};

let knowledge: Knowledge | null = null;

/** One thread for all tests of a file; it keeps no process alive. */
const pictures = createPictures();

/** The first turn of a process takes seconds, in which the server of the test could not answer: taken here. */
export function warmKnowledge(): Knowledge {
  if (knowledge === null) {
    knowledge = shippedKnowledge();
    new Talk(knowledge).says('halo');
  }
  return knowledge;
}

/** The data key of all these tests. */
export const DATA_KEY = new Uint8Array(32).fill(7);

/**
 * Pandu on WhatsApp: the stock library over a real socket to the loopback server, the real store in a file, the turn loop
 * and the sender. Linked and connected when this resolves, unless the test does that. Everything ends with the test.
 */
export async function startLinked(options: LinkedOptions = {}): Promise<Linked> {
  const shipped = warmKnowledge();
  const server = options.server ?? (await startWhatsappServer());
  server.trust();
  const folder = mkdtempSync(join(tmpdir(), 'pandu-whatsapp-'));
  const path = join(folder, 'pandu.db');
  const log = rememberingLog();
  const statuses: ChannelStatus[] = [];
  const pairings: (Pairing | null)[] = [];
  const clock = options.clock ?? systemClock;
  const link = options.link ?? 'qr';
  let store: Store;
  let program: Assembly;

  async function start(): Promise<void> {
    const opened = await openSqliteStore({ path });
    store = options.around?.(opened) ?? opened;
    program = assemble({
      store,
      knowledge: () => shipped,
      clock,
      log,
      channels: (intake, ways) => [
        createWhatsappChannel({
          account: createAccountStore({
            store,
            channel: 'whatsapp',
            key: options.key?.() ?? DATA_KEY,
            clock,
            hidden,
            ...ways,
          }),
          intake,
          hold: ways.hold,
          pictures: options.pictures ?? pictures,
          report: (_, status) => void statuses.push(status),
          showPairing,
          menuWords: () => ({ one: 'Balas 1.', several: 'Balas dengan angkanya.' }),
          clock,
          log,
          url: server.url,
          version: null,
          pairingNumber: options.pairingNumber ?? (link === 'code' ? '628119999999' : null),
          pace: { perSecond: 1_000, perChatPerSecond: 1_000, concurrency: 16, ...options.pace },
          timing: { ...QUICK_WHATSAPP, ...options.timing },
        }),
      ],
    });
    await program.channels[0]!.start();
  }

  function showPairing(pairing: Pairing | null): void {
    pairings.push(pairing);
    if (link === 'not' || pairing === null || server.linked) return;
    const linked = pairing.kind === 'qr' ? server.scan(pairing.text) : server.enterCode(pairing.code);
    linked.catch(() => {});
  }

  async function stop(): Promise<void> {
    await program.stop();
    await store.close();
  }

  let running = true;
  const linked: Linked = {
    server,
    path,
    log,
    statuses,
    pairings,
    get store() {
      return store;
    },
    get program() {
      return program;
    },
    get channel() {
      return program.channels[0]!;
    },
    async restart() {
      if (running) await stop();
      await start();
      running = true;
    },
    async stop() {
      if (running) await stop();
      running = false;
    },
    status: () => statuses.at(-1),
  };
  (options.whenOver ?? onTestFinished)(async () => {
    await linked.stop();
    if (options.server === undefined) await server.close();
    rmSync(folder, { recursive: true });
  });
  await start();
  if (link !== 'not')
    await server.until(() => statuses.at(-1)?.state === 'on', 'the channel to be on', 10_000);
  return linked;
}
