import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../../docs/understanding.md', import.meta.url);
export const CONFUSION = new URL('../../docs/understanding/confusion.svg', import.meta.url);

/** The tables of docs/understanding.md stand between marks that tell which command wrote them. */
export function writeTables(name: string, command: string, tables: string): void {
  const page = readFileSync(PAGE, 'utf8');
  const between = new RegExp(`<!-- ${name}: .*? -->\n[^]*?<!-- end of ${name} -->`);
  if (!between.test(page)) throw new Error(`docs/understanding.md has no marks for ${name}`);
  const date = new Date().toISOString().slice(0, 10);
  const text = `<!-- ${name}: written by \`${command}\` -->\n\nMeasured on ${date} by \`${command}\`.\n\n${tables}\n\n<!-- end of ${name} -->`;
  writeFileSync(
    PAGE,
    page.replace(between, () => text),
  );
}
