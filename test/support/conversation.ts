import type { Knowledge } from '../../src/conversation/knowledge.ts';
import type { Event, Reminder, RequestRecord, Session, Step } from '../../src/conversation/session.ts';
import { step } from '../../src/conversation/step.ts';
import { loadFlows } from '../../src/flow/load.ts';
import { hideSecrets } from '../../src/language/secrets.ts';
import type { ChannelName, Choice, IncomingKind, Language, Saying } from '../../src/message.ts';

/** The knowledge the product ships. Fails with the issues themselves when flows/ is broken. */
export function shippedKnowledge(): Knowledge {
  const { knowledge, issues } = loadFlows('flows', { operatorName: 'Relawan Uji' });
  if (knowledge === null) throw new Error(issues.map((issue) => JSON.stringify(issue)).join('\n'));
  return knowledge;
}

/** The same where people of ours answer at a desk. */
export function attendedKnowledge(): Knowledge {
  return { ...shippedKnowledge(), hasOperators: true };
}

export const MONDAY_MORNING = Date.parse('2026-11-23T02:00:00Z'); // 09.00 WIB

/**
 * One participant talking to the pure engine. The session passes through JSON and is frozen between events, so state
 * hidden elsewhere, or a step that changes its arguments, fails at once. Whatever is sent counts as delivered.
 */
export class Talk {
  readonly knowledge: Knowledge;
  now: number;
  session: Session | null = null;
  last: Step | null = null;
  replies: Saying[] = [];
  /** Every choice that was ever shown, newest last. */
  readonly shown: Choice[] = [];
  readonly reminders: Reminder[] = [];
  /** What this event made Pandu say at the desk. */
  posts: string[] = [];
  /** How the wish to talk to a person stands, null when nobody ever asked. */
  request: RequestRecord | null = null;
  deliveredMenu: number | null = null;
  #messages = 0;

  /** The language asked for at a terminal (`--lang`), null on the web. */
  readonly language: Language | null;
  channel: ChannelName;

  constructor(knowledge: Knowledge, options: { at?: number; language?: Language } = {}) {
    this.knowledge = knowledge;
    this.language = options.language ?? null;
    this.channel = this.language === null ? 'web' : 'terminal';
    this.now = options.at ?? MONDAY_MORNING;
  }

  says(text: string, more: { moreWaiting?: boolean; kind?: IncomingKind } = {}): this {
    return this.#message(more.kind ?? 'text', text, null, more.moreWaiting ?? false);
  }

  sends(kind: IncomingKind, caption = ''): this {
    return this.#message(kind, caption, null, false);
  }

  /** Presses the newest choice with this label. */
  presses(label: string): this {
    const choice = this.shown.findLast((candidate) => candidate.label === label);
    if (choice === undefined) {
      throw new Error(
        `Cannot press '${label}'; shown: ${this.shown.map((shown) => shown.label).join(' | ')}`,
      );
    }
    return this.pressesId(choice.id);
  }

  pressesId(id: string, more: { moreWaiting?: boolean } = {}): this {
    return this.#message('choice', '', id, more.moreWaiting ?? false);
  }

  /** Gives an answer through the checklist's ids, whatever its label. */
  answers(question: string, answer: string): this {
    const choice = this.shown.findLast(({ id }) => id.startsWith(`a:${question}:${answer}:`));
    if (choice === undefined) throw new Error(`Cannot answer ${question} with ${answer}: not offered`);
    return this.pressesId(choice.id);
  }

  /** A reminder that fell due, whether or not it is still armed. */
  isWoken(reminder: Reminder): this {
    return this.#take({ kind: 'reminder', at: this.now, reminder });
  }

  /** Time passes; reminders that fall due speak, in order. */
  waits(milliseconds: number): this {
    const end = this.now + milliseconds;
    this.replies = [];
    this.posts = [];
    for (;;) {
      const due = this.reminders.toSorted((a, b) => a.dueAt - b.dueAt)[0];
      if (due === undefined || due.dueAt > end) break;
      this.reminders.splice(this.reminders.indexOf(due), 1);
      this.now = due.dueAt;
      const before = [this.replies, this.posts] as const;
      this.#take({ kind: 'reminder', at: this.now, reminder: due });
      this.replies = [...before[0], ...this.replies];
      this.posts = [...before[1], ...this.posts];
    }
    this.now = end;
    return this;
  }

  fails(): this {
    return this.#take({ kind: 'failed', at: this.now });
  }

  get text(): string {
    return this.replies.map(({ text }) => text).join('\n\n');
  }

  get labels(): string[] {
    return this.replies.flatMap(({ choices }) => choices.map(({ label }) => label));
  }

  get asking(): string | null {
    return this.last?.asking ?? null;
  }

  get verdict() {
    return this.last?.position.verdict ?? null;
  }

  get effects(): string[] {
    return this.last?.effects.map(({ kind }) => kind) ?? [];
  }

  #message(kind: IncomingKind, text: string, choice: string | null, moreWaiting: boolean): this {
    this.#messages += 1;
    this.now += 1000;
    return this.#take({
      kind: 'message',
      at: this.now,
      moreWaiting,
      deliveredMenu: this.deliveredMenu,
      message: {
        channel: this.channel,
        chat: 'uji',
        sender: 'uji',
        messageId: `m${this.#messages}`,
        kind,
        choice,
        language: this.language,
        sentAt: this.now,
        ...hideSecrets(text),
      },
    });
  }

  #take(event: Event): this {
    const stepped = step(this.knowledge, this.session, event);
    this.last = stepped;
    this.session = deepFreeze(JSON.parse(JSON.stringify(stepped.session)) as Session);
    this.replies = [];
    this.posts = [];
    for (const effect of stepped.effects) {
      if (effect.kind === 'post') this.posts.push(effect.outgoing.text);
      if (effect.kind === 'request') this.request = effect.request;
      if (effect.kind === 'send' && effect.outgoing.kind === 'say') {
        this.replies.push(effect.outgoing);
        this.shown.push(...effect.outgoing.choices);
        this.deliveredMenu = effect.outgoing.menu ?? this.deliveredMenu;
      } else if (effect.kind === 'remind') {
        const { requirement, armedBy } = effect.reminder;
        const same = this.reminders.findIndex(
          (armed) => armed.requirement === requirement && armed.armedBy === armedBy,
        );
        if (same >= 0) this.reminders.splice(same, 1);
        this.reminders.push(effect.reminder);
      } else if (effect.kind === 'forget-reminders') this.reminders.length = 0;
      else if (effect.kind === 'erase') {
        this.session = null;
        this.deliveredMenu = null;
        this.reminders.length = 0;
      }
    }
    return this;
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
