import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Connection } from './connection.ts';
import { takeRefusal } from './faults.ts';
import type { Network } from './network.ts';
import { child, children, deviceOf, seconds, stanza, userOf } from './stanza.ts';

/** A message of the client: acknowledged or refused, and passed on to every phone it is sealed for. */
export function takeMessage(network: Network, node: BinaryNode, connection: Connection): void {
  const { faults } = network;
  const cut = faults.cutAtMessage;
  if (cut !== null) {
    faults.cutAtMessage = null;
    connection.close('terminate');
    if (cut === 'before-taken') return;
  }
  const recipient = network.personAt(node.attrs.to);
  const users = recipient === undefined ? [userOf(node.attrs.to)] : [recipient.lid, recipient.phone];
  const refusal = takeRefusal(faults, users);
  if (faults.acknowledge)
    later(faults.acknowledgeDelayMs, () => acknowledge(network, node, connection, refusal));
  if (refusal === null && faults.passOn) passOn(network, node);
}

function acknowledge(
  network: Network,
  node: BinaryNode,
  connection: Connection,
  refusal: number | null,
): void {
  const { id, to, phash } = node.attrs;
  const error = refusal === null ? undefined : String(refusal);
  connection.send(stanza('ack', { class: 'message', id, from: to, t: seconds(network.now()), phash, error }));
}

function passOn(network: Network, node: BinaryNode): void {
  const from = network.account.companion?.lid;
  if (from === undefined) return;
  const copies = children(child(node, 'participants'), 'to').map((copy) => ({
    address: copy.attrs.jid,
    sealing: copy,
  }));
  const direct = child(node, 'enc') === undefined ? [] : [{ address: node.attrs.to, sealing: node }];
  for (const { address, sealing } of [...copies, ...direct]) {
    const person = network.personAt(address);
    if (person === undefined || deviceOf(address) !== 0) continue;
    void person.mailbox.take(node, sealing, from).then((one) => {
      if (one.message !== null && person.phone !== network.account.phone) tellDelivered(network, node);
      network.changes.changed();
    });
  }
}

function tellDelivered(network: Network, { attrs }: BinaryNode): void {
  if (!network.faults.deliveryReceipts) return;
  network.queue.add(stanza('receipt', { from: attrs.to, id: attrs.id, t: seconds(network.now()) }));
}

function later(delayMs: number, act: () => void): void {
  if (delayMs === 0) act();
  else setTimeout(act, delayMs).unref();
}
