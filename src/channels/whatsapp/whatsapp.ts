import { setTimeout as sleep } from 'node:timers/promises';
// Before anything that could load libsignal.
import './silence.ts';
import { isLidUser, jidNormalizedUser, type WASocket, type WAVersion } from '@whiskeysockets/baileys';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Language } from '../../message.ts';
import type {
  AccountStore,
  Channel,
  ChannelStatus,
  Intake,
  Pace,
  Pictures,
  StatusReport,
} from '../channel.ts';
import { type Account, openAccount } from './account.ts';
import { isPhone, personOf } from './chats.ts';
import { type Caches, type Connection, connect, createCaches } from './connection.ts';
import { contentOf, type MenuWords } from './content.ts';
import { endingOf } from './disconnect.ts';
import { createInbound } from './inbound.ts';
import { createJournal, type Journal } from './journal.ts';
import { libraryLog } from './library-log.ts';
import { createUpload } from './media-host.ts';
import { createOutbound, type Line } from './outbound.ts';
import { PAIRING_REASONS, type ShowPairing } from './pairing.ts';
import { createPatientStore } from './patient-store.ts';
import { incomingOf, readStanza } from './payload.ts';
import { createPictured } from './pictured.ts';
import { createPauses, WHATSAPP_TIMING, type WhatsappTiming } from './timing.ts';

export type WhatsappOptions = {
  readonly account: AccountStore;
  readonly intake: Intake;
  readonly pictures: Pictures;
  /** Nothing that was received is answered until what this returns is called. */
  readonly hold: () => () => void;
  readonly report: StatusReport;
  readonly showPairing: ShowPairing;
  /** The line under a numbered menu. */
  readonly menuWords: (language: Language) => MenuWords;
  readonly clock: Clock;
  readonly log: Log;
  /** Null: WhatsApp's own server. */
  readonly url: string | null;
  readonly version: WAVersion | null;
  /** Digits only; null: a QR code is shown. */
  readonly pairingNumber: string | null;
  readonly pace?: Partial<Pace>;
  readonly timing?: Partial<WhatsappTiming>;
};

/**
 * Nobody publishes limits. An account that writes only to whom wrote first, at the speed of a quick person, lives longest
 * (decision 21).
 */
const PACE: Pace = { perSecond: 1, perChatPerSecond: 1 / 3, unaskedPerSecond: 1 / 20, concurrency: 8 };

/**
 * WhatsApp, private chats only, as a device linked to a phone. `start` resolves when the first connection is open, or
 * when it is known why not; the channel keeps trying unless that would do harm.
 */
export function createWhatsappChannel(options: WhatsappOptions): Channel {
  const { clock, log, showPairing } = options;
  const timing = { ...WHATSAPP_TIMING, ...options.timing };
  const stopping = new AbortController();
  const firstContact = Promise.withResolvers<void>();
  const library = libraryLog(log);
  const saving = new Set<Promise<void>>();
  let current: Opened | null = null;
  let connection: Connection | null = null;
  let failedEncryptions = 0;
  let running: Promise<void> = Promise.resolve();
  let lastStatus = '';

  const store = createPatientStore(options.account, {
    timing,
    signal: stopping.signal,
    onFailure(error) {
      log.error({ error }, 'whatsapp: the store failed; WhatsApp keeps what is written until it works again');
      report({ state: 'waiting', reason: 'nothing can be written to the disk; WhatsApp keeps what comes' });
    },
    onRecovery() {
      if (connection?.isOpen() === true) report(OPEN);
    },
  });
  const { intake, hold, pictures, menuWords } = options;
  const pictured = createPictured({ pictures, upload: createUpload(options.url), timing, clock, log });
  const outbound = createOutbound({ line, menuWords, pictured, timing });
  const inbound = createInbound({ intake, hold, timing, log, own, socket: openSocket });

  function report(status: ChannelStatus): void {
    if (status.state !== 'starting') firstContact.resolve();
    const line = `${status.state} ${status.reason}`;
    if (line === lastStatus) return;
    lastStatus = line;
    options.report('whatsapp', status);
  }

  /** Null while it is still being made: what is written then would spoil the handshake. */
  function openSocket(): WASocket | null {
    return connection?.isOpen() === true ? connection.socket : null;
  }

  function line(): Line | null {
    const socket = openSocket();
    if (socket === null || current === null) return null;
    return {
      socket,
      messageIds: current.account.messageIds,
      failedEncryptions: () => failedEncryptions,
    };
  }

  function own(): readonly string[] {
    const { me } = current?.account.creds ?? {};
    return [me?.id, me?.lid].filter((jid) => jid != null && jid !== '').map((jid) => jidNormalizedUser(jid));
  }

  async function open(): Promise<Opened> {
    const account = await openAccount(store);
    const journal = createJournal({
      keys: account.keys,
      log: library,
      read: (attributes, plaintext) => readStanza(attributes, plaintext, own()),
      wasKept: async (attributes) => {
        const incoming = incomingOf(attributes, { kind: 'other', text: '' }, own());
        return incoming !== null && (await store.wasKept(incoming));
      },
      onArrival: inbound.onArrival,
      onKept: inbound.onKept,
      onFailedEncryption: noteFailedEncryption,
    });
    return { account, journal, caches: createCaches() };
  }

  async function run(): Promise<void> {
    try {
      current = await open();
    } catch (error) {
      log.error({ error }, 'whatsapp: the account cannot be opened');
      const reason = error instanceof Error ? error.message : String(error);
      return report({ state: 'stopped', reason });
    }
    const pauses = createPauses(timing);
    while (!stopping.signal.aborted) {
      const ended = await connectOnce(current);
      if (stopping.signal.aborted) return;
      const ending = endingOf(ended.code, current.account.isPaired(), ended.couldBeLinked);
      report({ state: STATES[ending.next], reason: ending.reason });
      if (ending.next === 'stop') return;
      if (ending.next === 'pair-again') await current.account.forget();
      if (ending.next === 'pair-again' || !current.account.isPaired()) current = await open();
      await sleep(pauses.nextMs(ending.next === 'at-once', ended.openMs), undefined, {
        signal: stopping.signal,
      }).catch(() => {});
    }
  }

  async function connectOnce({ account, journal, caches }: Opened) {
    const made = connect({
      account,
      journal,
      log: library,
      clock,
      timing,
      url: options.url,
      version: options.version,
      pairingNumber: options.pairingNumber,
      caches,
      getMessage: async ({ id, remoteJid }) => {
        const number = account.messageIds.numberOf(id ?? '');
        const kept = number === null ? null : await store.outgoing(number);
        if (kept?.outgoing.kind !== 'say') return undefined;
        if (!(await namesOf(remoteJid)).includes(kept.address.chat)) return undefined;
        return contentOf(kept.outgoing, options.menuWords);
      },
      on: {
        opened() {
          report(OPEN);
          outbound.connected();
        },
        pairing(pairing) {
          showPairing(pairing);
          if (pairing !== null) report({ state: 'waiting', reason: PAIRING_REASONS[pairing.kind] });
        },
        answered: outbound.answered,
        upsert: inbound.upsert,
        same: learnSame,
        credentialsChanged: () => keepCredentials(account),
      },
    });
    connection = made;
    const ended = await made.ended;
    connection = null;
    outbound.cutOff();
    return ended;
  }

  /** What reaches the participant's phone has arrived, whatever becomes of the copies for other devices. */
  function noteFailedEncryption(device: string): void {
    if (isPhone(device) && !own().includes(jidNormalizedUser(device))) failedEncryptions += 1;
  }

  /** Whoever asks for a message again gets what their own chat was told, by whichever name that goes. */
  async function namesOf(jid: string | null | undefined): Promise<readonly string[]> {
    const name = personOf(jid ?? undefined);
    // Also before it is open: what was asked while there was no connection comes in at its very beginning.
    const mapping = connection?.socket.signalRepository.lidMapping;
    if (name === null || mapping === undefined) return [];
    const other = await (isLidUser(name) ? mapping.getPNForLID(name) : mapping.getLIDForPN(name));
    return [name, personOf(other ?? undefined) ?? name];
  }

  function learnSame(lid: string, phone: string): void {
    const names = [personOf(lid), personOf(phone)] as const;
    if (names[0] === null || names[1] === null) return;
    store
      .transaction({ put: [], incoming: [], same: [[names[0], names[1]]] })
      .catch((error: unknown) => log.error({ error }, 'whatsapp: two names of one chat were not kept'));
  }

  function keepCredentials(account: Account): void {
    const kept = account
      .save()
      .catch((error: unknown) => log.error({ error }, 'whatsapp: the account was not kept'))
      .finally(() => saving.delete(kept));
    saving.add(kept);
  }

  async function stopListening(): Promise<void> {
    // What arrives while the rest is being sent is kept, and answered after the next start: the platform has no way to
    // say "later" that would not cost the participant a message.
    outbound.hurry();
    firstContact.resolve();
    await inbound.drain();
  }

  return {
    name: 'whatsapp',
    pace: { ...PACE, ...options.pace },
    repeatsAreHarmless: true,
    start() {
      report({ state: 'starting', reason: 'connecting to WhatsApp' });
      running = run().catch((error: unknown) => {
        log.error({ error }, 'whatsapp: ended in an unexpected way');
        report({
          state: 'stopped',
          reason: 'stopped by a fault of its own; see the log, and start Pandu again',
        });
      });
      // A network that swallows everything says nothing for long, and whoever waits for the start wants to go on.
      setTimeout(firstContact.resolve, timing.firstContactMs).unref();
      return firstContact.promise;
    },
    send: outbound.send,
    typing: ({ chat }) => {
      if (timing.typingLeastMs > 0)
        openSocket()
          ?.sendPresenceUpdate('composing', chat)
          .catch(() => {});
    },
    stopListening,
    async stop() {
      await stopListening();
      inbound.stop();
      // First, so that what cannot be kept is not answered: WhatsApp has it for the next start.
      connection?.close();
      stopping.abort();
      await running;
      await Promise.allSettled([inbound.drain(), ...saving]);
      report({ state: 'stopped', reason: 'stopped' });
    },
  };
}

/** What belongs to one account. Its caches, too: the next one has other devices (faults.md F67). */
type Opened = { readonly account: Account; readonly journal: Journal; readonly caches: Caches };

const OPEN: ChannelStatus = { state: 'on', reason: 'linked, and connected to WhatsApp' };

/** A new connection that the platform asks for is no trouble (faults.md F65). */
const STATES = { 'at-once': 'starting', later: 'waiting', stop: 'stopped', 'pair-again': 'waiting' } as const;
