import type { proto } from '@whiskeysockets/baileys';
import type { WebSocket } from 'ws';
import { acceptConnection, type Connection } from './connection.ts';
import { type Ending, endConnection } from './disconnect.ts';
import { type Heard, heard } from './journal.ts';
import { reasonToRefuse, refuseLogin, welcome } from './login.ts';
import type { Network } from './network.ts';
import type { Pairing } from './pairing.ts';
import { takeStanza } from './stream.ts';

/** The connections of the client, of which one at most is logged in. */
export type Clients = {
  readonly heard: Heard[];
  readonly connections: number;
  readonly logins: number;
  readonly online: boolean;
  accept(socket: WebSocket): void;
  /** Ends the latest connection. */
  end(ending: Ending): void;
  freeze(): void;
};

export function createClients(network: Network, pairing: Pairing): Clients {
  const log: Heard[] = [];
  let latest: Connection | null = null;
  let loggedIn: Connection | null = null;
  let connections = 0;
  let logins = 0;

  function introduced(connection: Connection, payload: proto.ClientPayload): void {
    latest = connection;
    const registration = payload.devicePairingData;
    const reason = reasonToRefuse(network, connection, payload);
    if (reason !== null) return refuseLogin(connection, reason);
    if (registration) return pairing.begin(connection, registration);
    // The platform lets a device in once; the older connection goes, as it does when two processes share a login.
    if (loggedIn !== null) endConnection(loggedIn, { conflict: 'replaced' });
    loggedIn = connection;
    logins += 1;
    welcome(network, connection);
    network.changes.changed();
  }

  function closed(connection: Connection): void {
    if (loggedIn === connection) loggedIn = null;
    network.queue.shut(connection);
    pairing.end(connection);
    network.changes.changed();
  }

  return {
    heard: log,
    get connections() {
      return connections;
    },
    get logins() {
      return logins;
    },
    get online() {
      return loggedIn?.open === true && !loggedIn.frozen;
    },
    accept(socket) {
      connections += 1;
      acceptConnection(socket, connections, {
        introduced,
        closed,
        stanza(connection, node) {
          log.push(heard(node, connection, network.now()));
          if (!pairing.take(connection, node)) takeStanza(network, node, connection);
          network.changes.changed();
        },
      });
      network.changes.changed();
    },
    end(ending) {
      if (latest !== null) endConnection(latest, ending);
    },
    freeze() {
      latest?.freeze();
    },
  };
}
