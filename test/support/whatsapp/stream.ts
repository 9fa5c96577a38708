import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Connection } from './connection.ts';
import type { Network } from './network.ts';
import { takeMessage } from './outgoing.ts';
import { answerQuery, nameOfQuery } from './queries.ts';
import { child, firstChild, SERVER, stanza } from './stanza.ts';

/** What the server does with a stanza of a client that is logged in. */
export function takeStanza(network: Network, node: BinaryNode, connection: Connection): void {
  switch (node.tag) {
    case 'iq':
      return takeQuery(network, node, connection);
    case 'ib':
      if (child(node, 'offline_batch') !== undefined) network.queue.open(connection);
      return;
    case 'message':
      return takeMessage(network, node, connection);
    case 'receipt':
      return takeReceipt(network, node, connection);
    case 'ack':
      network.queue.confirm(node.attrs.error === undefined ? 'ack' : 'refusal', node.attrs.class ?? '', node);
      return;
    case 'chatstate':
      return takeActivity(network, node);
  }
}

function takeQuery(network: Network, node: BinaryNode, connection: Connection): void {
  if (node.attrs.type === 'result') return;
  const { faults } = network;
  const name = nameOfQuery(node);
  if (faults.mutedQueries.has(name) || faults.mutedQueries.has('*')) return;
  const answer = (): void => {
    connection.send(answerQuery(network, node));
    // The client is passive until it says that it is ready; then it hears what came while it was away.
    if (name !== 'passive active') return;
    const count = String(network.queue.waiting.length);
    const preview = stanza('offline_preview', { count, message: count, receipt: '0', notification: '0' });
    connection.send(stanza('ib', { from: SERVER }, [preview]));
  };
  if (faults.queryDelayMs === 0) answer();
  else setTimeout(answer, faults.queryDelayMs).unref();
}

function takeReceipt(network: Network, node: BinaryNode, connection: Connection): void {
  connection.send(
    stanza('ack', { class: 'receipt', id: node.attrs.id, from: node.attrs.to, type: node.attrs.type }),
  );
  if (node.attrs.type === 'retry') {
    void network.personAt(node.attrs.participant ?? node.attrs.to)?.sender.answerRetry(node);
    return;
  }
  if (node.attrs.type !== 'read' && node.attrs.type !== 'read-self') {
    network.queue.confirm('receipt', 'message', node);
  }
}

function takeActivity(network: Network, node: BinaryNode): void {
  const person = network.personAt(node.attrs.to);
  const activity = firstChild(node)?.tag;
  if (person !== undefined && activity !== undefined) person.activity = activity;
}
