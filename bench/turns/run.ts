import { openSqliteStore } from '../../src/store/sqlite.ts';
import { coldStart } from './cold.ts';
import { bytesOf, median, percentile, print, stalls, withFile } from './measure.ts';
import { type Drive, type DriveOptions, drive } from './product.ts';
import { type RawOptions, writeRaw } from './raw.ts';
import {
  type Deciding,
  incoming,
  loadKnowledge,
  NOON,
  playedBack,
  type Recorded,
  realEngine,
  type Script,
  scripts,
} from './script.ts';

/** Different talks; everybody has one of them. */
const TALKS = 24;
const LONGEST_TALK = 24;

/** Rounds are short and alternate, so that what else the machine does falls on all alike; ratios are within a round. */
export async function run([roundsWord = '5', secondsWord = '0.7']: readonly string[]): Promise<void> {
  const rounds = Number(roundsWord);
  const seconds = Number(secondsWord);
  const knowledge = loadKnowledge();
  const engine = realEngine(knowledge);
  const pressed = scripts(knowledge, 'choice', TALKS, LONGEST_TALK);
  const typed = scripts(knowledge, 'text', TALKS, LONGEST_TALK);
  const all: readonly Contender[] = [
    { name: 'answers by choice', engine, talks: pressed },
    { name: 'answers typed', engine, talks: typed },
    { name: 'answers by choice, decisions played back', engine: playedBack(pressed), talks: pressed },
  ];
  process.stdout.write(
    `Node.js ${process.version}, SQLite ${process.versions.sqlite ?? '?'}, ${rounds} rounds of ${seconds} s after ${WARM_UP_SECONDS} s of warm-up; medians\n`,
  );
  process.stdout.write('\nA turn: message in, decided; session, reply and reminder on the disk\n');
  for (const busy of [64, 512, 1]) await throughput({ busy, delivers: false, rounds, seconds }, pressed, all);
  process.stdout.write('A turn and its delivery: replies taken from the outbox and marked as sent, too\n');
  await throughput({ busy: 64, delivers: true, rounds, seconds }, pressed, all);
  await calm(engine, pressed, seconds * 5);
  await size(engine, pressed);
  await coldStart(rounds);
}

type Contender = { readonly name: string; readonly engine: Deciding; readonly talks: readonly Script[] };
type Setting = {
  readonly busy: number;
  readonly delivers: boolean;
  readonly rounds: number;
  readonly seconds: number;
};
type Taken = { readonly drive: Drive; readonly p99: number; readonly max: number };

/**
 * Turns in one commit of the raw loop: at most as many as the product claims at once. Where more are busy, a commit of the
 * product holds what so many wrote and the answers of as many others; for comparison the raw loop does twice as many too.
 */
const RAW_BATCH = 64;
/**
 * A file's thread is new with it, and so is its code, which takes seconds to become quick; a program that serves people has
 * been running for days. Raw loop and product alike run so long before they are measured.
 */
const WARM_UP_SECONDS = 2;

async function throughput(
  { busy, delivers, rounds, seconds }: Setting,
  scripts: readonly Recorded[],
  contenders: readonly Contender[],
): Promise<void> {
  const batch = Math.min(busy, RAW_BATCH);
  const raw: number[] = [];
  const larger: number[] = [];
  const taken = contenders.map((): Taken[] => []);
  // The first round only warms up.
  for (let round = -1; round < rounds; round += 1) {
    const rate = await rawRate({ scripts, batch, seconds, delivers });
    if (round >= 0) raw.push(rate);
    if (busy > batch) {
      const rateOfLarger = await rawRate({ scripts, batch: 2 * batch, seconds, delivers });
      if (round >= 0) larger.push(rateOfLarger);
    }
    for (const [index, { engine, talks }] of contenders.entries()) {
      const one = await driveFile({ engine, scripts: talks, busy, seconds, delivers });
      if (round >= 0) taken[index]!.push(one);
    }
  }
  print([`${busy} at once`, 'turns/s', 'of raw', 'p50 ms', 'p99 ms', 'max ms', 'loop p99', 'loop max']);
  print([`  raw loop, same rows, ${batch} a commit`, median(raw), 1]);
  if (larger.length > 0) {
    const ofRaw = larger.map((rate, round) => rate / raw[round]!);
    print([`  raw loop, same rows, ${2 * batch} a commit`, median(larger), median(ofRaw)]);
  }
  for (const [index, { name }] of contenders.entries()) {
    const rows = taken[index]!;
    const rates = rows.map((row) => row.drive.turns / row.drive.seconds);
    const latencies = rows.flatMap((row) => row.drive.latencies);
    const ofRaw = rates.map((rate, round) => rate / raw[round]!);
    print([`  ${name}`, median(rates), median(ofRaw), ...spread(latencies), ...late(rows)]);
  }
  process.stdout.write('\n');
}

function rawRate(options: Omit<RawOptions, 'warmUp'>): Promise<number> {
  return withFile(async (path) => writeRaw(path, { ...options, warmUp: WARM_UP_SECONDS }));
}

function spread(latencies: readonly number[]): number[] {
  return [50, 99, 100].map((percent) => percentile(latencies, percent));
}

function late(rows: readonly Taken[]): number[] {
  return [median(rows.map((row) => row.p99)), median(rows.map((row) => row.max))];
}

function driveFile(options: Omit<DriveOptions, 'store' | 'prefix'>): Promise<Taken> {
  return withFile(async (path) => {
    const store = await openSqliteStore({ path });
    if (options.pauseMs === undefined)
      await drive({ ...options, store, prefix: 'warm', seconds: WARM_UP_SECONDS });
    const { result, p99, max } = await stalls(() => drive({ ...options, store, prefix: 'c' }));
    await store.close();
    return { drive: result, p99, max };
  });
}

/** Nobody writes the moment they are answered: the same conversations, each pausing two seconds on average. */
async function calm(engine: Deciding, talks: readonly Script[], seconds: number): Promise<void> {
  print([
    'pausing 2 s between messages',
    'turns/s',
    '',
    'p50 ms',
    'p99 ms',
    'max ms',
    'loop p99',
    'loop max',
  ]);
  for (const busy of [64, 512]) {
    const one = await driveFile({ engine, scripts: talks, busy, seconds, pauseMs: 2_000, delivers: true });
    const { turns, latencies } = one.drive;
    print([`  ${busy} conversations`, turns / one.drive.seconds, '', ...spread(latencies), ...late([one])]);
  }
  process.stdout.write('\n');
}

/** What a stored conversation takes, and how long an erasure takes in such a file. */
async function size(engine: Deciding, talks: readonly Script[]): Promise<void> {
  await withFile(async (path) => {
    const people = 2_000;
    const store = await openSqliteStore({ path });
    const { turns } = await drive({
      store,
      engine,
      scripts: talks,
      busy: 256,
      people,
      delivers: true,
      prefix: 'c',
    });
    const begun = performance.now();
    await eraseOne(store);
    const erasing = performance.now() - begun;
    await store.close();
    const bytes = bytesOf(path);
    print(['stored', 'bytes', 'a turn', 'file MB', 'erase ms']);
    print([
      `  a conversation of ${(turns / people).toFixed(1)} turns`,
      bytes / people,
      bytes / turns,
      bytes / 1e6,
      erasing,
    ]);
    process.stdout.write('\n');
  });
}

async function eraseOne(store: Awaited<ReturnType<typeof openSqliteStore>>): Promise<void> {
  await store.receive([incoming('c1', 0, 9_999, { kind: 'text', text: 'hapus', choice: null })], NOON);
  const [turn] = await store.claimTurns(NOON, 1);
  await store.finishTurn(turn!, {
    session: turn!.session!,
    projection: { verdict: null, requirement: null, owner: null, asking: null, since: null, flowHash: '' },
    outgoing: [],
    request: null,
    posts: [],
    remind: [],
    forgetReminders: true,
    forgetWordsSince: null,
    withdrawUnsent: true,
    erase: true,
  });
}
