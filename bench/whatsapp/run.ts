import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Participant } from '../../test/support/whatsapp/participant.ts';
import { startWhatsappServer, type WhatsappServer } from '../../test/support/whatsapp/server.ts';
import { median, percentile, print } from '../turns/measure.ts';
import { bareLibrary, pandu, type StartClient } from './clients.ts';

/** Answered with one message, by both. */
const MESSAGE = 'bantuan';
const ROUND_TRIPS = 100;
const PARTICIPANTS = 20;
const EACH = 10;
const SOAK = 1_000;

type Figures = {
  readonly pairingMs: number;
  readonly roundTripMs: number;
  readonly roundTripP99Ms: number;
  readonly perSecond: number;
  readonly heapMb: number;
};

/**
 * WhatsApp over the loopback server: the stock library that answers each message with the same words and keeps nothing,
 * and Pandu, which keeps everything before it says that it has it. Both have the server and its participants in their own
 * process, so the times are those of both sides together. Rounds alternate.
 */
export async function run([roundsWord = '3']: readonly string[]): Promise<void> {
  const rounds = Number(roundsWord);
  const bare: Figures[] = [];
  const product: Figures[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await measure(bareLibrary));
    product.push(await measure(pandu));
  }
  process.stdout.write(`Node.js ${process.version}, ${rounds} alternating rounds; medians\n\n`);
  print(['', 'library', 'Pandu', 'ratio']);
  row('from nothing to linked and connected, ms', bare, product, (one) => one.pairingMs);
  row('a message and its answer, one at a time, ms', bare, product, (one) => one.roundTripMs);
  row('the slowest of a hundred of them, ms', bare, product, (one) => one.roundTripP99Ms);
  row(
    `messages answered a second, ${PARTICIPANTS} participants at once`,
    bare,
    product,
    (one) => one.perSecond,
  );
  row('more heap after a thousand messages, MB', bare, product, (one) => one.heapMb);
  // The library leaves a timer of half a minute behind for each linking.
  process.exit(0);
}

function row(
  name: string,
  bare: readonly Figures[],
  product: readonly Figures[],
  figure: (one: Figures) => number,
): void {
  const [one, other] = [median(bare.map(figure)), median(product.map(figure))];
  print([name, one, other, other / one]);
}

async function measure(start: StartClient): Promise<Figures> {
  const server = await startWhatsappServer();
  server.trust();
  const client = await start(server);
  try {
    const single = server.participant();
    await met(single);
    const times: number[] = [];
    for (let trip = 0; trip < ROUND_TRIPS; trip += 1) times.push(await answered(single));
    const perSecond = await many(server);
    const before = heapMb();
    for (let trip = 0; trip < SOAK; trip += 1) await answered(single);
    return {
      pairingMs: client.pairingMs,
      roundTripMs: median(times),
      roundTripP99Ms: percentile(times, 99),
      perSecond,
      heapMb: heapMb() - before,
    };
  } finally {
    await client.stop();
    await server.close();
  }
}

async function many(server: WhatsappServer): Promise<number> {
  const crowd = Array.from({ length: PARTICIPANTS }, () => server.participant());
  await Promise.all(crowd.map(met));
  const begun = performance.now();
  await Promise.all(
    crowd.map(async (one) => {
      for (let message = 0; message < EACH; message += 1) await answered(one);
    }),
  );
  return (PARTICIPANTS * EACH * 1_000) / (performance.now() - begun);
}

/** The first contact, which Pandu answers with its notice and a question; sessions are made. */
async function met(participant: Participant): Promise<void> {
  await participant.send('halo');
  await participant.waitFor(1);
  await new Promise((resolve) => setTimeout(resolve, 300));
}

/** How long until one message is answered, in milliseconds. */
async function answered(participant: Participant): Promise<number> {
  const before = participant.inbox.length;
  const begun = performance.now();
  await participant.send(MESSAGE);
  await participant.waitFor(before + 1);
  return performance.now() - begun;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
}
