import { coreOf, type Meaning } from './phrases.ts';
import type { Reader } from './reader.ts';
import { contains } from './sequences.ts';
import type { Statement } from './statements.ts';

const SHORTEST_PREFIX = 4;

/** A label of the pending question, whole, with or without particles around it. */
export function readLabel(
  reader: Reader,
  normal: string,
  words: readonly string[],
  pending: string | null,
): Statement[] {
  const labels = pending === null ? undefined : reader.labels.get(pending);
  return answersIn(labels?.get(normal) ?? labels?.get(coreOf(reader.lexicon, words).join(' ')));
}

/**
 * The beginning of a label stands for it when no other answer begins so, and when what is left out would not have
 * turned its meaning ("insentif" is not yet "Insentif sudah cair").
 */
export function readLabelPrefix(
  reader: Reader,
  spellings: readonly string[],
  pending: string | null,
): Statement[] {
  const labels = pending === null ? undefined : reader.labels.get(pending);
  const beginnings = spellings.filter((spelling) => spelling.length >= SHORTEST_PREFIX);
  const begun = [...(labels ?? [])].flatMap(([label, meanings]) => {
    const beginning = beginnings.find((text) => label.startsWith(text));
    if (beginning === undefined) return [];
    return { rest: restOf(label, beginning.length), answers: answersIn(meanings) };
  });
  const { yes, no } = reader.lexicon;
  const turns = begun.some(({ rest }) => contains(yes, rest) || contains(no, rest));
  const answers = new Map(begun.flatMap((label) => label.answers).map((one) => [one.answer, one]));
  return turns || answers.size !== 1 ? [] : [...answers.values()];
}

/** The words of a label that were not written to their end. */
function restOf(label: string, length: number): readonly string[] {
  const isWordEnd = length === label.length || label[length] === ' ';
  return label
    .slice(isWordEnd ? length : label.lastIndexOf(' ', length) + 1)
    .trim()
    .split(' ');
}

function answersIn(meanings: readonly Meaning[] = []): Statement[] {
  return meanings.flatMap((meaning) =>
    meaning.kind === 'answer' ? { question: meaning.question, answer: meaning.answer } : [],
  );
}
