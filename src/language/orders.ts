import { bareOf, coreOf, type Meaning } from './phrases.ts';
import type { Reader } from './reader.ts';
import { contains, matchLength, without } from './sequences.ts';

/** Only a whole message is an order: "stop" inside a story is none. */
export function readControl(reader: Reader, normal: string, words: readonly string[]): string | null {
  const { lexicon, whole } = reader;
  const bare = bareOf(lexicon, normal);
  const withoutCourtesies = without(lexicon.courtesies, bare.split(' '));
  for (const text of [normal, bare, withoutCourtesies.join(' ')]) {
    const control = controlIn(whole.get(text));
    if (control !== null) return control;
  }
  // "Oke siap, terima kasih" thanks as well.
  return without(lexicon.agree, withoutCourtesies).length > 0 ? null : courtesyOf(reader, words);
}

/** Of several greetings and thanks in a row, the last says why they wrote. */
function courtesyOf({ lexicon, whole }: Reader, words: readonly string[]): string | null {
  let control: string | null = null;
  for (let start = 0; start < words.length; ) {
    const length = matchLength(lexicon.courtesies, words, start);
    control = controlIn(whole.get(words.slice(start, start + length).join(' '))) ?? control;
    start += Math.max(length, 1);
  }
  return control;
}

function controlIn(meanings: readonly Meaning[] = []): string | null {
  const controls = meanings.filter((meaning) => meaning.kind === 'control');
  return controls.length === 1 ? controls[0]!.control : null;
}

/** The one topic whose phrases the message contains; with two of them it takes more than phrases to tell. */
export function readTopic(reader: Reader, words: readonly string[]): string | null {
  const { lexicon, topicSequences, topics: phrases, whole } = reader;
  const core = coreOf(lexicon, words);
  if (contains(lexicon.foreign, words)) return null;
  const topics = new Set(topicsIn(whole.get(core.join(' '))));
  for (let start = 0; start < core.length && topics.size < 2; ) {
    const length = matchLength(topicSequences, core, start);
    const isNegated = lexicon.negations.has(core[start - 1] ?? '');
    const found = isNegated ? [] : topicsIn(phrases.get(core.slice(start, start + length).join(' ')));
    for (const topic of found) topics.add(topic);
    start += Math.max(length, 1);
  }
  return topics.size === 1 ? [...topics][0]! : null;
}

function topicsIn(meanings: readonly Meaning[] = []): string[] {
  return meanings.flatMap((meaning) => (meaning.kind === 'topic' ? meaning.topic : []));
}
