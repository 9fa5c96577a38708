import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Connection } from './connection.ts';
import type { Faults } from './faults.ts';
import { SERVER, stanza } from './stanza.ts';

/**
 * What waits for the client. A stanza stays here until the client confirms it, so that a client which dies, is cut
 * or never answers gets it again at its next login, marked as offline.
 */
export type DeliveryQueue = {
  readonly waiting: readonly BinaryNode[];
  /** Delivered at once when the client is there. */
  add(node: BinaryNode): void;
  /** Written to the client that is there, without waiting for a confirmation. */
  addUnkept(node: BinaryNode): void;
  /** The client logged in and asked for what came meanwhile. */
  open(connection: Connection): void;
  shut(connection: Connection): void;
  /** What the client says about a stanza. @returns whether the stanza was waiting */
  confirm(kind: 'receipt' | 'ack' | 'refusal', tag: string, answer: BinaryNode): boolean;
  /** Another device is linked, or none: what waited was for the one before. */
  clear(): void;
};

export function createDeliveryQueue(faults: Faults): DeliveryQueue {
  const waiting = new Map<string, BinaryNode>();
  let live: Connection | null = null;

  function write(connection: Connection, node: BinaryNode): void {
    const cut = faults.cutAtDelivery;
    if (cut === null) return connection.send(node);
    if (cut.skip > 0) {
      faults.cutAtDelivery = { ...cut, skip: cut.skip - 1 };
      return connection.send(node);
    }
    faults.cutAtDelivery = null;
    if (cut.when === 'after') connection.send(node);
    connection.close('terminate');
  }

  function later(node: BinaryNode): void {
    const connection = live;
    if (connection === null) return;
    if (faults.deliveryDelayMs === 0) return write(connection, node);
    setTimeout(() => write(connection, node), faults.deliveryDelayMs).unref();
  }

  function forget(tag: string, answer: BinaryNode): boolean {
    const { id, to, recipient } = answer.attrs;
    if (to !== undefined) return waiting.delete(nameOf({ tag, attrs: { ...answer.attrs, from: to } }));
    // A receipt for what the owner's phone sent may name the chat and nobody else.
    const typed = [...waiting].find(([, one]) => one.attrs.id === id && one.attrs.recipient === recipient);
    return typed !== undefined && waiting.delete(typed[0]);
  }

  return {
    get waiting() {
      return [...waiting.values()];
    },
    add(node) {
      const name = nameOf(node);
      waiting.delete(name);
      waiting.set(name, node);
      later(node);
    },
    addUnkept: later,
    open(connection) {
      const offline = [...waiting.values()];
      offline.forEach((node, index) => {
        write(connection, { ...node, attrs: { ...node.attrs, offline: String(index + 1) } });
      });
      if (faults.endOfflineBatch) {
        const count = stanza('offline', { count: String(offline.length) });
        connection.send(stanza('ib', { from: SERVER }, [count]));
      }
      if (connection.open) live = connection;
    },
    shut(connection) {
      if (live === connection) live = null;
    },
    confirm(kind, tag, answer) {
      if (kind === 'receipt' && !faults.forgetReceipted) return false;
      if (kind === 'refusal' && !faults.forgetRefused) return false;
      const ids = idsIn(answer);
      return ids.map((id) => forget(tag, { ...answer, attrs: { ...answer.attrs, id } })).some(Boolean);
    },
    clear() {
      waiting.clear();
      live = null;
    },
  };
}

/** A receipt may speak of more than one stanza. */
function idsIn(answer: BinaryNode): string[] {
  const list = Array.isArray(answer.content) ? answer.content.find((node) => node.tag === 'list') : undefined;
  const more = Array.isArray(list?.content) ? list.content.map((item) => item.attrs.id ?? '') : [];
  return [answer.attrs.id ?? '', ...more];
}

/** Receipts of different types for one message are different stanzas. */
function nameOf({ tag, attrs }: BinaryNode): string {
  return `${tag} ${tag === 'receipt' ? attrs.type : ''} ${attrs.id} ${attrs.from}`;
}
