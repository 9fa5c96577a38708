import type { Fact, FactId } from '../checklist/checklist.ts';
import { factValue } from '../checklist/walk.ts';
import type { Words } from '../conversation/knowledge.ts';
import type { WordEntry } from './read/words.ts';

/** `{a.b}` names a fact, `{operator}` a setting, every other `{name}` a value that the code gives later. */
const PLACEHOLDER = /\{([a-z][A-Za-z0-9.-]*)\}/g;

export function placeholdersOf(text: string): readonly string[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => match[1]!);
}

/** The part of a text that is no well-formed placeholder; a brace in it is a typing mistake. */
export function withoutPlaceholders(text: string): string {
  return text.replace(PLACEHOLDER, '');
}

export function namesFact(placeholder: string): boolean {
  return placeholder.includes('.');
}

/** The texts of one language as they are told: variants chosen, facts and the operator's name filled in. */
export function buildWords(
  entries: readonly WordEntry[],
  facts: readonly Fact[],
  operatorName: string,
): Words {
  const words = new Map<string, string>();
  for (const [id, entry] of chooseVariants(entries, facts))
    words.set(id, fillFacts(entry.text, facts, operatorName));
  return words;
}

/** Of the texts with one id: the last variant whose fact is on, else the plain one. */
export function chooseVariants(
  entries: readonly WordEntry[],
  facts: readonly Fact[],
): ReadonlyMap<string, WordEntry> {
  const chosen = new Map<string, WordEntry>();
  const on = new Set(facts.filter((fact) => fact.on).map(({ id }) => id));
  for (const entry of entries) {
    if (entry.variant === null ? !chosen.has(entry.id) : on.has(entry.variant)) chosen.set(entry.id, entry);
  }
  return chosen;
}

/**
 * A line that names a fact which is switched off, and which nothing replaces, is left out, so that an operator can
 * switch off a dead link without editing a text. `{operator}` and facts are put in at once: braces in them stay dead.
 */
export function fillFacts(text: string, facts: readonly Fact[], operatorName: string): string {
  return text
    .split('\n')
    .filter((line) => placeholdersOf(line).every((name) => !namesFact(name) || isTold(facts, name)))
    .map((line) =>
      line.replace(PLACEHOLDER, (placeholder, name: string) => {
        if (name === 'operator') return withoutBraces(operatorName);
        return namesFact(name) ? factValue(facts, name) : placeholder;
      }),
    )
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function isTold(facts: readonly Fact[], id: FactId): boolean {
  return facts.some((fact) => fact.on && (fact.id === id || fact.replaces === id));
}

/** A brace would look like a placeholder when the text is filled the second time. */
function withoutBraces(name: string): string {
  return name.replaceAll(/[{}]/g, '');
}
