import fc from 'fast-check';
import { expect } from 'vitest';
import type { HiddenIncoming } from '../../src/message.ts';
import type { Store } from '../../src/store/store.ts';
import { change } from './contract-account.ts';
import { answered, claimOne, message, NOON, result, session } from './samples.ts';

/** What can happen to the names of a few chats. `again`: an earlier message comes once more, under a name it may have. */
type Step =
  | { readonly does: 'write'; readonly names: readonly string[]; readonly answers: boolean }
  | { readonly does: 'same'; readonly names: readonly string[] }
  | { readonly does: 'again'; readonly which: number; readonly under: number; readonly aliases: boolean }
  | { readonly does: 'erase'; readonly names: readonly string[] };

const NAMES = ['a', 'b', 'c', 'd', 'e'];

export function aliasSequences(): fc.Arbitrary<Step[]> {
  const names = (least: number) =>
    fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: least, maxLength: 3 });
  return fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({ does: fc.constant('write'), names: names(1), answers: fc.boolean() }),
      },
      { weight: 3, arbitrary: fc.record({ does: fc.constant('same'), names: names(2) }) },
      {
        weight: 4,
        arbitrary: fc.record({
          does: fc.constant('again'),
          which: fc.nat(30),
          under: fc.nat(10),
          aliases: fc.boolean(),
        }),
      },
      { weight: 1, arbitrary: fc.record({ does: fc.constant('erase'), names: names(1) }) },
    ) as fc.Arbitrary<Step>,
    { maxLength: 16 },
  );
}

/** A conversation as the rule of src/store/store.ts has it: names are a table, and merging writes it anew. */
type Modelled = { readonly age: number; readonly chat: string; answers: boolean };

class Model {
  readonly leads = new Map<string, Modelled>();
  #made = 0;

  /** Where a message with these names belongs, the first being the one it came under. */
  meet(names: readonly string[]): Modelled {
    const known = this.#known(names);
    if (known.filter(({ answers }) => answers).length > 1) {
      return this.leads.get(names[0]!) ?? this.#begin(names[0]!);
    }
    const target = this.#stays(known) ?? this.#begin(names[0]!);
    this.#join(names, known, target);
    return target;
  }

  /** The names are one chat's, and nobody wrote. */
  learn(names: readonly string[]): void {
    const known = this.#known(names);
    if (known.filter(({ answers }) => answers).length > 1) return;
    const target = this.#stays(known);
    if (target !== undefined) this.#join(names, known, target);
  }

  namesOf(conversation: Modelled): string[] {
    return [...this.leads].filter(([, one]) => one === conversation).map(([name]) => name);
  }

  #known(names: readonly string[]): Modelled[] {
    return [...new Set(names.flatMap((name) => this.leads.get(name) ?? []))];
  }

  #stays(known: readonly Modelled[]): Modelled | undefined {
    const byAge = known.toSorted((one, other) => one.age - other.age);
    return byAge.find(({ answers }) => answers) ?? byAge[0];
  }

  #begin(chat: string): Modelled {
    this.#made += 1;
    const conversation = { age: this.#made, chat, answers: false };
    this.leads.set(chat, conversation);
    return conversation;
  }

  #join(names: readonly string[], known: readonly Modelled[], target: Modelled): void {
    for (const [name, one] of this.leads) if (known.includes(one)) this.leads.set(name, target);
    for (const name of names) this.leads.set(name, target);
  }
}

/** Plays the steps on the store and on the model; `prefix` keeps one sequence apart from the others in the same store. */
export async function playAliases(store: Store, steps: readonly Step[], prefix: string): Promise<void> {
  const model = new Model();
  const past: { readonly incoming: HiddenIncoming; readonly names: readonly string[] }[] = [];
  const named = (name: string): string => prefix + name;

  async function write(names: readonly string[], answers: boolean, erase = false): Promise<void> {
    const conversation = model.meet(names);
    const [chat, ...aliases] = names.map(named) as [string, ...string[]];
    const incoming = message({ channel: 'whatsapp', chat }, 'halo', { aliases });
    expect(await store.receive([incoming], NOON)).toBe(1);
    const turn = await claimOne(store);
    expect(turn.address.chat).toBe(named(conversation.chat));
    expect(Object.keys(turn.session?.answers ?? {}).length > 0).toBe(conversation.answers);
    conversation.answers ||= answers;
    past.push({ incoming, names: [...new Set([...names, ...model.namesOf(conversation)])] });
    await store.finishTurn(turn, result({ session: conversation.answers ? answered() : session(), erase }));
    if (erase) for (const name of model.namesOf(conversation)) model.leads.delete(name);
  }

  for (const step of steps) {
    if (step.does === 'write') await write(step.names, step.answers);
    else if (step.does === 'erase') await write(step.names, false, true);
    else if (step.does === 'same') {
      const [chat, alias] = step.names as [string, string];
      await store.changeAccount('whatsapp', change({ same: [[named(chat), named(alias)]] }), NOON);
      model.learn([chat, alias]);
    } else if (past.length > 0) {
      const { incoming, names: before } = past[step.which % past.length]!;
      // Also under what was learnt since.
      const now = model.leads.get(incoming.chat.slice(prefix.length));
      const names = [...new Set([...before, ...(now === undefined ? [] : model.namesOf(now))])];
      const chat = named(names[step.under % names.length]!);
      const aliases = step.aliases ? names.map(named) : [];
      expect(await store.receive([{ ...incoming, chat, sender: chat, aliases }], NOON)).toBe(0);
    }
  }
  for (const name of [...model.leads.keys()]) await write([name], false);
}
