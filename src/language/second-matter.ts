import { type Learned, wordsFor } from './learning/learn.ts';
import { rankTopics } from './learning/rank.ts';
import { partsOf } from './parts.ts';
import { PLAIN } from './plain.ts';
import type { Reader } from './reader.ts';
import { contains } from './sequences.ts';

/** Shorter messages hold one matter. */
const LEAST_WORDS = 8;
const LEAST_PART_WORDS = 3;
/** Offering what nobody asked for is worse than missing a second question. */
const LEAST_CONFIDENCE = 0.8;
const NOTHING_ASKED: ReadonlySet<string> = new Set();

/**
 * Another question in a message whose main matter is `topic`: a part of it that asks, and that by itself is clearly
 * about something else. Parts end at punctuation and at words such as "terus".
 */
export function secondMatter(
  reader: Reader,
  learned: Learned,
  message: string,
  topic: string,
): string | null {
  const { lexicon, calibration, controls } = reader;
  const { temperature } = calibration.topics;
  let best: string | null = null;
  let bestConfidence = LEAST_CONFIDENCE;
  if (message.split(' ').length < LEAST_WORDS) return null;
  for (const part of partsOf(reader, message)) {
    const asks = part.asks || contains(lexicon.asking, part.words);
    if (!asks || part.words.length < LEAST_PART_WORDS) continue;
    const words = wordsFor(learned, part.words.join(' '));
    const first = rankTopics(learned, words, NOTHING_ASKED, temperature).inScope[0]!;
    const isOther = first.id !== topic && !controls.has(first.id) && !PLAIN.has(first.id);
    if (isOther && first.confidence >= bestConfidence) [best, bestConfidence] = [first.id, first.confidence];
  }
  return best;
}
