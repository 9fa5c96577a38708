import type { Place } from '../issue.ts';
import type { Entry, Report, Tree } from './yaml.ts';

/** Ids of questions, answers, requirements and the like: what fits into the id of a choice. */
const ID = /^[a-z][a-z0-9-]*$/;
/** Facts may also be grouped by dots: `call-centre.phone`, `sync.lookAgainDays`. */
const FACT_ID = /^[a-z][A-Za-z0-9-]*(\.[a-z][A-Za-z0-9-]*)*$/;

/** A text together with the place it was read from. */
export type Located = { readonly value: string; readonly place: Place };

/**
 * Reads trees as the shapes that the format asks for. What does not fit is reported, and an empty value is returned,
 * so that one run finds every fault.
 */
export class Shape {
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  report(place: Place, reason: string): void {
    this.#report(place, reason);
  }

  /** A map whose keys are free, in the order of the file. */
  entries(tree: Tree | undefined, what: string): readonly Entry[] {
    if (tree === undefined) return [];
    if (tree.kind === 'map') return [...tree.entries.values()];
    if (!isEmpty(tree)) this.report(tree.place, `${what} must be a map (key: value), not a ${tree.kind}`);
    return [];
  }

  /** A map with exactly these keys, `needed` ones and `other` ones. */
  fields<Name extends string>(
    tree: Tree,
    what: string,
    needed: readonly Name[],
    other: readonly Name[] = [],
  ): Partial<Record<Name, Tree>> {
    const fields: Partial<Record<Name, Tree>> = {};
    if (tree.kind !== 'map') {
      this.report(tree.place, `${what} must be a map (key: value), not a ${tree.kind}`);
      return fields;
    }
    const known: readonly string[] = [...needed, ...other];
    for (const entry of tree.entries.values()) {
      if (known.includes(entry.key)) fields[entry.key as Name] = entry.value;
      else this.report(entry.place, `${what} has no use for '${entry.key}'; it may have ${known.join(', ')}`);
    }
    for (const name of needed) {
      const value = fields[name];
      if (value === undefined || isEmpty(value)) this.report(tree.place, `${what} has no ${name}`);
    }
    return fields;
  }

  list(tree: Tree | undefined, what: string): readonly Tree[] {
    if (tree === undefined) return [];
    if (tree.kind === 'list') return tree.items;
    if (!isEmpty(tree)) this.report(tree.place, `${what} must be a list, not a ${tree.kind}`);
    return [];
  }

  text(tree: Tree | undefined, what: string): Located | null {
    if (tree === undefined || isEmpty(tree)) return null;
    if (tree.kind === 'text') return { value: tree.value, place: tree.place };
    this.report(tree.place, `${what} must be a text, not a ${tree.kind}`);
    return null;
  }

  texts(tree: Tree | undefined, what: string): readonly Located[] {
    return this.list(tree, what).flatMap((item) => this.text(item, what) ?? []);
  }

  /** One of a few words; null when it is missing or another. */
  oneOf<Word extends string>(tree: Tree | undefined, what: string, words: readonly Word[]): Word | null {
    const text = this.text(tree, what);
    if (text === null) return null;
    const word = words.find((candidate) => candidate === text.value);
    if (word === undefined) this.report(text.place, `${what} must be ${either(words)}, not '${text.value}'`);
    return word ?? null;
  }

  yesNo(tree: Tree | undefined, what: string): boolean | null {
    const word = this.oneOf(tree, what, ['true', 'false']);
    return word === null ? null : word === 'true';
  }

  wholeNumber(tree: Tree | undefined, what: string): number | null {
    const text = this.text(tree, what);
    if (text === null) return null;
    if (/^-?\d{1,4}$/.test(text.value)) return Number(text.value);
    this.report(text.place, `${what} must be a whole number, not '${text.value}'`);
    return null;
  }

  decimal(tree: Tree | undefined, what: string, least: number, most: number): number | null {
    const text = this.text(tree, what);
    if (text === null) return null;
    const value = /^\d{1,2}(\.\d{1,6})?$/.test(text.value) ? Number(text.value) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.report(text.place, `${what} must be a number from ${least} to ${most}, not '${text.value}'`);
    return null;
  }

  /** Reports an id that could not be written into the id of a choice. */
  id(id: Located, what: string): Located | null {
    if (ID.test(id.value)) return id;
    this.report(id.place, `${what} '${id.value}' must consist of small letters, digits and hyphens`);
    return null;
  }

  factId(id: Located): Located | null {
    if (FACT_ID.test(id.value)) return id;
    this.report(id.place, `fact '${id.value}' must consist of letters, digits and hyphens, grouped by dots`);
    return null;
  }
}

/** Nothing, or the word that stands for nothing. */
function isEmpty(tree: Tree): boolean {
  return tree.kind === 'text' && (tree.value === '' || tree.value === 'null' || tree.value === '~');
}

function either(words: readonly string[]): string {
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
