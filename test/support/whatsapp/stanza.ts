import {
  type BinaryNode,
  getBinaryNodeChild,
  getBinaryNodeChildren,
  jidDecode,
} from '@whiskeysockets/baileys';

/** The address of the server itself. */
export const SERVER = 's.whatsapp.net';
export const STATUS = 'status@broadcast';

export type Attributes = Readonly<Record<string, string | undefined>>;

/** One element of the stream. Attributes that are undefined are not written. */
export function stanza(
  tag: string,
  attributes: Attributes = {},
  content?: BinaryNode['content'],
): BinaryNode {
  const attrs = Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return content === undefined ? { tag, attrs } : { tag, attrs, content };
}

export const child = getBinaryNodeChild;
export const children = getBinaryNodeChildren;

export function firstChild(node: BinaryNode): BinaryNode | undefined {
  return Array.isArray(node.content) ? node.content[0] : undefined;
}

/** The bytes in a child element. @throws when there is none: then the client speaks another protocol */
export function bytesIn(node: BinaryNode | undefined, tag: string): Buffer {
  const content = child(node, tag)?.content;
  if (!(content instanceof Uint8Array)) throw new Error(`no bytes in <${node?.tag ?? 'nothing'}><${tag}>`);
  return Buffer.from(content);
}

/** A big-endian number, as keys and devices are numbered. */
export function numberIn(node: BinaryNode | undefined, tag: string): number {
  const bytes = bytesIn(node, tag);
  return bytes.readUIntBE(0, bytes.length);
}

/** The part before the device and the server: a phone number or the digits of a LID. */
export function userOf(address: string | undefined): string {
  return jidDecode(address)?.user ?? '';
}

export function deviceOf(address: string | undefined): number {
  return jidDecode(address)?.device ?? 0;
}

/** Epoch milliseconds as the seconds of a `t` attribute. */
export function seconds(epochMs: number): string {
  return String(Math.floor(epochMs / 1000));
}
