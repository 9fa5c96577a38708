import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Connection } from './connection.ts';

/** A stanza of the client, without what was sealed in it. */
export type Heard = {
  readonly tag: string;
  readonly attrs: Readonly<Record<string, string>>;
  /** The tags of what was in it. */
  readonly inside: readonly string[];
  /** Epoch milliseconds. */
  readonly at: number;
  readonly connection: number;
};

export function heard(node: BinaryNode, connection: Connection, at: number): Heard {
  const inside = Array.isArray(node.content) ? node.content.map(({ tag }) => tag) : [];
  return { tag: node.tag, attrs: node.attrs, inside, at, connection: connection.number };
}

/** What the client confirmed of a message: `delivery`, `inactive`, `read`, `retry` …, in order. */
export function receiptsOf(log: readonly Heard[], id: string): string[] {
  return log
    .filter((one) => one.tag === 'receipt' && one.attrs.id === id)
    .map(({ attrs }) => attrs.type ?? 'delivery');
}

/** The codes with which the client refused a message, in order. */
export function refusalsOf(log: readonly Heard[], id: string): string[] {
  const acks = log.filter((one) => one.tag === 'ack' && one.attrs.class === 'message' && one.attrs.id === id);
  return acks.flatMap(({ attrs }) => (attrs.error === undefined ? [] : [attrs.error]));
}
