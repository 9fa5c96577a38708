import type { LexiconData } from '../../language/lexicon.ts';
import type { Shape } from './shape.ts';
import type { Tree } from './yaml.ts';

const LISTS = [
  ...([
    'yes',
    'no',
    'unsure',
    'agree',
    'refuse',
    'neither',
    'fillers',
    'courtesies',
    'hedges',
    'glue',
  ] as const),
  ...(['connectors', 'afterUnsure', 'negations', 'clauses', 'doubts', 'asking', 'foreign'] as const),
] as const satisfies readonly (keyof LexiconData)[];

type Lists = Pick<LexiconData, (typeof LISTS)[number]>;

/** flows/lexicon.yaml: how participants spell, and which words carry a plain answer or nothing at all. */
export function readLexicon(tree: Tree, shape: Shape): LexiconData {
  const fields = shape.fields(tree, 'the file', ['forms', 'emoji', 'numbers', ...LISTS], ['ideas']);
  const numbers =
    fields.numbers === undefined
      ? {}
      : shape.fields(fields.numbers, 'numbers', ['words', 'before', 'between']);
  const lists = LISTS.map((name) => [name, valuesOf(fields[name], name, shape)]);
  return {
    ...(Object.fromEntries(lists) as Lists),
    forms: listsOf(fields.forms, 'forms', shape),
    emoji: textsOf(fields.emoji, 'emoji', shape),
    ideas: listsOf(fields.ideas, 'ideas', shape),
    numbers: {
      words: listsOf(numbers.words, 'words of numbers', shape),
      before: valuesOf(numbers.before, 'before of numbers', shape),
      between: valuesOf(numbers.between, 'between of numbers', shape),
    },
  };
}

function valuesOf(tree: Tree | undefined, what: string, shape: Shape): readonly string[] {
  return shape.texts(tree, what).map(({ value }) => value);
}

function listsOf(
  tree: Tree | undefined,
  what: string,
  shape: Shape,
): Readonly<Record<string, readonly string[]>> {
  const lists = shape
    .entries(tree, what)
    .map(({ key, value }) => [key, valuesOf(value, `'${key}' in ${what}`, shape)]);
  return Object.fromEntries(lists);
}

function textsOf(tree: Tree | undefined, what: string, shape: Shape): Readonly<Record<string, string>> {
  const texts = shape.entries(tree, what).map(({ key, value }) => {
    return [key, shape.text(value, `'${key}' in ${what}`)?.value ?? ''];
  });
  return Object.fromEntries(texts);
}
