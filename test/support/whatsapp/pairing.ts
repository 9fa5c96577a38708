import { randomBytes } from 'node:crypto';
import type { BinaryNode, KeyPair } from '@whiskeysockets/baileys';
import { createCompanion, type Registration } from './companion.ts';
import type { Connection } from './connection.ts';
import { signDeviceIdentity } from './device-identity.ts';
import type { Network } from './network.ts';
import { type CodeExchange, startCodeExchange } from './pairing-code.ts';
import { bytesIn, child, SERVER, seconds, stanza } from './stanza.ts';

const REFS = 6;
const PAIRING_TIMEOUT_MS = 10_000;

/** Links a device that has no login yet to the account. */
export type Pairing = {
  /** A client without a login connected: it gets what it shows as a QR code. */
  begin(connection: Connection, registration: Registration): void;
  end(connection: Connection): void;
  /** What the client answers or asks while it pairs. @returns whether it was about pairing */
  take(connection: Connection, node: BinaryNode): boolean;
  scan(qr: string): Promise<void>;
  enterCode(code: string): Promise<void>;
};

type Candidate = {
  readonly connection: Connection;
  readonly registration: Registration;
  readonly refs: readonly string[];
  /** Its key under the code that it shows, once it asked to be paired by code. */
  wrappedKey: Buffer | null;
  exchange: CodeExchange | null;
  /** The attempt to link it that is under way. */
  attempt: PromiseWithResolvers<void>;
};

export function createPairing(
  network: Network,
  identity: KeyPair,
  linked: (connection: Connection) => void,
): Pairing {
  const candidates = new Map<Connection, Candidate>();
  let devices = 0;

  function approve(candidate: Candidate, advSecret: Uint8Array): void {
    const { connection, registration } = candidate;
    if (network.faults.pairing === 'cut-at-success') return connection.close('terminate');
    devices += 1;
    const companion = createCompanion(devices, network.account, connection.noiseKey, registration);
    const key = registration.eIdent ?? Buffer.alloc(0);
    const signed = signDeviceIdentity(identity, key, advSecret, devices, network.now());
    const success = stanza('pair-success', {}, [
      stanza('device-identity', {}, signed),
      stanza('device', { jid: companion.address, lid: companion.lid }),
      stanza('platform', { name: 'android' }),
    ]);
    const attributes = { from: SERVER, type: 'set', id: `pair-${devices}`, t: seconds(network.now()) };
    connection.send(stanza('iq', attributes, [success]));
    if (network.faults.pairing === 'cut-before-sign') {
      setTimeout(() => connection.close('terminate'), 50).unref();
      return;
    }
    void candidate.attempt.promise.then(
      () => {
        network.queue.clear();
        network.account.companion = companion;
        network.changes.changed();
        linked(connection);
      },
      () => undefined,
    );
  }

  function takeHello(candidate: Candidate, node: BinaryNode, hello: BinaryNode): void {
    candidate.wrappedKey = bytesIn(hello, 'link_code_pairing_wrapped_companion_ephemeral_pub');
    const ref = stanza('link_code_pairing_ref', {}, Buffer.from(refOf(candidate)));
    candidate.connection.send(
      result(node, [stanza('link_code_companion_reg', { stage: 'companion_hello' }, [ref])]),
    );
    network.changes.changed();
  }

  function takeFinish(candidate: Candidate, node: BinaryNode, finish: BinaryNode): void {
    candidate.connection.send(result(node, []));
    try {
      if (candidate.exchange === null) throw new Error('nobody entered a code');
      const bundle = bytesIn(finish, 'link_code_pairing_wrapped_key_bundle');
      approve(candidate, candidate.exchange.advSecret(bundle, bytesIn(finish, 'companion_identity_public')));
    } catch (error) {
      candidate.attempt.reject(new Error('the code is not the one that the client shows', { cause: error }));
    }
  }

  return {
    begin(connection, registration) {
      const refs = Array.from({ length: REFS }, () => `2@${randomBytes(24).toString('base64')}`);
      candidates.set(connection, {
        connection,
        registration,
        refs,
        wrappedKey: null,
        exchange: null,
        attempt: newAttempt(),
      });
      const offered = refs.map((ref) => stanza('ref', {}, Buffer.from(ref)));
      const attributes = { from: SERVER, type: 'set', id: `refs-${connection.number}`, xmlns: 'md' };
      connection.send(stanza('iq', attributes, [stanza('pair-device', {}, offered)]));
    },
    end(connection) {
      candidates.get(connection)?.attempt.reject(new Error('the line was cut while pairing'));
      candidates.delete(connection);
    },
    take(connection, node) {
      const candidate = candidates.get(connection);
      if (candidate === undefined || node.tag !== 'iq') return false;
      if (child(node, 'pair-device-sign') !== undefined) {
        candidates.delete(connection);
        candidate.attempt.resolve();
        return true;
      }
      const step = child(node, 'link_code_companion_reg');
      if (step?.attrs.stage === 'companion_hello') takeHello(candidate, node, step);
      else if (step?.attrs.stage === 'companion_finish') takeFinish(candidate, node, step);
      else return node.attrs.type === 'result';
      return true;
    },
    async scan(qr) {
      const [ref = '', , , advSecret = ''] = qr.slice(qr.indexOf('#') + 1).split(',');
      const candidate = [...candidates.values()].find((one) => one.refs.includes(ref));
      if (candidate === undefined) throw new Error('this QR code is not shown by any client');
      candidate.attempt = newAttempt();
      approve(candidate, Buffer.from(advSecret, 'base64'));
      await candidate.attempt.promise;
    },
    async enterCode(code) {
      const waiting = (): Candidate | undefined =>
        [...candidates.values()].find((one) => one.wrappedKey !== null);
      const candidate = await network.changes.until(
        waiting,
        'a client that shows a code',
        PAIRING_TIMEOUT_MS,
      );
      candidate.attempt = newAttempt();
      candidate.exchange = await startCodeExchange(code, candidate.wrappedKey ?? Buffer.alloc(0), identity);
      const attributes = {
        from: SERVER,
        type: 'link_code_companion_reg',
        id: `code-${candidate.connection.number}`,
      };
      candidate.connection.send(
        stanza('notification', { ...attributes, t: seconds(network.now()) }, [
          stanza('link_code_companion_reg', { stage: 'primary_hello' }, [
            stanza('link_code_pairing_wrapped_primary_ephemeral_pub', {}, candidate.exchange.wrappedKey),
            stanza('primary_identity_pub', {}, identity.public),
            stanza('link_code_pairing_ref', {}, Buffer.from(refOf(candidate))),
          ]),
        ]),
      );
      await candidate.attempt.promise;
    },
  };
}

function refOf(candidate: Candidate): string {
  return candidate.refs[0] ?? '';
}

function result(query: BinaryNode, content: BinaryNode[]): BinaryNode {
  return stanza('iq', { id: query.attrs.id, from: SERVER, type: 'result' }, content);
}

/** Resolves when the client has signed; fails when the line is cut before, or the code was wrong. */
function newAttempt(): PromiseWithResolvers<void> {
  const attempt = Promise.withResolvers<void>();
  attempt.promise.catch(() => undefined);
  return attempt;
}
