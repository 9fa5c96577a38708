import { readCaseLabel } from '../language/case-label.ts';
import { normalise } from '../language/normalise.ts';
import { readControl } from '../language/orders.ts';
import { coreOf } from '../language/phrases.ts';
import { type Reading, type ReadingContext, read } from '../language/reader.ts';
import { labelNamedIn, readyCalled } from './case-label.ts';
import { casesOf, hasSeveral } from './cases.ts';
import { caseText, type Draft } from './draft.ts';
import type { Heard } from './heard.ts';
import type { Order } from './session.ts';

/** What an order that needs no second word is taken for beside the label of a case: "ganti ke suami" is "ganti kasus". */
const CASE = 'kasus';

/**
 * A case called by its label: "Suami", "yang suami", "ganti ke suami", "tutup kasus suami". The longest label counts;
 * what answers the pending question is its answer.
 */
export function caseCalled(draft: Draft, text: string, light: ReadingContext): Order | null {
  if (!hasSeveral(draft.session)) return null;
  const { reader } = draft.knowledge;
  const said = read(reader, text, light);
  if (said.answers.length > 0 || said.polarity !== null) return null;
  const { id, en } = draft.knowledge.words;
  const named = readyCalled([id, en], reader.lexicon, said.words);
  const whole = casesOf(draft.session).find(({ label }) => label?.kind === 'ready' && label.id === named);
  if (whole !== undefined) return { kind: 'switch-case', id: whole.caseId };
  const words = said.words.split(' ');
  const labelled = casesOf(draft.session)
    .map((one) => ({ one, label: normalise(reader.lexicon, caseText(draft, one)).split(' ') }))
    .toSorted((a, b) => b.label.length - a.label.length);
  for (const { one, label } of labelled) {
    const start = words.findIndex((_, index) => label.every((word, place) => words[index + place] === word));
    if (start < 0) continue;
    const rest = words.toSpliced(start, label.length);
    const meant = coreOf(reader.lexicon, rest).length === 0 ? 'switch-case' : orderAround(draft, rest);
    if (meant === 'switch-case' || meant === 'close-case') return { kind: meant, id: one.caseId };
  }
  return null;
}

function orderAround({ knowledge: { reader } }: Draft, rest: readonly string[]): string | null {
  const control = (words: readonly string[]): string | null => readControl(reader, words.join(' '), words);
  return control(rest) ?? control([...rest, CASE]);
}

/** Whom a new case is for, where the order says so; "ulang, sekarang punya suami" is no order to forget the present one. */
export function withPerson(draft: Draft, order: Order | null, reading: Reading): Order | null {
  if (order?.kind !== 'control' || (order.id !== 'restart-other' && order.id !== 'restart')) return order;
  const { words } = draft.knowledge;
  const label = labelNamedIn([words.id, words.en], reading.words.split(' '));
  return label === null ? order : { kind: 'control', id: 'restart-other', label };
}

/** While a label is asked for, short words are one, unless they are an order, an answer or a question. */
export function hearLabel(draft: Draft, text: string): Heard | null {
  if (draft.session.dialogue?.kind !== 'new-case') return null;
  const said = read(draft.knowledge.reader, text, { question: null, answers: [] });
  const isMore =
    said.control !== null || said.polarity !== null || said.topic !== null || said.answers.length > 0;
  if (isMore || said.numbers.length > 0) return null;
  const { reader, words } = draft.knowledge;
  const ready = readyCalled([words.id, words.en], reader.lexicon, said.words);
  if (ready !== null) return { kind: 'label', label: { kind: 'ready', id: ready } };
  const found = readCaseLabel(text);
  return 'label' in found
    ? { kind: 'label', label: { kind: 'own', text: found.label } }
    : { kind: 'no-label', ...found };
}
