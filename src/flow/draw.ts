import { Graph, layout, type Point } from '@dagrejs/dagre';
import { escapeXml } from '../card/xml.ts';
import { OWNERS } from '../checklist/checklist.ts';
import type { Knowledge } from '../conversation/knowledge.ts';
import type { Language } from '../message.ts';
import { type Box, holdupBox, legendBox, questionBox, stepBox } from './drawing/boxes.ts';
import { Content } from './drawing/content.ts';
import { round, textLines } from './drawing/text.ts';

/** A4 upright, in millimetres. */
const PAGE = { width: 210, height: 297 };
const MARGIN = 24;
const HEADER = 92;
const WIDTHS = { question: 204, step: 204, holdup: 440 };
const COLUMN_GAP = 44;

type Placed = { readonly box: Box; readonly left: number; readonly top: number };
type Line = { readonly points: readonly [Point, Point]; readonly kind: 'asks' | 'then' };

/**
 * The checklist as one page of SVG, from the flow that runs: the steps from top to bottom, left of them what is asked
 * about them, right of them the answers that hold them up and whose turn it is then.
 */
export function drawChecklist(knowledge: Knowledge, language: Language): string {
  const content = new Content(knowledge, language);
  const { placed, lines, width, height, columns } = arrange(content);
  const legend = legendBox(OWNERS.map((owner) => ({ owner, name: content.say(`say.owner.${owner}`) })));
  const heading = { size: 12, bold: true, fill: '#57606a' };
  const headings = [
    textLines([content.say('page.drawing.questions')], columns.question, HEADER - 18, heading),
    textLines([content.say('page.drawing.steps')], columns.step, HEADER - 18, heading),
    textLines([content.say('page.drawing.unmet')], columns.holdup, HEADER - 18, heading),
  ];
  const title = content.say('page.drawing.title');
  const body = [
    textLines([title], MARGIN, 16, { size: 18, bold: true }),
    legend.draw(MARGIN, 42),
    ...headings,
    ...lines.map(drawLine),
    ...placed.map(({ box, left, top }) => box.draw(left, top)),
  ];
  return `${openPage(language, title, width, height)}${body.join('\n')}\n</svg>\n`;
}

/** dagre puts questions, steps and answers in three columns, and orders the questions so that few lines cross. */
function arrange(content: Content): {
  readonly placed: readonly Placed[];
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
  readonly columns: Readonly<Record<keyof typeof WIDTHS, number>>;
} {
  const steps = content.steps();
  const boxes = new Map<string, Box>();
  for (const question of content.questions()) {
    boxes.set(`question ${question.id}`, questionBox(question, WIDTHS.question));
  }
  for (const [index, step] of steps.entries()) {
    boxes.set(`step ${step.id}`, stepBox(step, index + 1, WIDTHS.step));
    boxes.set(`holdup ${step.id}`, holdupBox(step.holdups, WIDTHS.holdup));
  }
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'LR',
    nodesep: 14,
    ranksep: COLUMN_GAP,
    edgesep: 4,
    marginx: MARGIN,
    marginy: 8,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const [id, { width, height }] of boxes) graph.setNode(id, { width, height });
  for (const step of steps) {
    for (const question of step.questions) graph.setEdge(`question ${question}`, `step ${step.id}`);
    // Heavy, so that a step and what holds it up stand level.
    graph.setEdge(`step ${step.id}`, `holdup ${step.id}`, { weight: 20 });
  }
  const inOrder = (kind: string) =>
    steps
      .slice(1)
      .map((step, index) => ({ left: `${kind} ${steps[index]!.id}`, right: `${kind} ${step.id}` }));
  layout(graph, { constraints: [...inOrder('step'), ...inOrder('holdup')] });

  const placed = [...boxes].map(([id, box]) => {
    const { x, y } = graph.node(id) as Point;
    return { id, box, left: x - box.width / 2, top: y - box.height / 2 + HEADER };
  });
  const at = (id: string): Placed => placed.find((candidate) => candidate.id === id)!;
  const lines = graph.edges().map(({ v, w }: { v: string; w: string }): Line => {
    const from = at(v);
    const to = at(w);
    // From side to side at half height: there are no boxes between two columns to go around.
    const start = { x: from.left + from.box.width, y: from.top + from.box.height / 2 };
    return { points: [start, { x: to.left, y: to.top + to.box.height / 2 }], kind: 'asks' };
  });
  const spine = steps.slice(1).map((step, index): Line => {
    const from = at(`step ${steps[index]!.id}`);
    const to = at(`step ${step.id}`);
    const x = from.left + from.box.width / 2;
    return {
      kind: 'then',
      points: [
        { x, y: from.top + from.box.height },
        { x, y: to.top - 5 },
      ],
    };
  });
  const { width, height } = graph.graph() as { width: number; height: number };
  const left = (kind: string): number =>
    Math.min(...placed.filter(({ id }) => id.startsWith(kind)).map((box) => box.left));
  return {
    placed,
    lines: [...lines, ...spine],
    width,
    height: height + HEADER,
    columns: { question: left('question'), step: left('step'), holdup: left('holdup') },
  };
}

function drawLine({ points: [from, to], kind }: Line): string {
  if (kind === 'then') {
    const path = `M${round(from.x)} ${round(from.y)}V${round(to.y)}`;
    return `<path d="${path}" stroke="#1f2328" stroke-width="2" fill="none" marker-end="url(#then)"/>`;
  }
  const middle = round((from.x + to.x) / 2);
  const path = `M${round(from.x)} ${round(from.y)}C${middle} ${round(from.y)} ${middle} ${round(to.y)} ${round(to.x)} ${round(to.y)}`;
  return `<path d="${path}" stroke="#6e7781" stroke-width="1.2" fill="none"/>`;
}

/** As large as A4 allows; system fonts, so that nothing is fetched. */
function openPage(language: Language, title: string, width: number, height: number): string {
  const scale = Math.min(PAGE.width / width, PAGE.height / height);
  const size = `width="${round(width * scale)}mm" height="${round(height * scale)}mm"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" lang="${language}" ${size} viewBox="0 0 ${round(width)} ${round(height)}" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif" role="img" aria-label="${escapeXml(title)}">
<defs><marker id="then" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="5" markerHeight="5" orient="auto"><path d="M0 0L8 4L0 8z" fill="#1f2328"/></marker></defs>
<rect width="100%" height="100%" fill="#ffffff"/>
`;
}
