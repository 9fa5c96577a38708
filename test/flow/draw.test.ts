import { join } from 'node:path';
import { expect, test } from 'vitest';
import { escapeXml } from '../../src/card/xml.ts';
import type { Knowledge } from '../../src/conversation/knowledge.ts';
import { drawChecklist } from '../../src/flow/draw.ts';
import { wrap } from '../../src/flow/drawing/text.ts';
import { loadFlows } from '../../src/flow/load.ts';
import { BASE } from './flow-folder.ts';

const FLOWS = join(import.meta.dirname, '../../flows');

function load(path: string): Knowledge {
  return loadFlows(path, { operatorName: 'Relawan' }).knowledge!;
}

type Rectangle = { x: number; y: number; width: number; height: number; stroke: string };

function rectangles(svg: string): readonly Rectangle[] {
  const pattern =
    /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="6" fill="[^"]+" stroke="([^"]+)"/g;
  return [...svg.matchAll(pattern)].map(([, x, y, width, height, stroke]) => ({
    x: Number(x),
    y: Number(y),
    width: Number(width),
    height: Number(height),
    stroke: stroke!,
  }));
}

test.each(['id', 'en'] as const)(
  'drawChecklist() names every step, question and answer that holds one up, in %s',
  (language) => {
    const knowledge = load(FLOWS);
    const svg = drawChecklist(knowledge, language);
    const read = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text).join(' ');
    const seen = read.replaceAll('\u00a0', ' ');
    const { checklist, words } = knowledge;
    const shows = (id: string): void => {
      const text = escapeXml(words[language].get(id)!).replaceAll('\u00a0', ' ');
      expect(seen, id).toContain(text);
    };
    for (const { id } of checklist.requirements) shows(`requirement.${id}.name`);
    for (const { id, answers } of checklist.questions) {
      shows(`question.${id}.short`);
      for (const answer of answers) shows(`question.${id}.answers.${answer.id}`);
    }
    for (const owner of ['participant', 'provider', 'nobody', 'call-centre']) shows(`say.owner.${owner}`);
  },
);

test('drawChecklist() fits one upright A4 page, with no letters smaller than two millimetres', () => {
  const svg = drawChecklist(load(FLOWS), 'id');
  const [, width, height, right, bottom] =
    /width="([\d.]+)mm" height="([\d.]+)mm" viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number);
  expect(width!).toBeLessThanOrEqual(210);
  expect(height!).toBeLessThanOrEqual(297);
  const millimetres = width! / right!;
  const sizes = [...svg.matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
  expect(Math.min(...sizes) * millimetres).toBeGreaterThanOrEqual(2);
  for (const { x, y, width, height } of rectangles(svg)) {
    expect(x + width).toBeLessThanOrEqual(right!);
    expect(y + height).toBeLessThanOrEqual(bottom!);
  }
});

test('drawChecklist() puts the steps below one another in their order, and no box on another', () => {
  const knowledge = load(FLOWS);
  const svg = drawChecklist(knowledge, 'id');
  const boxes = rectangles(svg);
  for (const [index, a] of boxes.entries()) {
    for (const b of boxes.slice(index + 1)) {
      const apart =
        a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
      expect(apart, JSON.stringify([a, b])).toBe(true);
    }
  }
  const numbers = [...svg.matchAll(/y="([\d.]+)" font-size="13" font-weight="600"[^>]*>(\d+)\. /g)];
  expect(numbers.map(([, , number]) => Number(number))).toEqual(
    knowledge.checklist.requirements.map((_, index) => index + 1),
  );
  const heights = numbers.map(([, y]) => Number(y));
  expect(heights).toEqual(heights.toSorted((a, b) => a - b));
});

test('drawChecklist() gives the same bytes every time', () => {
  expect(drawChecklist(load(BASE), 'en')).toBe(drawChecklist(load(BASE), 'en'));
});

test('S35 drawChecklist() lets no word of flows/ become markup', () => {
  const knowledge = load(BASE);
  const hostile = `<script>alert("1")</script> & ' \u0000 \ud800`;
  const words = new Map([...knowledge.words.en].map(([id]) => [id, hostile]));
  const svg = drawChecklist({ ...knowledge, words: { id: words, en: words } }, 'en');
  expect(svg).not.toContain('<script');
  expect(svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
  expect(svg).not.toContain('\u0000');
  expect(svg.isWellFormed()).toBe(true);
  const tags = [...svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)];
  const open: string[] = [];
  for (const [, closing, name, alone] of tags) {
    if (closing === '/') expect(open.pop()).toBe(name);
    else if (alone !== '/') open.push(name!);
  }
  expect(open).toEqual([]);
});

test('wrap() breaks between words, keeps no-break spaces, and gives a long word a line of its own', () => {
  const style = { size: 10 };
  expect(wrap('satu dua tiga', 50, style)).toEqual(['satu dua', 'tiga']);
  expect(wrap('satu\u00a0dua tiga', 30, style)).toEqual(['satu\u00a0dua', 'tiga']);
  expect(wrap('satu pertanggungjawaban dua', 40, style)).toEqual(['satu', 'pertanggungjawaban', 'dua']);
});
