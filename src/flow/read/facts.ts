import type { Fact } from '../../checklist/checklist.ts';
import type { Ledger } from '../ledger.ts';
import type { Shape } from './shape.ts';
import type { Tree } from './yaml.ts';

/** flows/facts.yaml: dated statements, each switched on unless it says otherwise, and how long each is good for. */
export function readFacts(tree: Tree, shape: Shape, ledger: Ledger): readonly Fact[] {
  const { facts, limitDays } = shape.fields(tree, 'the file', ['facts'], ['limitDays']);
  const usual = readLimit(limitDays, 'limitDays of the file', shape);
  return shape.list(facts, 'facts').flatMap((item) => readFact(item, usual, shape, ledger) ?? []);
}

function readFact(tree: Tree, usual: number | null, shape: Shape, ledger: Ledger): Fact | null {
  const ownId = tree.kind === 'map' ? tree.entries.get('id')?.value : undefined;
  const what = ownId?.kind === 'text' ? `fact '${ownId.value}'` : 'a fact';
  const fields = shape.fields(
    tree,
    what,
    ['id', 'value', 'source', 'confirmed'],
    ['clause', 'on', 'replaces', 'limitDays'],
  );
  const id = shape.text(fields.id, `id of ${what}`);
  if (id === null || shape.factId(id) === null) return null;
  const clause = shape.text(fields.clause, `clause of ${what}`);
  const replaces = shape.text(fields.replaces, `replaces of ${what}`);
  return {
    id: ledger.declare('fact', id),
    value: shape.text(fields.value, `value of ${what}`)?.value ?? '',
    clause: clause === null ? null : ledger.refer('clause', clause),
    source: shape.text(fields.source, `source of ${what}`)?.value ?? '',
    confirmed: shape.text(fields.confirmed, `confirmed of ${what}`)?.value ?? '',
    limitDays:
      fields.limitDays === undefined ? usual : readLimit(fields.limitDays, `limitDays of ${what}`, shape),
    on: shape.yesNo(fields.on, `on of ${what}`) ?? true,
    replaces: replaces === null ? null : ledger.refer('fact', replaces),
  };
}

/** A number of days, or `never`; null for that and for none. */
function readLimit(tree: Tree | undefined, what: string, shape: Shape): number | null {
  if (tree?.kind === 'text' && tree.value === 'never') return null;
  return shape.wholeNumber(tree, what);
}
