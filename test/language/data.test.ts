import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { expand } from '../../src/language/expand.ts';
import { buildLexicon, type LexiconData } from '../../src/language/lexicon.ts';
import { normalise } from '../../src/language/normalise.ts';

const data = parse(readFileSync('flows/lexicon.yaml', 'utf8'), { schema: 'failsafe' }) as LexiconData;

describe('flows/lexicon.yaml', () => {
  const heads = new Set(Object.keys(data.forms).flatMap((head) => head.split(' ')));
  const forms = Object.entries(data.forms).flatMap(([head, variants]) =>
    variants.map((form) => ({ head, form })),
  );

  it('has no form under two words', () => {
    const seen = new Map<string, string>();
    const twice = forms.filter(
      ({ head, form }) => (seen.get(form) ?? seen.set(form, head).get(form)) !== head,
    );
    expect(twice).toEqual([]);
  });

  it('has no form that is a standard word itself', () => {
    expect(forms.filter(({ form }) => heads.has(form))).toEqual([]);
  });

  it('has no form of several words that is not longer than its word', () => {
    const words = (text: string): number => text.split(' ').length;
    expect(forms.filter(({ head, form }) => words(form) > 1 && words(form) <= words(head))).toEqual([]);
  });

  it('brings every form to its word', () => {
    const lexicon = buildLexicon(data);
    const lost = forms.filter(({ head, form }) => normalise(lexicon, form) !== normalise(lexicon, head));
    expect(lost).toEqual([]);
  });
});

describe('expand()', () => {
  it.each([
    ['belum rating', ['belum rating']],
    ['(belum|tidak) ada', ['belum ada', 'tidak ada']],
    ['(masih|kok)? belum', [' belum', 'masih belum', 'kok belum']],
    ['<2-4> hari', ['2 hari', '3 hari', '4 hari']],
    ['(a|b) (c)?', ['a ', 'a c', 'b ', 'b c']],
  ])('takes “%s” apart', (line, phrases) => {
    expect(expand(line)).toEqual(phrases);
  });

  it('refuses a line that stands for too many phrases', () => {
    expect(() => expand('(a|b|c|d|e|f)'.repeat(6))).toThrow(/stands for too many phrases/);
  });
});
