import { MIN_PREKEY_COUNT } from '@whiskeysockets/baileys';
import type { Changes } from './changes.ts';
import type { Companion } from './companion.ts';
import type { DeliveryQueue } from './delivery-queue.ts';
import type { Faults } from './faults.ts';
import type { Mailbox } from './mailbox.ts';
import type { Media } from './media.ts';
import type { Sender } from './sender.ts';
import type { Bundle, SignalDevice } from './signal-device.ts';
import { deviceOf, SERVER, seconds, stanza, userOf } from './stanza.ts';

/** Somebody with a phone: a participant, or the owner of the account. */
export type Person = {
  /** Digits of the phone number, without a plus. */
  readonly phone: string;
  /** The digits of the LID. */
  readonly lid: string;
  readonly device: SignalDevice;
  readonly mailbox: Mailbox;
  readonly sender: Sender;
  /** What the client does in the chat with them: `composing`, `paused`. */
  activity: string | null;
};

/** The account to which the client is linked. */
export type Account = {
  readonly phone: string;
  readonly lid: string;
  companion: Companion | null;
};

/** What all parts of the server share. */
export type Network = {
  readonly account: Account;
  readonly queue: DeliveryQueue;
  readonly faults: Faults;
  readonly changes: Changes;
  readonly media: Media;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** By LID digits and by phone number; the owner of the account is one of them. */
  readonly people: Map<string, Person>;
  personAt(address: string | undefined): Person | undefined;
  deviceAt(address: string): SignalDevice | null;
  deviceNumbersOf(address: string): number[];
  /** The LID of somebody known by phone number or by LID digits. */
  lidOf(user: string): string | undefined;
};

export function createNetwork(
  shared: Omit<Network, 'people' | 'personAt' | 'deviceAt' | 'deviceNumbersOf' | 'lidOf'>,
): Network {
  const people = new Map<string, Person>();
  const personAt = (address: string | undefined): Person | undefined => people.get(userOf(address));
  return {
    ...shared,
    people,
    personAt,
    deviceAt: (address) => (deviceOf(address) === 0 ? (personAt(address)?.device ?? null) : null),
    deviceNumbersOf(address) {
      const person = personAt(address);
      if (person === undefined) return [];
      const companion = person.phone === shared.account.phone ? shared.account.companion : null;
      return companion === null ? [0] : [0, companion.device];
    },
    lidOf(user) {
      const person = people.get(user);
      return person === undefined ? undefined : `${person.lid}@lid`;
    },
  };
}

/** Keys of the client for somebody who starts a session. The client hears when hardly any are left. */
export function takeBundle(network: Network): Bundle {
  const companion = companionOf(network);
  const bundle = companion.takeBundle();
  if (companion.preKeysLeft === MIN_PREKEY_COUNT - 1) {
    const attributes = { from: SERVER, type: 'encrypt', id: 'few-keys', t: seconds(network.now()) };
    const count = stanza('count', { value: String(companion.preKeysLeft) });
    network.queue.add(stanza('notification', attributes, [count]));
  }
  return bundle;
}

/** The linked device. @throws when there is none: then nobody can write to it */
export function companionOf(network: Network): Companion {
  if (network.account.companion === null) throw new Error('no device is linked to the account');
  return network.account.companion;
}
