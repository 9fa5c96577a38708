import type { MatterId, Topic } from '../../conversation/knowledge.ts';
import type { Ledger } from '../ledger.ts';
import type { Shape } from './shape.ts';
import type { Tree } from './yaml.ts';

export type TopicSource = { readonly topics: readonly Topic[]; readonly matters: readonly MatterId[] };

/** flows/topics.yaml: what a participant can ask or order at any time. Its controls end up in the ledger. */
export function readTopics(tree: Tree, shape: Shape, ledger: Ledger): TopicSource {
  const fields = shape.fields(tree, 'the file', ['topics', 'controls'], ['matters']);
  for (const control of shape.texts(fields.controls, 'controls')) {
    if (shape.id(control, 'control') !== null) ledger.declare('control', control);
  }
  return {
    topics: shape.list(fields.topics, 'topics').flatMap((item) => readTopic(item, shape, ledger) ?? []),
    matters: shape
      .texts(fields.matters, 'matters')
      .flatMap((matter) => shape.id(matter, 'matter') ?? [])
      .map((matter) => ledger.declare('matter', matter)),
  };
}

function readTopic(tree: Tree, shape: Shape, ledger: Ledger): Topic | null {
  const ownId = tree.kind === 'map' ? tree.entries.get('id')?.value : undefined;
  const what = ownId?.kind === 'text' ? `topic '${ownId.value}'` : 'a topic';
  const fields = shape.fields(tree, what, ['id', 'clauses'], ['requirement', 'sets']);
  const id = shape.text(fields.id, `id of ${what}`);
  if (id === null || shape.id(id, 'topic') === null) return null;
  const requirement = shape.text(fields.requirement, `requirement of ${what}`);
  return {
    id: ledger.declare('topic', id),
    requirement: requirement === null ? null : ledger.refer('requirement', requirement),
    clauses: shape
      .texts(fields.clauses, `clauses of ${what}`)
      .map((clause) => ledger.refer('clause', clause)),
    sets: readSets(fields.sets, `sets of ${what}`, shape, ledger),
  };
}

function readSets(tree: Tree | undefined, what: string, shape: Shape, ledger: Ledger): Topic['sets'] {
  if (tree === undefined) return null;
  const fields = shape.fields(tree, what, ['question', 'answer']);
  const question = shape.text(fields.question, `question in ${what}`);
  const answer = shape.text(fields.answer, `answer in ${what}`);
  if (question === null || answer === null) return null;
  ledger.refer('question', question);
  return { question: question.value, answer: ledger.referAnswer(question.value, answer) };
}
