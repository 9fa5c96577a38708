import { expand } from '../../language/expand.ts';
import type { PhraseData } from '../../language/phrases.ts';
import type { Kind, Ledger } from '../ledger.ts';
import type { Located, Shape } from './shape.ts';
import type { Entry, Tree } from './yaml.ts';

type ByAnswer = PhraseData['answers'];

/** A line of phrases that states an answer, with its place. */
export type PhraseLine = Located & { readonly question: string; readonly answer: string };
export type PhraseSource = { readonly data: PhraseData; readonly lines: readonly PhraseLine[] };

/** flows/phrases.yaml: what people write, and what it stands for. */
export function readPhrases(tree: Tree, shape: Shape, ledger: Ledger): PhraseSource {
  const fields = shape.fields(tree, 'the file', [
    'answers',
    'here',
    'opens',
    'controls',
    'commands',
    'topics',
    'matters',
  ]);
  const lines: PhraseLine[] = [];

  const answersIn = (part: 'answers' | 'here'): ByAnswer =>
    mapEntries(shape.entries(fields[part], part), (question) => {
      ledger.refer('question', asLocated(question));
      return mapEntries(shape.entries(question.value, `'${question.key}' in ${part}`), (answer) => {
        ledger.referAnswer(question.key, asLocated(answer));
        const texts = shape.texts(answer.value, `'${answer.key}' of '${question.key}' in ${part}`);
        const readable = texts.filter((text) => canExpand(text, shape));
        lines.push(...readable.map((text) => ({ ...text, question: question.key, answer: answer.key })));
        return readable.map(({ value }) => value);
      });
    });

  const phrasesFor = (
    kind: Kind,
    part: 'controls' | 'topics' | 'matters',
  ): Readonly<Record<string, readonly string[]>> =>
    mapEntries(shape.entries(fields[part], part), (entry) => {
      ledger.refer(kind, asLocated(entry));
      const texts = shape.texts(entry.value, `'${entry.key}' in ${part}`);
      return texts.filter((text) => canExpand(text, shape)).map(({ value }) => value);
    });

  const data: PhraseData = {
    answers: answersIn('answers'),
    here: answersIn('here'),
    opens: mapEntries(shape.entries(fields.opens, 'opens'), (entry) => readOpening(entry, shape, ledger)),
    controls: phrasesFor('control', 'controls'),
    commands: mapEntries(shape.entries(fields.commands, 'commands'), ({ key, value }) => {
      const control = shape.text(value, `'${key}' in commands`);
      return control === null ? '' : ledger.refer('control', control);
    }),
    topics: phrasesFor('topic', 'topics'),
    matters: phrasesFor('matter', 'matters'),
  };
  return { data, lines };
}

/** question → the pending question that it belongs to, and the answer of that one which it implies. */
function readOpening(entry: Entry, shape: Shape, ledger: Ledger): PhraseData['opens'][string] {
  const what = `'${entry.key}' in opens`;
  ledger.refer('question', asLocated(entry));
  const fields = shape.fields(entry.value, what, ['question', 'answer']);
  const question = shape.text(fields.question, what);
  const answer = shape.text(fields.answer, what);
  if (question === null || answer === null) return { question: '', answer: '' };
  return { question: ledger.refer('question', question), answer: ledger.referAnswer(question.value, answer) };
}

function canExpand({ value, place }: Located, shape: Shape): boolean {
  try {
    expand(value);
    return true;
  } catch (error) {
    shape.report(place, (error as RangeError).message);
    return false;
  }
}

function asLocated({ key, place }: Entry): Located {
  return { value: key, place };
}

function mapEntries<Value>(
  entries: readonly Entry[],
  toValue: (entry: Entry) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(entries.map((entry) => [entry.key, toValue(entry)]));
}
