import { setTimeout as sleep } from 'node:timers/promises';
import type { proto, WASocket } from '@whiskeysockets/baileys';
import type { Address, Language, Outgoing, Saying } from '../../message.ts';
import { SendError } from '../channel.ts';
import { contentOf, type MenuWords } from './content.ts';
import type { MessageIds } from './message-ids.ts';
import type { Pictured } from './pictured.ts';
import type { WhatsappTiming } from './timing.ts';

/** An open connection, and what sending on it needs. */
export type Line = {
  readonly socket: Pick<WASocket, 'relayMessage' | 'sendPresenceUpdate' | 'query'>;
  readonly messageIds: MessageIds;
  /** How often encrypting for a participant's phone failed: the library then sends to others only, and says nothing. */
  readonly failedEncryptions: () => number;
};

export type Outbound = {
  send(address: Address, outgoing: Outgoing, id: number): Promise<string | null>;
  /** The server answered a message: taken, or refused with a code. */
  answered(messageId: string, refusal: string | undefined): void;
  /** There is a connection: what waited for one goes on. */
  connected(): void;
  /** Nobody answers any more: whatever was on the wire is of unknown fate. */
  cutOff(): void;
  /** Messages leave at once from now on, and wait for no connection. */
  hurry(): void;
};

export type OutboundOptions = {
  /** Null while there is no connection. */
  readonly line: () => Line | null;
  readonly menuWords: (language: Language) => MenuWords;
  readonly pictured: Pictured;
  readonly timing: WhatsappTiming;
};

/** After the wait for a connection. */
const NEXT_LOOK_MS = 1_000;

/**
 * Sends, and believes that a message was sent only when the server says so: the library's own promise tells no more than
 * that the bytes left (decision 21).
 */
export function createOutbound({ line, menuWords, pictured, timing }: OutboundOptions): Outbound {
  const waiting = new Map<string, PromiseWithResolvers<void>>();
  const haste = new AbortController();
  let connecting = Promise.withResolvers<void>();

  async function send(address: Address, outgoing: Outgoing, id: number): Promise<string | null> {
    // What somebody else wrote cannot be deleted here; the warning asks the participant to do it.
    if (outgoing.kind === 'delete') return null;
    const words = contentOf(outgoing, menuWords);
    const text = words.extendedTextMessage!.text!;
    const [shown] = await Promise.all([show(outgoing, text), write(address.chat, text.length)]);
    const content = shown ?? words;
    const open = await openLine();
    const messageId = open.messageIds.idOf(id);
    const answer = Promise.withResolvers<void>();
    waiting.set(messageId, answer);
    try {
      await within(
        timing.ackMs,
        Promise.all([relay(open, address.chat, content, messageId), answer.promise]),
      );
      return messageId;
    } finally {
      waiting.delete(messageId);
    }
  }

  /** Waits for it: in an outage nobody has to look again each second whether it is over. */
  async function openLine(): Promise<Line> {
    if (line() === null && !haste.signal.aborted) {
      const late = sleep(timing.notConnectedMs, undefined, { signal: haste.signal, ref: false });
      await Promise.race([connecting.promise, late.catch(() => {})]);
    }
    const open = line();
    if (open !== null) return open;
    throw new SendError('throttled', 'WhatsApp is not connected', { retryAfterMs: NEXT_LOOK_MS });
  }

  /** While somebody types. Each try uploads anew: nothing of a picture is kept. */
  async function show({ picture }: Saying, text: string): Promise<proto.IMessage | null> {
    if (picture === undefined) return null;
    const { socket } = await openLine();
    return pictured(picture, text, socket, haste.signal);
  }

  /** Somebody is seen typing for as long as it takes: people are not answered faster than they can look. */
  async function write(chat: string, characters: number): Promise<void> {
    const { socket } = await openLine();
    if (timing.typingLeastMs === 0 || haste.signal.aborted) return;
    socket.sendPresenceUpdate('composing', chat).catch(() => {});
    const usualMs = Math.min(
      timing.typingLeastMs + characters * timing.typingPerCharacterMs,
      timing.typingMostMs,
    );
    const waitMs = usualMs * (0.8 + Math.random() * 0.4);
    await sleep(waitMs, undefined, { signal: haste.signal }).catch(() => {});
  }

  async function relay(open: Line, chat: string, content: proto.IMessage, messageId: string): Promise<void> {
    const failedBefore = open.failedEncryptions();
    try {
      await open.socket.relayMessage(chat, content, { messageId });
    } catch (error) {
      throw new SendError('unknown', 'the library could not send it', { cause: error });
    }
    if (open.failedEncryptions() > failedBefore) {
      throw new SendError('unknown', 'it could not be encrypted for the phone');
    }
  }

  return {
    send,
    answered(messageId, refusal) {
      const answer = waiting.get(messageId);
      if (refusal === undefined) answer?.resolve();
      else answer?.reject(refused(refusal));
    },
    connected() {
      connecting.resolve();
      connecting = Promise.withResolvers();
    },
    cutOff() {
      for (const answer of waiting.values()) answer.reject(new SendError('unknown', 'the connection ended'));
    },
    hurry: () => haste.abort(),
  };
}

/**
 * 463: this account may not write here now (the "reach-out time-lock"), and every further try makes it worse: nothing
 * more is sent until the participant writes again, and reminders go (faults.md F68, decision 21). Anything else is
 * tried again, with growing pauses.
 */
function refused(code: string): SendError {
  return code === '463'
    ? new SendError('blocked', 'WhatsApp does not let this account write in this chat now (463)')
    : new SendError('refused', `WhatsApp refused the message (${/^\d{1,4}$/.test(code) ? code : 'no code'})`);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new SendError('unknown', `no answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
