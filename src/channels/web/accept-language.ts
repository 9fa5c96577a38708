import type { Language } from '../../message.ts';

/** `in` is what old Java phones call Indonesian. */
const KNOWN: Readonly<Record<string, Language>> = { id: 'id', in: 'id', en: 'en' };

/** The language a browser prefers among ours, null when it names neither. */
export function preferredLanguage(acceptLanguage: string | null): Language | null {
  let best: { language: Language; quality: number } | null = null;
  for (const part of (acceptLanguage ?? '').slice(0, 1000).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const language = KNOWN[tag.split('-')[0] ?? ''];
    const quality = qualityOf(parameters);
    if (language === undefined || quality <= 0) continue;
    if (best === null || quality > best.quality) best = { language, quality };
  }
  return best?.language ?? null;
}

function qualityOf(parameters: readonly string[]): number {
  const stated = parameters
    .map((parameter) => parameter.trim())
    .find((parameter) => parameter.startsWith('q='));
  if (stated === undefined) return 1;
  const quality = Number(stated.slice(2));
  return Number.isFinite(quality) ? quality : 0;
}
