import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHOOSING_FACTS, expectedTexts, NEEDED_FACTS } from '../../src/conversation/texts.ts';

const SRC = join(import.meta.dirname, '../../src');
const TABLES = ['texts.ts', 'letter-texts.ts'].map((file) => join('conversation', file));

/** All code but the tables themselves. */
const code = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !TABLES.includes(file))
  .map((file) => readFileSync(join(SRC, file), 'utf8'))
  .join('\n');

const fixed = expectedTexts({ requirements: [], questions: [] }, []);

test('expectedTexts() knows every text id that stands in the code', () => {
  const ids = [
    ...code.matchAll(
      /'((?:say|notice|date|dialogue|page|command|choice|control|verdict|letter)\.[a-z0-9.-]+)'/g,
    ),
  ];
  expect(ids.length).toBeGreaterThan(50);
  for (const [, id] of ids) expect(fixed.has(id!), id).toBe(true);
});

test('expectedTexts() knows every family of text ids that the code puts together', () => {
  const starts = [
    ...code.matchAll(/`((?:say|date|dialogue|page|command|choice|control)\.(?:[a-z0-9-]+\.)*)\$\{/g),
  ];
  expect(starts.length).toBeGreaterThan(5);
  for (const [, start] of starts) {
    expect(
      [...fixed.keys()].some((id) => id.startsWith(start!)),
      start,
    ).toBe(true);
  }
});

test('expectedTexts() expects no text that nothing in the code says', () => {
  // What is put together (`say.secret.${kind}`) is covered by the beginning that stands in the code.
  const starts = [...code.matchAll(/[`'"]((?:[a-z0-9-]+\.)+)\$\{/g)].map(([, start]) => start!);
  for (const id of fixed.keys()) {
    const said = code.includes(`'${id}'`) || starts.some((start) => id.startsWith(start));
    expect(said, id).toBe(true);
  }
});

test('NEEDED_FACTS and CHOOSING_FACTS name facts that the code reads, with an example that fits', () => {
  for (const [id, { form, example }] of Object.entries({ ...NEEDED_FACTS, ...CHOOSING_FACTS })) {
    expect(code, id).toContain(`'${id}'`);
    expect(example, id).toMatch(form);
  }
});
