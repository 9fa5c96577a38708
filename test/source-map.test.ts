import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSources } from '../src/flow/sources.ts';
import { playAll } from './support/play-all.ts';
import { type SourceMapParts, STATEMENTS, sourceMap, textsNaming } from './support/source-map.ts';

const FILE = 'docs/source-map.md';
const CLAUSES = ['1', '1a', '1b', '1c', '1d', '1e', '2', '3', '4', '4a', '4b', '4c', '5'];

const { sources } = readSources('flows');
const { played, written } = playAll();
const parts: SourceMapParts = {
  facts: sources!.checklist.facts,
  words: sources!.words.id,
  transcripts: [...played].map(([name, { texts }]) => ({
    name: name.replace(/\.txt$/, ''),
    clauses: clausesOf(written.get(name)!),
    texts,
  })),
};
const said = new Set(parts.transcripts.flatMap(({ texts }) => [...texts]));

/** The clauses in square brackets at the end of the first line. */
function clausesOf(transcript: string): readonly string[] {
  const first = transcript.split('\n')[0]!;
  return /\[([^\]]+)\]$/.exec(first)?.[1]?.split(', ') ?? [];
}

it('docs/source-map.md says where each clause of the source is told and shown', () => {
  const map = sourceMap(parts);
  if (process.env.PANDU_UPDATE === '1') writeFileSync(FILE, map);
  expect(readFileSync(FILE, 'utf8')).toBe(map);
});

it('the source map has no empty cell', () => {
  const rows = sourceMap(parts)
    .split('\n')
    .filter((line) => line.startsWith('| '));
  expect(rows.length).toBeGreaterThan(STATEMENTS.length);
  expect(
    rows.filter((line) =>
      line
        .split('|')
        .slice(1, -1)
        .some((cell) => cell.trim() === ''),
    ),
  ).toEqual([]);
});

it('every clause of the source, and every text told for it, is in the map and in a conversation', () => {
  expect(CLAUSES.filter((clause) => !STATEMENTS.some((statement) => statement.clause === clause))).toEqual(
    [],
  );
  const texts = STATEMENTS.flatMap((statement) => statement.texts);
  expect(texts.filter((id) => !parts.words.some((entry) => entry.id === id))).toEqual([]);
  expect(texts.filter((id) => !said.has(id))).toEqual([]);
});

it('every link, number and hour of the source is told by a text that a conversation shows', () => {
  const facts = parts.facts.filter(({ clause }) => clause !== null);
  expect(facts.filter(({ id }) => !textsNaming(parts, id).some((text) => said.has(text)))).toEqual([]);
  const links = STATEMENTS.flatMap(
    ({ says }) => says.match(/https?:\/\/[^\s,]+|\S+@\S+|[a-z]+\.kemnaker\.go\.id|\d{3}-\d+/g) ?? [],
  );
  const values = facts.map(({ value }) => value).join(' ');
  expect([...new Set(links)].filter((link) => !values.includes(link))).toEqual([]);
});
