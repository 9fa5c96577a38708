import type { proto } from '@whiskeysockets/baileys';
import type { Connection } from './connection.ts';
import { takeLoginFailure } from './faults.ts';
import type { Network } from './network.ts';
import { seconds, stanza } from './stanza.ts';

const NOT_LINKED = 401;

/** The reason to refuse a login, or null. The device must be linked, and hold the key with which it was. */
export function reasonToRefuse(
  network: Network,
  connection: Connection,
  payload: proto.ClientPayload,
): number | null {
  const failure = takeLoginFailure(network.faults);
  if (failure !== null || payload.devicePairingData) return failure;
  const { account } = network;
  const { companion } = account;
  const known =
    companion !== null &&
    String(payload.username) === account.phone &&
    payload.device === companion.device &&
    connection.noiseKey.equals(companion.noiseKey);
  return known ? null : NOT_LINKED;
}

export function refuseLogin(connection: Connection, reason: number): void {
  connection.send(stanza('failure', { reason: String(reason), location: 'loopback' }));
  connection.close('close');
}

export function welcome(network: Network, connection: Connection): void {
  const lid = network.account.companion?.lid;
  connection.send(stanza('success', { t: seconds(network.now()), lid, location: 'loopback' }));
}
