import { describe, expect, it } from 'vitest';
import { CARD_WIDTH, drawCard, sizeOfCard } from '../../src/card/draw.ts';
import { COLOURS } from '../../src/card/marks.ts';
import { widthOf, wrap } from '../../src/card/widths.ts';
import { type Card, type SpokenText, STEP_STATES } from '../../src/message.ts';
import { allCards } from '../support/cards.ts';
import { shippedKnowledge } from '../support/conversation.ts';

const knowledge = shippedKnowledge();
const cards = (['id', 'en'] as const).flatMap((language) => allCards(knowledge, language));

type Drawn = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
  readonly text: string;
};

function textsOf(svg: string): Drawn[] {
  const tag =
    /<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)"( font-weight="700")? fill="[^"]+">([^<]*)<\/text>/g;
  return [...svg.matchAll(tag)].map(([, x, y, size, bold, text]) => ({
    x: Number(x),
    y: Number(y),
    size: Number(size),
    bold: bold !== undefined,
    text: text!.replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
  }));
}

/** What the law of flows/ allows at most: names of 40 characters, here of the widest letters there are. */
function widestCard(letter: string): Card {
  const words = (length: number): SpokenText => letter.repeat(length).slice(0, length) as SpokenText;
  return {
    language: 'id',
    title: words(32),
    subtitle: words(32),
    steps: Array.from({ length: 12 }, (_, index) => ({ name: words(40), state: STEP_STATES[index % 4]! })),
    current: { index: 9, text: words(32) },
    legend: STEP_STATES.map((state) => ({ state, text: words(20) })),
  };
}

function contrast(one: string, other: string): number {
  const light = (colour: string): number => {
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

describe('the card', () => {
  it('is there for more standings than anybody would draw by hand, with and without the next training', () => {
    expect(cards.length).toBeGreaterThan(100);
    expect(new Set(cards.map(({ steps }) => steps.length))).toEqual(new Set([11, 12]));
    expect(new Set(cards.map(({ title }) => title)).size).toBeGreaterThanOrEqual(12);
  });

  it('keeps every word inside the picture, at a size that a phone of 360 pixels can show', () => {
    for (const card of [...cards, widestCard('W'), widestCard('W W'), widestCard('漢')]) {
      const { width, height } = sizeOfCard(card);
      expect(width).toBe(CARD_WIDTH);
      for (const { x, y, size, bold, text } of textsOf(drawCard(card))) {
        expect([text, x >= 8 && x + widthOf(text, { size, bold }) <= width - 8]).toEqual([text, true]);
        expect([text, y - size >= 0 && y + size * 0.3 <= height]).toEqual([text, true]);
        expect(size).toBeGreaterThanOrEqual(14);
      }
    }
  });

  it('says every word that it is given, in the order of the path', () => {
    for (const card of cards) {
      const drawn = textsOf(drawCard(card))
        .map(({ text }) => text)
        .join(' ');
      const said = [
        card.title,
        card.subtitle,
        ...card.steps.flatMap(({ name }, index) => [
          `${index + 1}. ${name}`,
          ...(card.current?.index === index ? [card.current.text] : []),
        ]),
        ...card.legend.map(({ text }) => text),
      ];
      expect(drawn).toBe(said.join(' '));
    }
  });

  it('marks each step by a shape of its own, and names every shape it shows in words', () => {
    for (const card of cards) {
      const marks = [...drawCard(card).matchAll(/data-state="(\w+)"/g)].map(([, state]) => state);
      expect(marks.slice(0, card.steps.length)).toEqual(card.steps.map(({ state }) => state));
      expect(marks.slice(card.steps.length)).toEqual(card.legend.map(({ state }) => state));
      expect(new Set(card.legend.map(({ state }) => state))).toEqual(
        new Set(card.steps.map(({ state }) => state)),
      );
    }
    const shapes = STEP_STATES.map((state) => {
      const svg = drawCard({ ...widestCard('W'), legend: [], steps: [{ name: 'W' as SpokenText, state }] });
      return /<g data-state.*?<\/g>/.exec(svg)![0].replaceAll(/#[\da-f]{3,6}|data-state="\w+"/g, '');
    });
    expect(new Set(shapes).size).toBe(STEP_STATES.length);
  });

  it('is drawn in colours that people with weak eyes can read', () => {
    for (const { strong, tint } of Object.values(COLOURS)) {
      expect(contrast(strong, '#ffffff')).toBeGreaterThan(4.5);
      expect(contrast(strong, tint)).toBeGreaterThan(4.5);
      expect(contrast('#241a29', tint)).toBeGreaterThan(7);
    }
    expect(contrast('#f0e3f3', '#5e2a66')).toBeGreaterThan(7);
  });

  it('fits a phone without being cut at the top or the bottom of a chat', () => {
    for (const card of cards) {
      const { width, height } = sizeOfCard(card);
      expect(height / width).toBeLessThan(1.6);
    }
  });

  it('stays a picture whatever its words hold', () => {
    const card = widestCard('x');
    const evil = `</text><script>&"'\u0000\ud800`;
    const svg = drawCard({ ...card, title: evil as SpokenText });
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;/text&gt;&lt;script&gt;&amp;&quot;&#39;');
    expect(svg.isWellFormed()).toBe(true);
  });
});

describe('lines', () => {
  it('are broken between words, and within a word only when no line can hold it', () => {
    const face = { size: 10 };
    expect(wrap('satu dua tiga', widthOf('satu dua', face), face)).toEqual(['satu dua', 'tiga']);
    expect(wrap('aaaaaa b', widthOf('aaaa', face), face)).toEqual(['aaaa', 'aa b']);
    expect(wrap('', 100, face)).toEqual([]);
  });
});
