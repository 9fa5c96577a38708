import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Language } from '../../message.ts';
import type { PageWords } from './ports.ts';

/** The files of page/, read once: the server answers from memory. */
export type PageFile = { readonly body: string; readonly type: string; readonly etag: string };

const FILES = [
  { path: '/page.css', type: 'text/css; charset=utf-8' },
  { path: '/page.js', type: 'text/javascript; charset=utf-8' },
  { path: '/bubbles.js', type: 'text/javascript; charset=utf-8' },
  { path: '/connection.js', type: 'text/javascript; charset=utf-8' },
  { path: '/outbox.js', type: 'text/javascript; charset=utf-8' },
  { path: '/icon.svg', type: 'image/svg+xml' },
] as const;

export type Page = {
  readonly files: ReadonlyMap<string, PageFile>;
  /** The page itself, with its texts in one language. */
  html(language: Language, words: PageWords): string;
};

export function loadPage(): Page {
  const template = read('/page.html');
  const files = new Map<string, PageFile>(
    FILES.map(({ path, type }) => {
      const body = read(path);
      return [path, { body, type, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }];
    }),
  );
  return {
    files,
    html: (language, words) =>
      template
        .replace('<html lang="id">', `<html lang="${language}">`)
        .replace(/\{\{([a-z-]+)\}\}/g, (_, name: string) =>
          escapeHtml(name === 'words' ? JSON.stringify(words) : wordOf(words, name)),
        ),
  };
}

function read(path: string): string {
  return readFileSync(new URL(`./page${path}`, import.meta.url), 'utf8');
}

function wordOf(words: PageWords, name: string): string {
  const word = Object.hasOwn(words, name) ? words[name as keyof PageWords] : undefined;
  if (word === undefined)
    throw new Error(`Cannot show the web chat: page.html asks for the unknown text "${name}".`);
  return word;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character]!);
}
