import type { Reminder, RequestRecord } from '../conversation/session.ts';
import type {
  ChannelName,
  HiddenIncoming,
  IncomingKind,
  Language,
  Outgoing,
  SecretKind,
} from '../message.ts';
import type { AccountChange, KeptOutgoing, OutboxRow, Request, Turn, TurnResult } from './store.ts';

/**
 * What is handed to the thread that owns the file and back, many times a second: plain values in the order in which
 * the statements take and give them. As objects they would take twice as long to cross from one thread to the other.
 */

type Text = string | null;

/** One received message. The first four values are what makes it this message and no other. */
export type MessageValues = readonly [
  channel: ChannelName,
  chat: string,
  sender: string,
  messageId: string,
  kind: IncomingKind,
  text: string,
  choice: Text,
  language: Language | null,
  sentAt: number,
  hidden: Text,
  /** Other names of the chat, null when there are none. */
  aliases: readonly string[] | null,
];

/** What changes in an account, and what comes with it. */
export type ChangeValues = readonly [
  put: readonly (readonly [kind: string, id: string, value: Uint8Array | null])[],
  incoming: readonly MessageValues[],
  same: readonly (readonly [chat: string, alias: string])[],
];

type ClaimedConversation = [
  id: number,
  conversation: number,
  channel: ChannelName,
  chat: string,
  version: number,
  session: Text,
  failures: number,
];

export type MessageRow = [
  ...ClaimedConversation,
  receivedAt: number,
  deliveredMenu: number | null,
  sender: string,
  messageId: string,
  kind: IncomingKind,
  text: string,
  choice: Text,
  language: Language | null,
  sentAt: number,
  hidden: Text,
];

export type ReminderRow = [...ClaimedConversation, requirement: string, dueAt: number, armedBy: number];

export type ClaimedRows = {
  readonly messages: readonly MessageRow[];
  /** Whether more of the same conversation waits, by place in `messages`. */
  readonly more: readonly boolean[];
  readonly reminders: readonly ReminderRow[];
};

/** Which turn is meant; `at`, the time of its event, is from when its messages may be sent. */
export type TurnKey = readonly [
  id: number,
  source: Turn['source'],
  conversation: number,
  version: number,
  channel: ChannelName,
  at: number,
];

export type ResultValues = readonly [
  session: SessionValues,
  outgoing: readonly OutgoingValues[],
  remind: readonly ReminderValues[],
  forgetReminders: boolean,
  forgetWordsSince: number | null,
  withdrawUnsent: boolean,
  erase: boolean,
  request: RequestValues | null,
  posts: readonly OutgoingValues[],
];

export type ReminderValues = readonly [
  requirement: string,
  dueAt: number,
  armedBy: number,
  onceSaid: boolean,
];

/** `summary` as JSON text, null when it is as it was. */
export type RequestValues = readonly [
  state: string,
  openedAt: number,
  takenAt: number | null,
  operatorAt: number | null,
  escalatedAt: number | null,
  summary: Text,
];

export type RequestRow = [conversation: number, channel: ChannelName, chat: string, ...RequestValues];

/** The session as JSON text, and the projection. */
export type SessionValues = readonly [
  session: string,
  verdict: Text,
  requirement: Text,
  owner: Text,
  asking: Text,
  since: number | null,
  flowHash: string,
  provider: Text,
];

/** `body` is the message as JSON text; priority 0 is a reply, 1 a reminder; what is passing is removed once settled. */
export type OutgoingValues = readonly [
  priority: 0 | 1,
  menu: number | null,
  body: string,
  isPassing: boolean,
  fromAt: number | null,
  untilAt: number | null,
];

export type OutgoingRow = readonly [
  id: number,
  chat: string,
  body: string,
  attempts: number,
  unknownSince: number | null,
];

export type KeptRow = readonly [chat: string, body: string];

export function messageValues(message: HiddenIncoming): MessageValues {
  return [
    message.channel,
    message.chat,
    message.sender,
    message.messageId,
    message.kind,
    message.text,
    message.choice,
    message.language,
    message.sentAt,
    message.hidden.length === 0 ? null : message.hidden.join(','),
    message.aliases === undefined || message.aliases.length === 0 ? null : message.aliases,
  ];
}

export function changeValues({ put, incoming, same }: AccountChange): ChangeValues {
  return [
    // Copies: a Buffer may be a small part of something large, all of which would cross to the other thread.
    put.map(({ kind, id, value }) => [kind, id, value && new Uint8Array(value)] as const),
    incoming.map(messageValues),
    same,
  ];
}

export function messageTurn(row: MessageRow, moreWaiting: boolean): Turn {
  const [, , channel, chat, , , , receivedAt, deliveredMenu, sender, messageId, kind, text, ...rest] = row;
  const [choice, language, sentAt, hidden] = rest;
  return {
    ...conversationOf(row),
    source: 'inbox',
    event: {
      kind: 'message',
      at: receivedAt,
      moreWaiting,
      deliveredMenu,
      message: {
        channel,
        chat,
        sender,
        messageId,
        kind,
        text,
        choice,
        language,
        sentAt,
        hidden: hidden === null ? [] : (hidden.split(',') as SecretKind[]),
      },
    },
  };
}

export function reminderTurn(row: ReminderRow, now: number): Turn {
  const [, , , , , , , requirement, dueAt, armedBy] = row;
  return {
    ...conversationOf(row),
    source: 'reminder',
    event: { kind: 'reminder', at: now, reminder: { requirement, dueAt, armedBy } },
  };
}

function conversationOf(row: MessageRow | ReminderRow): Omit<Turn, 'source' | 'event'> {
  const [id, conversation, channel, chat, sessionVersion, session, failures] = row;
  return {
    id,
    conversation,
    address: { channel, chat },
    sessionVersion,
    session: session === null ? null : (JSON.parse(session) as Turn['session']),
    failures,
  };
}

export function turnKey({ id, source, conversation, sessionVersion, address, event }: Turn): TurnKey {
  return [id, source, conversation, sessionVersion, address.channel, event.at];
}

export function resultValues(result: TurnResult): ResultValues {
  const { verdict, requirement, owner, asking, since, flowHash, provider } = result.projection;
  return [
    [JSON.stringify(result.session), verdict, requirement, owner, asking, since, flowHash, provider ?? null],
    result.outgoing.map(outgoingValues),
    result.remind.map(reminderValues),
    result.forgetReminders,
    result.forgetWordsSince,
    result.withdrawUnsent,
    result.erase,
    result.request && requestValues(result.request),
    result.posts.map(outgoingValues),
  ];
}

function reminderValues({ requirement, dueAt, armedBy, onceSaid }: Reminder): ReminderValues {
  return [requirement, dueAt, armedBy, onceSaid === true];
}

function requestValues(request: RequestRecord): RequestValues {
  const { state, openedAt, takenAt, operatorAt, escalatedAt, summary } = request;
  return [state, openedAt, takenAt, operatorAt, escalatedAt, summary && JSON.stringify(summary)];
}

export function openRequest(row: RequestRow): Request {
  const [conversation, channel, chat, state, openedAt, takenAt, operatorAt, escalatedAt, summary] = row;
  return {
    conversation,
    address: { channel, chat },
    state: state as Request['state'],
    openedAt,
    takenAt,
    operatorAt,
    escalatedAt,
    summary: JSON.parse(summary!) as Request['summary'],
  };
}

function outgoingValues(outgoing: Outgoing): OutgoingValues {
  const body = JSON.stringify(outgoing);
  if (outgoing.kind !== 'say') return [0, null, body, false, null, null];
  const { priority, menu, passing, within } = outgoing;
  const isReminder = priority === 'reminder';
  return [isReminder ? 1 : 0, menu, body, passing === true, within?.from ?? null, within?.until ?? null];
}

export function keptOutgoing(channel: ChannelName, [chat, body]: KeptRow): KeptOutgoing {
  return { address: { channel, chat }, outgoing: JSON.parse(body) as Outgoing };
}

export function outboxRow(channel: ChannelName, row: OutgoingRow): OutboxRow {
  const [id, chat, body, attempts, unknownSince] = row;
  return { id, address: { channel, chat }, outgoing: JSON.parse(body) as Outgoing, attempts, unknownSince };
}
