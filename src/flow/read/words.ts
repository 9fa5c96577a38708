import type { FactId } from '../../checklist/checklist.ts';
import type { Place } from '../issue.ts';
import type { Ledger } from '../ledger.ts';
import type { Shape } from './shape.ts';
import type { Entry, Tree } from './yaml.ts';

/** One text as it stands in a file of words. */
export type WordEntry = {
  /** Path of keys joined with '.', without the variant. */
  readonly id: string;
  /** From a key that ends in `@fact`: this text replaces the plain one while the fact is on. */
  readonly variant: FactId | null;
  readonly text: string;
  readonly place: Place;
};

const KEY = /^[a-z0-9][a-z0-9-]*$/;

/** Reads one file of words: nested maps whose leaves are texts. `parts`: the top-level keys that belong in it. */
export function readWords(
  tree: Tree,
  parts: readonly string[],
  shape: Shape,
  ledger: Ledger,
): readonly WordEntry[] {
  const entries: WordEntry[] = [];
  if (tree.kind !== 'map')
    shape.report(tree.place, `the file must be a map (key: value), not a ${tree.kind}`);
  else {
    for (const branch of tree.entries.values()) {
      if (parts.includes(branch.key)) readBranch(branch, branch.key, null, entries, shape, ledger);
      else
        shape.report(
          branch.place,
          `'${branch.key}' has no place in this file; it may have ${parts.join(', ')}`,
        );
    }
  }
  return entries;
}

function readBranch(
  branch: Entry,
  id: string,
  variant: FactId | null,
  entries: WordEntry[],
  shape: Shape,
  ledger: Ledger,
): void {
  const { place, value } = branch;
  if (value.kind === 'text') {
    const text = value.value.trim();
    if (text === '') shape.report(place, `text '${id}' is empty`);
    entries.push({ id, variant, text, place });
    return;
  }
  if (value.kind === 'list' || variant !== null) {
    shape.report(
      place,
      `'${branch.key}' must be a text${variant === null ? ' or a map of texts' : ''}, not a ${value.kind}`,
    );
    return;
  }
  for (const child of value.entries.values()) {
    const [name, fact, ...rest] = child.key.split('@') as [string, string | undefined, ...string[]];
    if (!KEY.test(name) || rest.length > 0) {
      shape.report(
        child.place,
        `'${child.key}' is no key: small letters, digits and hyphens, then perhaps @ and a fact`,
      );
      continue;
    }
    if (fact !== undefined) ledger.refer('fact', { value: fact, place: child.place });
    readBranch(child, `${id}.${name}`, fact ?? null, entries, shape, ledger);
  }
}
