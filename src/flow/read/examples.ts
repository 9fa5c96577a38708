import type { Examples, Voice } from '../../language/learning/examples.ts';
import type { Place } from '../issue.ts';
import type { Ledger } from '../ledger.ts';
import type { Shape } from './shape.ts';
import type { Entry, Tree } from './yaml.ts';

/** One example sentence: under `scope` (what it is an example for) it means `label`. */
export type ExampleLine = {
  readonly scope: string;
  readonly label: string;
  readonly text: string;
  readonly place: Place;
};

export type ExampleSource = { readonly voices: Examples; readonly lines: readonly ExampleLine[] };

/** Whole replies to whatever was asked; the program has no controls of these names. */
const PLAIN = ['yes', 'no', 'unsure'];

/** One file of flows/examples: the sentences of one voice, as blocks of text with a sentence a line. */
export function readVoice(name: string, tree: Tree, shape: Shape, ledger: Ledger): ExampleSource {
  const lines: ExampleLine[] = [];
  const fields = shape.fields(tree, 'the file', [], ['topics', 'controls', 'out-of-scope', 'answers']);

  const sentences = (entry: Entry, scope: string): readonly string[] => {
    const block = shape.text(entry.value, `'${entry.key}'`);
    if (block === null) return [];
    // The block begins below the line with its mark.
    return block.value.split('\n').flatMap((line, index) => {
      const text = line.trim();
      if (text === '') return [];
      const place = { file: block.place.file, line: block.place.line + 1 + index };
      lines.push({ scope, label: entry.key, text, place });
      return text;
    });
  };
  const section = (part: 'topics' | 'controls' | 'out-of-scope', refer: (entry: Entry) => void) =>
    Object.fromEntries(
      shape.entries(fields[part], part).map((entry) => {
        refer(entry);
        return [entry.key, sentences(entry, part === 'out-of-scope' ? part : 'topics')];
      }),
    );
  const located = ({ key, place }: Entry) => ({ value: key, place });

  const voice: Voice = {
    name,
    topics: section('topics', (entry) => ledger.refer('topic', located(entry))),
    controls: section('controls', (entry) => {
      if (!PLAIN.includes(entry.key)) ledger.refer('control', located(entry));
    }),
    outOfScope: section('out-of-scope', (entry) => ledger.refer('matter', located(entry))),
    answers: Object.fromEntries(
      shape.entries(fields.answers, 'answers').map((question) => {
        ledger.refer('question', located(question));
        const answers = shape.entries(question.value, `'${question.key}' in answers`).map((answer) => {
          ledger.referAnswer(question.key, located(answer));
          return [answer.key, sentences(answer, question.key)] as const;
        });
        return [question.key, Object.fromEntries(answers)];
      }),
    ),
  };
  return { voices: [voice], lines };
}
