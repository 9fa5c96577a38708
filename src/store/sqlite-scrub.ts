import { closeSync, fdatasyncSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

/** Looked at in one call, some milliseconds of work; a whole number of pages. */
const CHUNK_BYTES = 4 * 1024 * 1024;
const NOTHING = Buffer.alloc(65_536);
const FILE_HEADER_BYTES = 100;
const LEAVES: ReadonlySet<number> = new Set([0x0a, 0x0d]);
const INNER_NODES: ReadonlySet<number> = new Set([0x02, 0x05]);

/**
 * Removes what `secure_delete` leaves behind. When SQLite moves cells to another page to keep its trees in balance,
 * the bytes they had stay in the unused middle of the old page, and a later deletion does not find them there
 * (docs/decisions/0018-no-byte-of-what-was-erased.md).
 *
 * The unused middle of a page is all that is written, so a crash halfway harms nothing. Only for a file that this
 * process alone has open and whose log is empty; SQLite must be told to forget the pages it remembers. Between two
 * slices the file may be written; when SQLite then puts two neighbours of a tree in order it may swap their numbers,
 * and one that is not done comes to stand among those that are. The next round finds it.
 */
export class Scrubber {
  /** Stays open as long as the database does: closing any handle of the file would drop SQLite's locks on it. */
  readonly #file: number;
  readonly #chunk = Buffer.alloc(CHUNK_BYTES);

  constructor(path: string) {
    this.#file = openSync(path, 'r+');
  }

  /** @returns where the next slice begins, null when this was the last */
  slice(at: number, pageBytes: number): number | null {
    const { size } = fstatSync(this.#file);
    const read = readSync(this.#file, this.#chunk, 0, Math.min(CHUNK_BYTES, Math.max(size - at, 0)), at);
    let written = false;
    for (let page = 0; page + pageBytes <= read; page += pageBytes) {
      if (this.#scrubPage(page, pageBytes, at)) written = true;
    }
    if (written) fdatasyncSync(this.#file);
    return at + CHUNK_BYTES < size ? at + CHUNK_BYTES : null;
  }

  /** After the database. */
  close(): void {
    closeSync(this.#file);
  }

  /** The layout of a page of a tree: https://www.sqlite.org/fileformat2.html#b_tree_pages */
  #scrubPage(start: number, pageBytes: number, chunkAt: number): boolean {
    const page = this.#chunk.subarray(start, start + pageBytes);
    const header = chunkAt + start === 0 ? FILE_HEADER_BYTES : 0;
    const kind = page[header]!;
    // All other pages begin with a page number, whose first byte is 0 in every file below 64 GB.
    if (!LEAVES.has(kind) && !INNER_NODES.has(kind)) return false;
    const cells = page.readUInt16BE(header + 3);
    const unused = header + (LEAVES.has(kind) ? 8 : 12) + 2 * cells;
    const content = page.readUInt16BE(header + 5) || 65_536;
    if (unused >= content || content > pageBytes) return false;
    const middle = page.subarray(unused, content);
    if (middle.equals(NOTHING.subarray(0, middle.length))) return false;
    middle.fill(0);
    writeSync(this.#file, middle, 0, middle.length, chunkAt + start + unused);
    return true;
  }
}
