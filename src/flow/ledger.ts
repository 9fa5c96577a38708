import type { Place } from './issue.ts';
import type { Located } from './read/shape.ts';

/** What has an id in flows/. The id of an answer is `question/answer`. */
export type Kind =
  | 'sign'
  | 'requirement'
  | 'question'
  | 'answer'
  | 'fact'
  | 'topic'
  | 'control'
  /** A kind of what Pandu cannot help with. */
  | 'matter'
  | 'clause';

export type Mention = Place & { readonly kind: Kind; readonly id: string };

/**
 * Which ids were declared and which were referred to, with their places. The loaded checklist itself carries no
 * lines; checks look them up here.
 */
export class Ledger {
  readonly declared: Mention[] = [];
  readonly referred: Mention[] = [];
  readonly #places = new Map<string, Place>();
  readonly #things = new Map<object, Place>();

  /** @returns the id, to be stored in what it names */
  declare(kind: Kind, { value, place }: Located): string {
    this.declared.push({ kind, id: value, ...place });
    const key = `${kind} ${value}`;
    if (!this.#places.has(key)) this.#places.set(key, place);
    return value;
  }

  declareAnswer(question: string, { value, place }: Located): string {
    this.declare('answer', { value: `${question}/${value}`, place });
    return value;
  }

  refer(kind: Kind, { value, place }: Located): string {
    this.referred.push({ kind, id: value, ...place });
    return value;
  }

  referAnswer(question: string, { value, place }: Located): string {
    this.refer('answer', { value: `${question}/${value}`, place });
    return value;
  }

  /** Remembers where something without an id stands. */
  mark(thing: object, place: Place): void {
    this.#things.set(thing, place);
  }

  placeOfThing(thing: object): Place {
    const place = this.#things.get(thing);
    if (place === undefined) throw new RangeError('Cannot place what was never marked');
    return place;
  }

  has(kind: Kind, id: string): boolean {
    return this.#places.has(`${kind} ${id}`);
  }

  /** Where an id was first declared. */
  placeOf(kind: Kind, id: string): Place {
    const place = this.#places.get(`${kind} ${id}`);
    if (place === undefined) throw new RangeError(`Cannot place ${kind} '${id}': it was never declared`);
    return place;
  }
}
