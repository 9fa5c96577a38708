import type { Lexicon } from './lexicon.ts';
import { contains, matchLength, type Sequences, without } from './sequences.ts';

export type Polarity = 'yes' | 'no' | 'unsure' | 'mixed';

/** The parts a plain answer is made of. A `particle` is a "ya" that answers only when nothing else does. */
type Part = 'yes' | 'no' | 'unsure' | 'agree' | 'refuse' | 'particle' | 'hedge' | 'connector' | 'aside';

/**
 * What a whole message says as a plain answer; null when it is more than that, or a question.
 * "tidak tahu" beats everything, and a negation is never refused into a yes: where yes and no meet, it is `mixed`.
 */
export function readPolarity(
  lexicon: Lexicon,
  words: readonly string[],
  { asks, questionPending }: { asks: boolean; questionPending: boolean },
): Polarity | null {
  if (contains(lexicon.neither, words)) return null;
  if (questionPending && isOnlyAgreement(lexicon, words)) return null;
  const parts = partsOf(lexicon, words);
  if (parts === null || parts.size === 0) return null;
  if (parts.has('unsure')) return 'unsure';
  if (asks || parts.has('aside')) return null;
  const joined = parts.has('connector');
  // "Oke" after a question about facts promises to look, "batal" leaves it; only an offer is accepted or refused so.
  const yes =
    parts.has('yes') || (!questionPending && parts.has('agree')) || (joined && parts.has('particle'));
  const no = parts.has('no') || (!questionPending && parts.has('refuse'));
  if (yes && no) return 'mixed';
  if (yes || no) return yes ? 'yes' : 'no';
  if (parts.has('agree') || parts.has('refuse')) return null;
  if (parts.has('particle')) return 'yes';
  return parts.has('hedge') && !joined ? 'unsure' : null;
}

/** "Oke kak", "tidak jadi": takes or leaves what was offered, and says nothing about facts. */
export function isOnlyAgreement(
  { agree, refuse, courtesies, fillers }: Lexicon,
  words: readonly string[],
): boolean {
  if (!contains(agree, words) && !contains(refuse, words)) return false;
  return [agree, refuse, courtesies, fillers].reduce((rest, said) => without(said, rest), words).length === 0;
}

/** @returns null when something in the message is none of these */
function partsOf(lexicon: Lexicon, words: readonly string[]): Set<Part> | null {
  // "ya" is both an answer and a particle, so answers are recognised before fillers go.
  const spoken = without(lexicon.courtesies, words);
  const parts = new Set<Part>();
  const kinds: [Part, Sequences][] = [
    ['unsure', lexicon.unsure],
    ['no', lexicon.no],
    ['yes', lexicon.yes],
    ['agree', lexicon.agree],
    ['refuse', lexicon.refuse],
    ['hedge', lexicon.hedges],
    ['connector', lexicon.connectors],
    ['aside', lexicon.afterUnsure],
  ];
  const bare = without(lexicon.fillers, spoken);
  if (spoken.some((word) => isParticle(lexicon, word))) parts.add('particle');
  for (let start = 0; start < bare.length; ) {
    let best: Part | null = null;
    let length = 0;
    for (const [part, sequences] of kinds) {
      const candidate = matchLength(sequences, bare, start);
      if (candidate > length) [best, length] = [part, candidate];
    }
    if (best === null) return null;
    parts.add(best);
    start += length;
  }
  return parts;
}

function isParticle(lexicon: Lexicon, word: string): boolean {
  return lexicon.fillers.entries.has(word) && lexicon.yes.entries.has(word);
}
