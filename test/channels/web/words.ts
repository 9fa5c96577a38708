import type { PageWords } from '../../../src/channels/web/ports.ts';
import type { Language } from '../../../src/message.ts';

/** Texts that say where they come from, so that a test sees which one stands where. */
export const testWords = (language: Language): PageWords => ({
  title: `Pandu (${language})`,
  subtitle: 'subtitle',
  placeholder: 'placeholder',
  send: 'send',
  connecting: 'connecting',
  offline: 'offline',
  retry: 'retry',
  typing: 'typing',
  newer: 'newer',
  you: 'you',
  pandu: 'pandu',
  'history-label': 'history',
  'too-long': 'too long',
});
