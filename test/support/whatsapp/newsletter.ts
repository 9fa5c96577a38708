import { type BinaryNode, generateMessageIDV2, proto } from '@whiskeysockets/baileys';
import { seconds, stanza } from './stanza.ts';

/** A post of a channel: not sealed at all. Write it with `server.write`. */
export function newsletterPost(text: string, epochMs: number): BinaryNode {
  const bytes = proto.Message.encode({ conversation: text }).finish();
  const attributes = { from: '120363000000000000@newsletter', id: generateMessageIDV2(), server_id: '7' };
  return stanza('message', { ...attributes, type: 'text', t: seconds(epochMs) }, [
    stanza('plaintext', {}, bytes),
  ]);
}
