import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type Channel, SendError } from '../../src/channels/channel.ts';
import { type Assembly, assemble } from '../../src/command/assemble.ts';
import { dayNumber, wallClock } from '../../src/language/dates.ts';
import type { Incoming, Saying } from '../../src/message.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { shippedKnowledge } from '../support/conversation.ts';
import { rememberingLog } from '../support/telegram/connected.ts';
import { chanceOf, DAY_MS, HOUR_MS, Participant } from './participants.ts';

/**
 * A thousand participants wait for their providers through sixty days of virtual time, while Pandu is stopped and started,
 * ended with messages on the wire, off for days, unable to send, and given a clock that is set ahead and back. The engine,
 * the store, the turn loop and the sender are those of the product; only the platform and the clock are not.
 */
const PARTICIPANTS = 1_000;
const DAYS = 60;
const BEGIN = Date.parse('2026-11-23T05:00:00+07:00');
/** What falls due within it is handled in one go. */
const STEP_MS = 10 * 60_000;
const STILL_MISSING = 'penilaian lembaga di Sisnaker belum ada';

let folder: string | null = null;
afterEach(() => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
  folder = null;
});

type Broken = { readonly rule: string; readonly chat: string; readonly at: string; readonly text: string };

class World {
  readonly knowledge = shippedKnowledge();
  readonly participants = new Map<string, Participant>();
  readonly broken: Broken[] = [];
  /** Chats that had a message on the wire when Pandu was ended: better no reminder than two. */
  readonly onTheWire = new Set<string>();
  reminders = 0;
  #road: Assembly | null = null;
  #store: Store | null = null;
  #isHanging = false;
  #isUnreachable = false;
  now = BEGIN;

  constructor(chance: () => number) {
    for (let number = 1; number <= PARTICIPANTS; number += 1) {
      const participant = new Participant(number, BEGIN + chance() * 10 * DAY_MS, chance);
      this.participants.set(participant.chat, participant);
    }
  }

  get store(): Store {
    return this.#store!;
  }

  async start(): Promise<void> {
    this.#isHanging = false;
    this.#store = await openSqliteStore({ path: join(folder!, 'pandu.db') });
    this.#road = assemble({
      store: this.#store,
      clock: { now: () => this.now },
      knowledge: () => this.knowledge,
      log: rememberingLog(),
      drainMs: 200,
      channels: () => [this.#platform()],
    });
  }

  async stop(how: 'planned' | 'on-the-wire'): Promise<void> {
    this.#isHanging = how === 'on-the-wire';
    if (this.#isHanging) await this.settle(false);
    await this.#road!.stop();
    await this.#store!.close();
  }

  unreachable(is: boolean): void {
    this.#isUnreachable = is;
  }

  async receive(incoming: readonly Incoming[]): Promise<void> {
    await this.#road!.intake.receive(incoming);
  }

  /** Everything that can happen at this moment has happened. */
  async settle(waits = true): Promise<void> {
    this.#road!.wake();
    if (waits) await this.#road!.idle();
    else await new Promise((resolve) => setTimeout(resolve, 20));
  }

  #platform(): Channel {
    let sent = 0;
    return {
      name: 'telegram',
      pace: { perSecond: 10_000, perChatPerSecond: 1_000, concurrency: 64 },
      start: () => Promise.resolve(),
      stopListening: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      send: (address, outgoing) => {
        if (this.#isHanging) {
          this.onTheWire.add(address.chat);
          return new Promise(() => {});
        }
        if (this.#isUnreachable) throw new SendError('unreachable', 'The network is down');
        if (outgoing.kind === 'say') this.#arrived(address.chat, outgoing);
        sent += 1;
        return Promise.resolve(String(sent));
      },
    };
  }

  #arrived(chat: string, saying: Saying): void {
    const participant = this.participants.get(chat)!;
    if (saying.priority === 'reminder') this.#judge(participant, saying.text);
    participant.hears(saying, this.now);
  }

  #judge(participant: Participant, text: string): void {
    this.reminders += 1;
    const { chat, zone, quietSince, metSince, remindedOn, remindersSinceWish } = participant;
    const day = dayNumber(this.now, zone);
    const { hour } = wallClock(this.now, zone);
    const break_ = (rule: string): void => {
      this.broken.push({ rule, chat, at: new Date(this.now).toISOString(), text });
    };
    if (remindedOn.has(day)) break_('twice on one day');
    remindedOn.add(day);
    if (hour < 9 || hour >= 20) break_('at night');
    if (quietSince !== null) break_('after STOP or "jangan ingatkan"');
    if (metSince !== null && text.includes(STILL_MISSING)) break_('about a step that is done');
    if (remindersSinceWish >= 4) break_('more than four times');
  }
}

test('F13 F29 F32 F34 P03 a thousand participants, sixty days: no reminder twice, at night, after STOP or about what is done', async () => {
  folder = mkdtempSync(join(tmpdir(), 'pandu-days-'));
  const chance = chanceOf(20_261_125);
  const world = new World(chance);
  await world.start();
  let starts = 1;
  const end = BEGIN + DAYS * DAY_MS;
  /** Time that passed, whatever the clock says. */
  let passed = BEGIN;
  let offset = 0;
  let unreachableUntil = 0;
  let restartAt = BEGIN + DAY_MS;
  while (passed < end) {
    const acts = [...world.participants.values()].flatMap(({ due }) => due[0]?.at ?? []);
    const reminderAt = await world.store.nextReminderAt(world.now);
    const outgoingAt = await world.store.nextOutgoingAt('telegram');
    const inside = [reminderAt, outgoingAt].flatMap((at) => (at === null ? [] : [at - offset]));
    const next = Math.min(...acts, ...inside, end);
    passed = Math.max(passed + STEP_MS, Math.ceil(next / STEP_MS) * STEP_MS);
    if (passed > restartAt) {
      restartAt = passed + chance() * 3 * DAY_MS;
      await world.stop(chance() < 0.5 ? 'planned' : 'on-the-wire');
      // Off for a moment, or for days.
      if (chance() < 0.3) passed += Math.floor(chance() * 240) * STEP_MS;
      if (chance() < 0.3) offset = Math.round((chance() - 0.5) * 3 * HOUR_MS);
      world.now = passed + offset;
      await world.start();
      starts += 1;
    }
    world.now = passed + offset;
    if (chance() < 0.002) unreachableUntil = passed + chance() * 30 * HOUR_MS;
    world.unreachable(passed < unreachableUntil);
    const said: Incoming[] = [];
    for (const participant of world.participants.values()) {
      // One at a time, so that what they press was shown to them.
      if (participant.due.length === 0 || participant.due[0]!.at > passed) continue;
      const { at, act } = participant.due.shift()!;
      const incoming = participant.does(act, world.now);
      if (incoming === null) participant.waitsFor({ at, act });
      else said.push(incoming);
    }
    await world.receive(said);
    await world.settle();
  }
  await world.stop('planned');

  expect(world.broken.slice(0, 10)).toEqual([]);
  expect(starts).toBeGreaterThan(20);
  // Nobody is forgotten either: who never answers is asked four times.
  const silent = [...world.participants.values()].filter(
    ({ habit, chat, wishes }) => habit === 'silent' && wishes > 0 && !world.onTheWire.has(chat),
  );
  expect(silent.length).toBeGreaterThan(50);
  expect(silent.filter(({ remindersSinceWish }) => remindersSinceWish !== 4)).toEqual([]);
  expect(world.reminders).toBeGreaterThan(2 * PARTICIPANTS);
}, 600_000);
