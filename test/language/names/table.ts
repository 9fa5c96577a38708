import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Row = { readonly line: number; readonly cells: readonly string[] };

/** Rows of a table whose columns are parted by ` | `; `#` begins a comment line, the last columns may be left out. */
export function rowsOf(file: string, columns: number): readonly Row[] {
  return readFileSync(join(import.meta.dirname, file), 'utf8')
    .split('\n')
    .map((text, index) => ({ line: index + 1, text }))
    .filter(({ text }) => text.trim() !== '' && !text.startsWith('#'))
    .map(({ line, text }) => {
      const cells = text.split('|').map((cell) => unescaped(cell.replace(/^ | $/g, '')));
      if (cells.length > columns) throw new Error(`${file}:${line}: ${cells.length} columns, not ${columns}`);
      return { line, cells };
    });
}

/** `\n`, `\t` and `\u200b` are written so. */
function unescaped(cell: string): string {
  return cell
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t')
    .replace(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
