import { type Issue, issueAt } from '../issue.ts';
import { LANGUAGES } from '../read/files.ts';
import type { Sources } from '../sources.ts';
import { withoutPlaceholders } from '../words.ts';

/** Hosts of the programme, and of its videos. Everything else on this subject may be a trap. */
const HOSTS = ['prakerja.go.id', 'kemnaker.go.id', 'youtube.com'] as const;

/** A web address, an e-mail address, or a bare host that a messenger would turn into a link. */
const LINK =
  /(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:id|com|net|org|io|me|ly|xyz|vip|app|info|site|online|link|gl|be)(?![\w-])(?:\/\S*)?/giu;

/** Seven digits or more: a telephone number, or opening hours. */
const NUMBER = /(?<![\w.])\+?\d(?:[ .()-]{0,2}\d){6,}/gu;

/** Links and numbers that stand in a text instead of in a fact, and facts that link elsewhere than to the programme. */
export function links({ words, checklist, ledger }: Sources): readonly Issue[] {
  return [
    ...LANGUAGES.flatMap((language) =>
      words[language].flatMap(({ id, text, place }) => {
        const own = withoutPlaceholders(text);
        return [...linksIn(own), ...numbersIn(own)].map((found) =>
          issueAt(place, `text '${id}' contains '${found}': make it a fact and name it here`),
        );
      }),
    ),
    ...checklist.facts.flatMap(({ id, value }) =>
      linksIn(value).flatMap((link) => {
        const reason = whyRefused(link);
        return reason === null
          ? []
          : issueAt(ledger.placeOf('fact', id), `fact '${id}' contains '${link}': ${reason}`);
      }),
    ),
  ];
}

function linksIn(text: string): readonly string[] {
  return [...text.matchAll(LINK)].map(([link]) => link.replace(/[).,;:!?"'”’]+$/u, ''));
}

function numbersIn(text: string): readonly string[] {
  return [...text.matchAll(NUMBER)].map(([number]) => number);
}

function whyRefused(link: string): string | null {
  const isMail = /^[^/:]+@/.test(link);
  const address = isMail
    ? `https://${link.split('@')[1]}`
    : /^[a-z][a-z0-9+.-]*:/i.test(link)
      ? link
      : `https://${link}`;
  const url = URL.parse(address);
  if (url === null) return 'it is no web address';
  if (url.protocol !== 'https:') return 'links begin with https://';
  if (url.username !== '' || url.password !== '') return 'links carry no sign-in';
  const isKnown = HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  return isKnown ? null : `only ${HOSTS.join(', ')} are linked to`;
}
