import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import type { Place } from '../issue.ts';

/**
 * A YAML file as the readers see it: texts, lists and maps that know their line. Every scalar is text (YAML's failsafe
 * schema): `no`, `0812` and `2021-03-18` stay what was typed.
 */
export type Tree = TextTree | ListTree | MapTree;
export type TextTree = { readonly kind: 'text'; readonly place: Place; readonly value: string };
export type ListTree = { readonly kind: 'list'; readonly place: Place; readonly items: readonly Tree[] };
export type MapTree = {
  readonly kind: 'map';
  readonly place: Place;
  readonly entries: ReadonlyMap<string, Entry>;
};
export type Entry = { readonly key: string; readonly place: Place; readonly value: Tree };

export type Report = (place: Place, reason: string) => void;

/** Deeper than any file of the format; what is deeper was made to hurt (faults.md S27). */
const MOST_DEPTH = 16;

/** What the parser itself calls texts, lists and maps. */
const PLAIN_TAGS: readonly string[] = [
  'tag:yaml.org,2002:str',
  'tag:yaml.org,2002:seq',
  'tag:yaml.org,2002:map',
];

/** @returns null when the file is not usable YAML; the reasons went to `report` */
export function parseYaml(file: string, text: string, report: Report): Tree | null {
  const counter = new LineCounter();
  const at = (offset: number): Place => ({ file, line: Math.max(1, counter.linePos(offset).line) });
  const document = parse(text, counter);
  if (document === null) {
    report({ file, line: 1 }, 'not valid YAML: it nests too deep to be read');
    return null;
  }
  const fault = firstFault(document);
  if (fault !== null) {
    report(at(fault.offset), `not valid YAML: ${fault.message}`);
    return null;
  }
  return new TreeReader(at, report).read(document.contents, { file, line: 1 }, 0);
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed | null {
  try {
    return parseDocument(text, {
      lineCounter,
      schema: 'failsafe',
      prettyErrors: false,
      // Duplicates are reported below, with the line of the first one.
      uniqueKeys: false,
      logLevel: 'silent',
    });
  } catch (error) {
    // The parser descends by recursion: thousands of levels exhaust its stack, and nothing else makes it throw.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The first fault is the cause; what follows it in the parser's list is mostly its consequence. */
function firstFault(document: Document.Parsed): { readonly offset: number; readonly message: string } | null {
  // A warning is something the parser did not understand: here that is a mistake too.
  const faults = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0]);
  const fault = faults.find(({ code }) => code === 'TAB_AS_INDENT') ?? faults[0];
  if (fault === undefined) return null;
  const end = fault.pos[0];
  if (!fault.message.includes('quote')) return { offset: end, message: fault.message };
  // A quote that is never closed is found at the end of the file; the mistake is where it opens.
  let opening = end;
  visit(document, {
    Scalar: (_, { range, type }) => {
      if (range && range[0] <= end && end <= range[2] && type?.startsWith('QUOTE')) opening = range[0];
    },
  });
  return { offset: opening, message: fault.message };
}

/** Turns the parser's nodes into trees; anything out of place makes the whole tree null. */
class TreeReader {
  readonly #at: (offset: number) => Place;
  readonly #report: Report;

  constructor(at: (offset: number) => Place, report: Report) {
    this.#at = at;
    this.#report = report;
  }

  read(node: Node | null, parent: Place, depth: number): Tree | null {
    const place = this.#placeOf(node, parent);
    if (depth > MOST_DEPTH)
      return this.#refuse(place, `lists and maps nest deeper than ${MOST_DEPTH} levels`);
    if (node === null) return { kind: 'text', place, value: '' };
    if (isAlias(node) || ('anchor' in node && node.anchor !== undefined)) {
      return this.#refuse(place, 'anchors and aliases (& and *) are not used here: write the text out');
    }
    if ('tag' in node && node.tag !== undefined && !PLAIN_TAGS.includes(node.tag)) {
      return this.#refuse(place, `tags (${node.tag}) are not used here: every value is a text`);
    }
    if (isScalar(node)) return { kind: 'text', place, value: String(node.value) };
    if (isSeq(node)) return this.#readList(node.items as readonly (Node | null)[], place, depth);
    if (isMap(node)) {
      return this.#readMap(node.items as readonly { key: Node | null; value: Node | null }[], place, depth);
    }
    return this.#refuse(place, 'neither a text nor a list nor a map');
  }

  #readList(nodes: readonly (Node | null)[], place: Place, depth: number): ListTree | null {
    const items = nodes.map((node) => this.read(node, place, depth + 1));
    return items.every((item) => item !== null) ? { kind: 'list', place, items } : null;
  }

  #readMap(
    pairs: readonly { readonly key: Node | null; readonly value: Node | null }[],
    place: Place,
    depth: number,
  ): MapTree | null {
    const entries = new Map<string, Entry>();
    let complete = true;
    for (const pair of pairs) {
      const keyPlace = this.#placeOf(pair.key, place);
      const value = this.read(pair.value, keyPlace, depth + 1);
      const key = isScalar(pair.key) ? String(pair.key.value) : null;
      const first = key === null ? undefined : entries.get(key);
      if (key === null) this.#report(keyPlace, 'a key must be plain text');
      else if (first !== undefined) {
        this.#report(keyPlace, `'${key}' stands here twice, first in line ${first.place.line}`);
      } else if (value !== null) {
        entries.set(key, { key, place: keyPlace, value });
        continue;
      }
      complete = false;
    }
    return complete ? { kind: 'map', place, entries } : null;
  }

  #placeOf(node: Node | null, parent: Place): Place {
    return node?.range ? this.#at(node.range[0]) : parent;
  }

  #refuse(place: Place, reason: string): null {
    this.#report(place, reason);
    return null;
  }
}
