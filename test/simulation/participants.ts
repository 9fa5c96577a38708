import type { Zone } from '../../src/language/dates.ts';
import type { Incoming, Saying } from '../../src/message.ts';

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What somebody does: words, or the newest choice with one of these labels. */
type Act = { readonly says: string } | { readonly presses: readonly string[] };

/** How they take a reminder. `silent`: they never answer one. */
const HABITS = ['silent', 'patient', 'done', 'stop', 'never', 'another-day', 'chatty'] as const;
export type Habit = (typeof HABITS)[number];

const WALK: readonly Act[] = [
  { says: '/start' },
  { presses: ['Belum ada apa-apa'] },
  { presses: ['Sudah selesai'] },
  { presses: ['Menunya tidak ada'] },
];
const WISHES: readonly Act[] = [
  { presses: ['Ingatkan saya'] },
  { says: 'ingatkan saya hari jumat' },
  { says: 'tolong ingetin saya minggu depan' },
  { says: 'ingatkan saya 3 hari lagi ya' },
];
/** Where they are, as they would mention it. */
const PLACES: Readonly<Record<Zone, Act | null>> = {
  WIB: null,
  WITA: { says: 'saya di Makassar' },
  WIT: { says: 'saya tinggal di Jayapura' },
};
const ANSWERS: Readonly<Record<Habit, readonly Act[]>> = {
  silent: [],
  patient: [{ says: 'belum kak' }],
  done: [{ presses: ['Sudah'] }, { presses: ['Sudah, di Sisnaker'] }],
  stop: [{ says: 'STOP' }],
  never: [{ presses: ['Jangan ingatkan lagi'] }],
  'another-day': [{ says: 'belum' }, { presses: ['Hari lain'] }, { says: 'rabu' }],
  chatty: [{ says: 'makasih ya' }, { says: 'sertifikatnya kapan muncul ya?' }],
};

export type Due = { readonly at: number; readonly act: Act };

/** One participant: what they will do when, and what must therefore hold for them. */
export class Participant {
  readonly chat: string;
  readonly habit: Habit;
  readonly zone: Zone;
  readonly #chance: () => number;
  readonly due: Due[] = [];
  readonly #choices = new Map<string, string>();
  #messages = 0;
  /** Since then they want to hear nothing unasked. */
  quietSince: number | null = null;
  metSince: number | null = null;
  /** Reminders since they last wished for one, or said when. */
  remindersSinceWish = 0;
  wishes = 0;
  /** Local days on which something came unasked. */
  readonly remindedOn = new Set<number>();

  constructor(number: number, beginAt: number, chance: () => number) {
    this.chat = String(number);
    this.#chance = chance;
    this.habit = HABITS[number % HABITS.length]!;
    this.zone = (['WIB', 'WITA', 'WIT'] as const)[Math.floor(chance() * 3)]!;
    const place = PLACES[this.zone];
    const acts = [...WALK, ...(place === null ? [] : [place]), WISHES[Math.floor(chance() * WISHES.length)]!];
    this.#plan(beginAt, acts);
  }

  /** What they do next, one after the other, with some minutes in between. */
  #plan(at: number, acts: readonly Act[]): void {
    let next = Math.round(at);
    for (const act of acts) {
      this.due.push({ at: next, act });
      next += (1 + Math.floor(this.#chance() * 20)) * MINUTE_MS;
    }
    this.due.sort((one, other) => one.at - other.at);
  }

  /** Something of Pandu's arrived. */
  hears({ text, choices, priority }: Saying, at: number): void {
    for (const { id, label } of choices) this.#choices.set(label, id);
    if (priority !== 'reminder') return;
    this.remindersSinceWish += 1;
    const isIgnored = this.habit !== 'silent' && this.#chance() < 0.3;
    if (isIgnored || text === '') return;
    this.#plan(at + this.#chance() * 30 * HOUR_MS, ANSWERS[this.habit]);
    // Some think better of it.
    if (this.habit === 'stop' && this.#chance() < 0.5)
      this.#plan(at + (3 + this.#chance() * 5) * DAY_MS, [{ says: 'MULAI' }, WISHES[0]!]);
  }

  /** What they send for it; null when what they would press was never shown to them. */
  does(act: Act, at: number): Incoming | null {
    const pressed = 'presses' in act ? act.presses.map((label) => this.#choices.get(label)) : [];
    const choice = pressed.find((id) => id !== undefined) ?? null;
    if ('presses' in act && choice === null) return null;
    const text = 'says' in act ? act.says : '';
    this.#expect('says' in act ? act.says : act.presses[0]!, at);
    this.#messages += 1;
    return {
      channel: 'telegram',
      chat: this.chat,
      sender: this.chat,
      messageId: String(this.#messages),
      kind: choice === null ? 'text' : 'choice',
      text,
      choice,
      language: null,
      sentAt: at,
    };
  }

  /** What they would press has not come yet: that, and all they meant to do after it, an hour later. */
  waitsFor(act: Due): void {
    const later = [act, ...this.due].map((due) => ({ ...due, at: due.at + HOUR_MS }));
    this.due.splice(0, Infinity, ...later);
  }

  #expect(what: string, at: number): void {
    if (what === 'STOP' || what === 'Jangan ingatkan lagi') this.quietSince = at;
    if (what === 'Sudah, di Sisnaker') this.metSince = at;
    const isWish = /ingatkan saya|ingetin saya|rabu/i.test(what);
    if (isWish || what === 'MULAI') this.quietSince = null;
    if (!isWish) return;
    this.remindersSinceWish = 0;
    this.wishes += 1;
  }
}
