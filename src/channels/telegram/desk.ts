import type { Api } from 'grammy';
import type { Clock } from '../../clock.ts';
import type { Address, Outgoing, Saying } from '../../message.ts';
import type { Channel, Pace, StatusReport } from '../channel.ts';
import { SendError } from '../channel.ts';
import { threadOf, topicName } from './desk-payload.ts';
import { toSendError } from './failure.ts';
import { createGate } from './gate.ts';
import { splitText } from './split.ts';

/** Where the topics of conversations are kept (Store.topic, Store.keepTopic). */
export interface DeskTopics {
  topic(conversation: number): Promise<string | null>;
  keepTopic(conversation: number, topic: string | null): Promise<boolean>;
}

export type DeskSettings = {
  /** The id of the group, a supergroup with topics in which the bot may manage them. */
  readonly group: string;
  readonly topics: DeskTopics;
  /** What the topic of a conversation is called. */
  readonly nameOf: (conversation: number) => string;
};

export type DeskOptions = DeskSettings & {
  readonly api: Api;
  readonly token: string;
  readonly clock: Clock;
  readonly report: StatusReport;
};

/** Telegram lets a bot write twenty messages a minute into one group (https://core.telegram.org/bots/faq); its 429 is obeyed. */
const PACE: Pace = { perSecond: 1, perChatPerSecond: 1, concurrency: 1 };
/** Beyond this a topic's name is refused (https://core.telegram.org/bots/api#createforumtopic). */
const NAME_LIMIT = 128;

/**
 * The group in which people of ours answer: a topic for each conversation, made before the first message about it. What
 * they write there comes in with all other updates (desk-payload.ts).
 *
 * Delivery is at least once here as well. When the process ends between making a topic and remembering it, an empty topic
 * stays behind and another one is used.
 */
export function createDesk({ api, token, group, topics, nameOf, clock, report }: DeskOptions): Channel {
  // A pause that the group asks for is not the participants'.
  const gate = createGate(clock);

  async function call<Result>(request: () => Promise<Result>, refusedMeans?: 'refused'): Promise<Result> {
    try {
      return await request();
    } catch (error) {
      const failure = toSendError(error, token);
      gate.note(failure);
      const tellsSetting = failure.failure === 'invalid' || failure.failure === 'blocked';
      if (failure.failure === 'refused' || tellsSetting)
        report('desk', { state: 'waiting', reason: `${failure.message}. ${NEEDED}` });
      // Somebody can mend the group's settings: what waits for it is not given up.
      if (refusedMeans === 'refused' && tellsSetting) throw new SendError('refused', failure.message);
      throw failure;
    }
  }

  async function openTopic(conversation: number): Promise<number | null> {
    const name = nameOf(conversation).slice(0, NAME_LIMIT);
    const made = await call(() => api.createForumTopic(group, name), 'refused');
    const thread = made.message_thread_id;
    if (await topics.keepTopic(conversation, topicName(group, thread))) return thread;
    // Erased while it was made.
    await call(() => api.deleteForumTopic(group, thread)).catch(() => {});
    return null;
  }

  async function say(address: Address, saying: Saying): Promise<string | null> {
    const conversation = Number(address.chat);
    const kept = await topics.topic(conversation);
    const known = kept === null ? null : threadOf(group, kept);
    const thread = known ?? (await openTopic(conversation));
    if (thread === null) return null;
    if (known !== null && saying.topic === 'opens') await quietly(() => api.reopenForumTopic(group, thread));
    const id = await write(conversation, thread, saying);
    if (saying.topic === 'closes') await quietly(() => api.closeForumTopic(group, thread));
    report('desk', { state: 'on', reason: ANSWERED });
    return id;
  }

  async function write(conversation: number, thread: number, saying: Saying): Promise<string | null> {
    let id: number | null = null;
    try {
      for (const part of splitText(saying.text)) {
        const sent = await api.sendMessage(group, part, {
          message_thread_id: thread,
          link_preview_options: { is_disabled: true },
        });
        id = sent.message_id;
      }
    } catch (error) {
      const isGone = /message thread not found|topic_deleted|topic_id_invalid/i.test(String(error));
      if (isGone) {
        // Somebody deleted it: the next try makes another one.
        await topics.keepTopic(conversation, null);
        throw new SendError('refused', 'The topic was deleted');
      }
      return call(() => Promise.reject(error), 'refused');
    }
    return id === null ? null : String(id);
  }

  /** Open already, or closed, or by somebody's hand: what counts is what is said. */
  async function quietly(request: () => Promise<unknown>): Promise<void> {
    await call(request).catch(() => {});
  }

  async function send(address: Address, outgoing: Outgoing): Promise<string | null> {
    const retryAfterMs = gate.waitMs();
    if (retryAfterMs > 0) throw new SendError('throttled', 'The group asked for a pause', { retryAfterMs });
    if (outgoing.kind === 'say') return say(address, outgoing);
    const thread = threadOf(group, outgoing.messageId);
    if (thread !== null) await call(() => api.deleteForumTopic(group, thread));
    return null;
  }

  return {
    name: 'desk',
    pace: PACE,
    async start() {
      report('desk', { state: 'on', reason: ANSWERED });
    },
    send,
    stopListening: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}

const ANSWERED = 'requests for a person go to the group of OPERATOR_TELEGRAM_CHAT';
const NEEDED =
  'The bot must be an administrator of the group of OPERATOR_TELEGRAM_CHAT who may manage topics, and topics must be on.';
