import type { Fact } from '../checklist/checklist.ts';
import { type Link, linksIn, plainForm } from '../language/links.ts';
import { requestedData } from '../language/requests.ts';
import { hideSecrets } from '../language/secrets.ts';
import type { Outgoing, SpokenText } from '../message.ts';

/** Why words must not reach a participant. `found` is the part of them that is the reason. */
export type Refusal = {
  readonly refused: 'empty' | 'too-long' | 'link' | 'request' | 'secret';
  readonly found: string;
};

/** One message, with room for what a channel adds; Telegram ends at 4,096. */
const MOST_CHARACTERS = 3_500;
/** Everybody can put something on these: only the very links of the facts, and the share links made here, lead there. */
const SHARED_HOSTS: ReadonlySet<string> = new Set(['youtube.com', 'youtu.be', 'wa.me', 't.me']);
/** How deep texts within links are looked into. */
const MOST_NESTED = 3;
const MAIL_FACT = 'prakerja.email';
const INVISIBLE =
  /[\p{Cf}--[\u200c\u200d]]|(?<!\p{Extended_Pictographic}\ufe0f?)[\u200c\u200d]|[\p{Cc}--\n]/gv;

/**
 * An operator's own words as a text that may be spoken, or why not: a link that is not the programme's, a request for
 * what nobody may be asked for, or a secret itself (faults.md S10, S18). Pure; the only maker of spoken texts beside fill.ts.
 */
export function guardOperatorText(
  facts: readonly Fact[],
  text: string,
): { readonly text: SpokenText } | Refusal {
  const words = text.replaceAll(/\r\n?/g, '\n').replace(INVISIBLE, '').toWellFormed().trim();
  if (words === '') return { refused: 'empty', found: '' };
  if (words.length > MOST_CHARACTERS) return { refused: 'too-long', found: '' };
  const link = foreignLink(facts, words);
  if (link !== null) return { refused: 'link', found: link };
  const request = requestIn(words);
  if (request !== null) return { refused: 'request', found: request };
  const secret = secretIn(facts, words);
  if (secret !== null) return { refused: 'secret', found: secret };
  return { text: words as SpokenText };
}

/**
 * The first link in a message that leads elsewhere than to the hosts of the facts that are on, a share link of WhatsApp
 * or Telegram, or Prakerja's mailbox; null when there is none. Names that were typed are no links for having a dot in them.
 */
export function foreignLinkIn(facts: readonly Fact[], outgoing: Outgoing): string | null {
  if (outgoing.kind !== 'say') return null;
  return foreignLink(facts, outgoing.text, outgoing.passing === true);
}

/** @param names whether the text holds names, in which a dot stands between words */
export function foreignLink(facts: readonly Fact[], text: string, names = false): string | null {
  return foreignWithin(allowedBy(facts), plainForm(text), names, 0);
}

type Allowed = {
  readonly hosts: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
  readonly mails: ReadonlySet<string>;
};

const allowedByFacts = new WeakMap<readonly Fact[], Allowed>();

function allowedBy(facts: readonly Fact[]): Allowed {
  const known = allowedByFacts.get(facts);
  if (known !== undefined) return known;
  const links = facts.filter(({ on }) => on).flatMap(({ value }) => linksIn(plainForm(value)));
  const urls = links.flatMap((link) => (link.kind === 'address' ? (addressOf(link) ?? []) : []));
  const allowed: Allowed = {
    hosts: new Set(urls.map(bareHost)),
    links: new Set(urls.map(({ href }) => href)),
    mails: new Set(
      facts
        .filter(({ id, on, replaces }) => on && (id === MAIL_FACT || replaces === MAIL_FACT))
        .map(({ value }) => value),
    ),
  };
  allowedByFacts.set(facts, allowed);
  return allowed;
}

function foreignWithin(allowed: Allowed, text: string, names: boolean, depth: number): string | null {
  const found = linksIn(text).find((link) => !(names && isDottedName(link)) && !isOurs(allowed, link, depth));
  return found?.written ?? null;
}

/** "Moh.Al Fatih": no scheme, no path. */
function isDottedName({ kind, written }: Link): boolean {
  return kind === 'address' && /^\p{Lu}[^/:?#\\]*$/u.test(written) && !/^www\./i.test(written);
}

function isOurs(allowed: Allowed, link: Link, depth: number): boolean {
  if (link.kind === 'mention') return false;
  if (link.kind === 'mail') return allowed.mails.has(link.written.toLowerCase());
  const url = addressOf(link);
  if (url === null || url.username !== '' || url.password !== '' || url.port !== '') return false;
  if (url.protocol === 'mailto:') return isOurMail(allowed, url, depth);
  if (url.protocol !== 'https:') return false;
  const host = bareHost(url);
  if (isShareLink(allowed, url, depth)) return true;
  return SHARED_HOSTS.has(host) ? allowed.links.has(url.href) : allowed.hosts.has(host);
}

/** To that mailbox alone: no copies to anybody. */
function isOurMail(allowed: Allowed, url: URL, depth: number): boolean {
  return (
    allowed.mails.has(url.pathname) && hasOnly(url, ['subject', 'body']) && isCleanInside(allowed, url, depth)
  );
}

/** Shares a text with somebody of the participant's own choice; a number or a name in it would choose for them. */
function isShareLink(allowed: Allowed, url: URL, depth: number): boolean {
  const isWhatsApp = url.host === 'wa.me' && url.pathname === '/' && hasOnly(url, ['text']);
  const isTelegram = url.host === 't.me' && url.pathname === '/share/url' && hasOnly(url, ['url', 'text']);
  return (isWhatsApp || isTelegram) && isCleanInside(allowed, url, depth);
}

function hasOnly({ searchParams, hash }: URL, names: readonly string[]): boolean {
  return (
    hash === '' && searchParams.size > 0 && [...searchParams.keys()].every((name) => names.includes(name))
  );
}

/** What a link carries is read like the text around it. */
function isCleanInside(allowed: Allowed, url: URL, depth: number): boolean {
  return (
    depth < MOST_NESTED &&
    [...url.searchParams.values()].every(
      (value) => foreignWithin(allowed, plainForm(value), false, depth + 1) === null,
    )
  );
}

function addressOf({ written }: Link): URL | null {
  return URL.parse(/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(written) ? written : `https://${written}`);
}

function bareHost({ hostname }: URL): string {
  return hostname.replace(/^www\./, '').replace(/\.$/, '');
}

/** As it is written, and with the tricks taken out by which a request is hidden: "O.T.P", "0TP", "p i n". */
function requestIn(text: string): string | null {
  const plain = plainForm(text);
  return requestedData(plain) ?? requestedData(withoutDisguise(plain));
}

const SPELT_OUT = /(?<![\p{L}\p{N}])[\p{L}\p{N}](?:[\s.*_-]{1,2}[\p{L}\p{N}]){1,3}(?![\p{L}\p{N}])/gu;
const LETTER_FOR: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's' };

function withoutDisguise(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(SPELT_OUT, (letters) => letters.replace(/[^\p{L}\p{N}]/gu, ''))
    .replace(/(?<=\p{L})[01345]|[01345](?=\p{L})/gu, (digit) => LETTER_FOR[digit]!);
}

/** The numbers that Pandu tells are everybody's. */
function secretIn(facts: readonly Fact[], text: string): string | null {
  const told = facts.filter(({ on, value }) => on && /\d{4}/.test(value));
  const rest = told.reduce((words, { value }) => words.replaceAll(value, ' '), text);
  const { hidden } = hideSecrets(rest);
  return hidden[0] ?? null;
}
