import type { BinaryNode } from '@whiskeysockets/baileys';
import type { Network } from './network.ts';
import { child, children, firstChild, SERVER, stanza, userOf } from './stanza.ts';

/** What the server answers to the client's questions, by name. A query that is not here gets an empty result. */
const ANSWERS: Readonly<Record<string, (network: Network, query: BinaryNode) => BinaryNode[]>> = {
  'encrypt count': ({ account }) => [stanza('count', { value: String(account.companion?.preKeysLeft ?? 0) })],
  'encrypt upload': ({ account }, query) => {
    account.companion?.upload(query);
    return [];
  },
  'encrypt rotate': ({ account }, query) => {
    account.companion?.rotate(query);
    return [];
  },
  'encrypt digest': () => [stanza('digest')],
  'encrypt key': (network, query) => [
    stanza(
      'list',
      {},
      children(child(query, 'key'), 'user').map(({ attrs }) => keysOf(network, attrs.jid ?? '')),
    ),
  ],
  usync: (network, query) => [usyncAnswer(network, child(query, 'usync'))],
  'abt props': () => [stanza('props', { hash: 'loopback' })],
  'privacy privacy': () => [
    stanza('privacy', {}, [stanza('category', { name: 'readreceipts', value: 'all' })]),
  ],
  'privacy tokens': () => [stanza('tokens')],
  // The settings of the account: none has changed.
  'w:sync:app:state sync': (_, query) => [
    stanza(
      'sync',
      {},
      children(child(query, 'sync'), 'collection').map(({ attrs }) =>
        stanza('collection', { name: attrs.name, version: attrs.version }),
      ),
    ),
  ],
  'w:m media_conn': ({ media }) => media.answerHosts(),
  blocklist: () => [stanza('list')],
  'w:mex': () => [stanza('result', {}, Buffer.from(JSON.stringify({ data: NO_RESTRICTION })))],
};

const NO_RESTRICTION = { xwa2_fetch_account_reachout_timelock: { is_active: false } };

/** The name by which `faults.mutedQueries` and `faults.failingQueries` know a query. */
export function nameOfQuery(query: BinaryNode): string {
  const space = query.attrs.xmlns ?? '';
  const inside = firstChild(query)?.tag ?? '';
  if (space === 'w:p') return 'ping';
  if (space === 'usync' || space === 'blocklist' || space === 'w:mex') return space;
  if (space === 'encrypt' && query.attrs.type === 'set' && inside !== 'rotate') return 'encrypt upload';
  return `${space} ${inside}`.trim();
}

export function answerQuery(network: Network, query: BinaryNode): BinaryNode {
  const name = nameOfQuery(query);
  const code = network.faults.failingQueries.get(name);
  const attributes = { id: query.attrs.id, from: SERVER };
  if (code !== undefined) {
    const error = stanza('error', { code: String(code), text: 'made to fail' });
    return stanza('iq', { ...attributes, type: 'error' }, [error]);
  }
  return stanza('iq', { ...attributes, type: 'result' }, ANSWERS[name]?.(network, query) ?? []);
}

function keysOf(network: Network, address: string): BinaryNode {
  const device = network.deviceAt(address);
  if (device === null)
    return stanza('user', { jid: address }, [stanza('error', { code: '404', text: 'item-not-found' })]);
  return stanza('user', { jid: address }, device.bundle());
}

function usyncAnswer(network: Network, question: BinaryNode | undefined): BinaryNode {
  const asked = children(child(question, 'query'), 'devices').length > 0 ? 'devices' : 'contact';
  const users = children(child(question, 'list'), 'user').map((user) =>
    asked === 'devices'
      ? devicesOf(network, user.attrs.jid ?? '')
      : (contactOf(network, user) ?? lidOf(network, user.attrs.jid ?? '')),
  );
  return stanza('usync', question?.attrs, [stanza('result'), stanza('list', {}, users)]);
}

/** Everybody has one phone; the account also has the client. */
function devicesOf(network: Network, address: string): BinaryNode {
  const devices = network
    .deviceNumbersOf(address)
    .map((device) =>
      stanza('device', { id: String(device), ...(device === 0 ? {} : { 'key-index': String(device) }) }),
    );
  const list = stanza('devices', {}, [stanza('device-list', {}, devices)]);
  const lid = address.endsWith('@lid') ? undefined : network.lidOf(userOf(address));
  return stanza('user', { jid: address }, lid === undefined ? [list] : [list, stanza('lid', { val: lid })]);
}

function lidOf(network: Network, address: string): BinaryNode {
  const lid = network.lidOf(userOf(address));
  return stanza('user', { jid: address }, lid === undefined ? [] : [stanza('lid', { val: lid })]);
}

/** Whether a phone number is on WhatsApp. */
function contactOf(network: Network, user: BinaryNode): BinaryNode | null {
  const asked = child(user, 'contact')?.content;
  if (asked === undefined || Array.isArray(asked)) return null;
  const phone = Buffer.from(asked as Uint8Array)
    .toString()
    .replace(/\D/g, '');
  const there = !network.faults.notOnWhatsapp.has(phone) && network.lidOf(phone) !== undefined;
  return stanza('user', { jid: `${phone}@${SERVER}` }, [stanza('contact', { type: there ? 'in' : 'out' })]);
}
