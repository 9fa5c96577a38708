/** Run as a process of its own by child.ts, to be killed. Says on stdout what the store has acknowledged. */
import { writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore, storeOver } from '../../src/store/sqlite.ts';
import { DataFile } from '../../src/store/sqlite-file.ts';
import { runHere } from '../../src/store/sqlite-thread.ts';
import type { Store } from '../../src/store/store.ts';
import { startTurnLoop } from '../../src/turn/loop.ts';
import { smallTalk } from '../turn/small-talk.ts';
import { message, NOON, NOWHERE, sari, say, sendAll, talk } from './samples.ts';

const [part, path] = process.argv.slice(2) as [string, string];

/** Who listens may be slower than this process; what was acknowledged is told all the same. */
function tell(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

process.stdin.resume();
process.stdin.on('end', () => process.exit());

try {
  if (part === 'hold') await hold();
  else if (part === 'fill') await fill();
  else if (part === 'talk') await talkWithMany();
  else if (part === 'parts') await dieBetweenParts();
  else if (part === 'erase') await eraseAndDie();
  else if (part === 'account') await ratchet();
} catch (error) {
  tell(error instanceof Error ? `${error.name} ${error.message}` : String(error));
}

async function hold(): Promise<void> {
  await openSqliteStore({ path });
  tell('open');
}

/** Receives until the disk takes no more. */
async function fill(): Promise<void> {
  const store = await openSqliteStore({ path });
  for (let number = 1; ; number += 1) {
    try {
      await store.receive([message(sari, 'x'.repeat(6_000))], NOON);
    } catch (error) {
      tell(`refused ${(error as Error).name} ${(error as Error).message}`);
      break;
    }
    tell(String(number));
  }
  tell(`reads ${(await store.depths()).inboxWaiting}`);
}

/** Twelve chats at once, each waiting for nothing; every acknowledged step is told at once. */
async function talkWithMany(): Promise<void> {
  const store = await openSqliteStore({ path });
  const telling: Store = {
    ...store,
    finishTurn: async (turn, result) => {
      await store.finishTurn(turn, result);
      tell(`finished ${turn.id}`);
    },
  };
  const loop = startTurnLoop({
    store: telling,
    clock: { now: () => NOON },
    decide: smallTalk,
    project: () => NOWHERE,
    log: { warn: () => tell('warned'), error: () => tell('warned') },
    onFinished: () => void send(store),
  });
  tell('open');
  const first = Number(process.pid) * 100_000;
  await Promise.all(Array.from({ length: 12 }, (_, chat) => write(store, loop, `chat ${chat}`, first)));
}

async function write(store: Store, loop: { wake(): void }, chat: string, first: number): Promise<void> {
  for (let number = first; ; number += 1) {
    await store.receive(
      [message({ channel: 'telegram', chat }, String(number), { messageId: `m${number}` })],
      NOON,
    );
    tell(`received ${chat}/${number}`);
    loop.wake();
  }
}

async function send(store: Store): Promise<void> {
  for (const row of await store.claimOutgoing('telegram', NOON, 50)) {
    await store.markSent(row.id, `p${row.id}`, NOON);
    tell(`sent ${row.id}`);
  }
}

/** A key that moves on with every message, as WhatsApp's do; several changes at once, each with all that belongs to it. */
async function ratchet(): Promise<void> {
  const store = await openSqliteStore({ path });
  tell('open');
  const first = Number(process.pid) * 100_000;
  await Promise.all(
    Array.from({ length: 4 }, async (_, lane) => {
      const chat = `chat ${lane}`;
      for (let step = first; ; step += 1) {
        const put = [{ kind: 'session', id: chat, value: Buffer.from(String(step)) }];
        const incoming = [message({ channel: 'whatsapp', chat }, String(step), { messageId: `m${step}` })];
        const same = [[chat, `${chat} of ${Math.floor(step / 100_000)}`]] as const;
        await store.changeAccount('whatsapp', { put, incoming, same }, NOON);
        tell(`kept ${lane} ${step}`);
      }
    }),
  );
}

/** Dies when parts of a batch are carried out already and the rest of it is not called yet. */
async function dieBetweenParts(): Promise<void> {
  const store = await openSqliteStore({ path });
  const chats = Array.from(
    { length: 40 },
    (_, chat) => ({ channel: 'telegram', chat: `chat ${chat}` }) as const,
  );
  await Promise.all(chats.map((address) => store.receive([message(address, 'kept')], NOON)));
  tell('kept 40');
  for (const address of chats) void store.receive([message(address, 'begun')], NOON);
  // The thread that owns the file goes on meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  process.kill(process.pid, 'SIGKILL');
}

/** Erases a conversation and dies between the commit and the emptying of the log. */
async function eraseAndDie(): Promise<void> {
  const store = storeOver(runHere(new DataFile(path)));
  const canary = { channel: 'telegram', chat: 'CANARY-chat' } as const;
  await talk(store, message(canary, 'CANARY-text'), { outgoing: [say('CANARY-reply')] });
  await sendAll(store);
  DatabaseSync.prototype.exec = () => process.kill(process.pid, 'SIGKILL') as never;
  await talk(store, message(canary, 'hapus'), { erase: true });
}
