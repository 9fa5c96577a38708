import type { Requirement } from '../checklist/checklist.ts';

/** Within a message that fits into a link (share-links.ts). */
export const LETTER = 500;

const RECIPIENTS = ['provider', 'prakerja'] as const;

/** Texts around messages to others, and around what is typed for them, with the values that the code gives. */
export const LETTER_TEXTS: Readonly<Record<string, readonly string[]>> = {
  'dialogue.letter.begin': [],
  'dialogue.letter.ask.training': [],
  'dialogue.letter.ask.finished': [],
  'dialogue.letter.shown.training': ['training'],
  'dialogue.letter.shown.finished': ['date'],
  'dialogue.letter.check': [],
  'dialogue.provider.ask': [],
  'dialogue.provider.shown': ['provider'],
  'dialogue.provider.check': [],
  'dialogue.provider.done': [],
  'dialogue.provider.skipped': [],
  'letter.intro.provider': [],
  'letter.intro.prakerja': [],
  'letter.opening.none': [],
  'letter.opening.training': ['training'],
  'letter.opening.finished': ['date'],
  'letter.opening.both': ['training', 'date'],
  'letter.subject': ['requirement'],
  'letter.mail': ['subject'],
  'letter.link.whatsapp': ['link'],
  'letter.link.telegram': ['link'],
  'letter.link.mail': ['link'],
  'letter.call': ['matter'],
};

/** As in texts.ts: the beginnings of ids, with their ends. */
export const LETTER_FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'dialogue.letter.refused': ['blank', 'secret', 'link', 'sentence', 'date', 'future'],
  'dialogue.provider.refused': ['blank', 'generic', 'person', 'number', 'link', 'sentence'],
  'letter.not-now': RECIPIENTS,
  'letter.greeting': RECIPIENTS,
  'letter.closing': RECIPIENTS,
};

/** Below what somebody typed, and below the question for it. */
export const TYPED_LABELS = ['use', 'change', 'without', 'skip'];

/** To the provider when it is its turn; to Prakerja when it is the call centre's, or the provider stays silent. */
export function lettersAbout({ owner, evidence, wait }: Requirement): readonly (readonly [string, string])[] {
  const tellings = evidence.flatMap(({ telling }) => telling ?? []);
  if (owner === 'provider') return tellings.flatMap((one) => RECIPIENTS.map((to) => [one, to] as const));
  const asked = owner === 'call-centre' ? tellings : [];
  return [...asked, ...(wait === null ? [] : ['overdue'])].map((one) => [one, 'prakerja'] as const);
}
