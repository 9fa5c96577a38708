import { type BinaryNode, isLidUser, isPnUser, jidDecode, jidNormalizedUser } from '@whiskeysockets/baileys';

/** Whose chat a stanza belongs to, with every name it gives for it. */
export type Chat = {
  /** Without a device: `123@lid` or `62812…@s.whatsapp.net`. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Written by the account itself, on its phone or another linked device. */
  readonly isOurs: boolean;
};

/** Attributes in which the platform tells the other name of whoever wrote, and of whoever is written to. */
const OF_SENDER = ['sender_pn', 'sender_lid', 'participant_pn', 'participant_lid'] as const;
const OF_RECIPIENT = ['recipient_pn', 'recipient_lid', 'peer_recipient_pn', 'peer_recipient_lid'] as const;

/**
 * Null for everything that is no private chat with somebody else: groups, status, newsletters, and what the account's
 * own devices tell each other (faults.md F83). Names come from the envelope alone, never from what was written (S24).
 */
export function chatOf(attributes: BinaryNode['attrs'], own: readonly string[]): Chat | null {
  const from = personOf(attributes.from);
  if (from === null || attributes.category === 'peer') return null;
  const isOurs = own.includes(from);
  const name = isOurs ? personOf(attributes.recipient) : from;
  if (name === null || own.includes(name)) return null;
  const others = (isOurs ? OF_RECIPIENT : OF_SENDER).map((attribute) => personOf(attributes[attribute]));
  const aliases = others.filter((other) => other !== null && other !== name && !own.includes(other));
  return { name, aliases: [...new Set(aliases as string[])], isOurs };
}

/** A person's phone, and none of the devices that are linked to it. */
export function isPhone(jid: string): boolean {
  return personOf(jid) !== null && (jidDecode(jid)?.device ?? 0) === 0;
}

/** Without a device; null for what is not one person. */
export function personOf(jid: string | undefined): string | null {
  if (jid === undefined || !(isLidUser(jid) || isPnUser(jid))) return null;
  const name = jidNormalizedUser(jid);
  return /^\d+@(lid|s\.whatsapp\.net)$/.test(name) ? name : null;
}
