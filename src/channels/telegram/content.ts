import type { IncomingKind } from '../../message.ts';

/** Content of a message, in the order in which it decides: an animation carries a document too, a venue a location. */
const KINDS: readonly (readonly [field: string, kind: IncomingKind])[] = [
  ['text', 'text'],
  ['voice', 'voice'],
  ['audio', 'voice'],
  ['sticker', 'sticker'],
  ['photo', 'photo'],
  ['video', 'video'],
  ['video_note', 'video'],
  ['animation', 'video'],
  ['document', 'document'],
  ['location', 'location'],
  ['contact', 'contact'],
  ['poll', 'poll'],
];

/** Notices about the chat itself, which nobody wrote and nobody expects an answer to. */
const NOTICES: readonly string[] = [
  'chat_background_set',
  'checklist_tasks_added',
  'checklist_tasks_done',
  'chat_shared',
  'connected_website',
  'gift',
  'message_auto_delete_timer_changed',
  'paid_message_price_changed',
  'pinned_message',
  'proximity_alert_triggered',
  'refunded_payment',
  'successful_payment',
  'unique_gift',
  'users_shared',
  'web_app_data',
  'write_access_allowed',
];

/** What kind of thing a message is; null for a notice. Whatever Telegram invents next is 'other', never silence. */
export function contentKind(message: Readonly<Record<string, unknown>>): IncomingKind | null {
  const known = KINDS.find(([field]) => message[field] !== undefined);
  if (known !== undefined) return known[1];
  return NOTICES.some((field) => message[field] !== undefined) ? null : 'other';
}
