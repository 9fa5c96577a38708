import type { Glyph } from './glyphs.ts';
import type { Edit } from './letter-alignment.ts';
import type { PlacedLetter } from './word.ts';

/** A stretch of a name as it was typed: what both sides have, or what only this side has. */
export type Span = { readonly text: string; readonly kind: 'same' | 'only-here' };

export type Marks = ReadonlySet<number>;

/** The glyphs that some edits touch on one side. */
export function marksOf(
  letters: readonly PlacedLetter[],
  edits: readonly Edit[],
  side: 'left' | 'right',
): Marks {
  return new Set(
    edits.flatMap((edit) => letters.slice(edit[side].from, edit[side].to).map(({ glyph }) => glyph)),
  );
}

/** Glyphs `from` up to `to`, in stretches. What stands between two marked letters goes with them ("S.Pd"). */
export function spansOf(
  glyphs: readonly Glyph[],
  { from, to }: { readonly from: number; readonly to: number },
  marks: Marks,
): readonly Span[] {
  const spans: { text: string; kind: Span['kind'] }[] = [];
  let kind: Span['kind'] = 'same';
  for (let index = from; index < to; index += 1) {
    const { text, letters } = glyphs[index]!;
    if (letters.length > 0) kind = marks.has(index) ? 'only-here' : 'same';
    else if (kind === 'only-here' && !isJoined(glyphs, index, to, marks)) kind = 'same';
    const last = spans.at(-1);
    if (last?.kind === kind) last.text += text;
    else spans.push({ text, kind });
  }
  return spans;
}

/** Whether the next letter is marked too; a dot right behind a word belongs to its last letter. */
function isJoined(glyphs: readonly Glyph[], index: number, to: number, marks: Marks): boolean {
  const isLastDot = glyphs[index]!.text === '.' && (glyphs[index + 1]?.letters.length ?? 0) === 0;
  if (isLastDot) return true;
  for (let next = index + 1; next < to; next += 1) {
    if (glyphs[next]!.letters.length > 0) return marks.has(next);
  }
  return false;
}
