import { OWNERS } from '../checklist/checklist.ts';
import { STEP_STATES } from '../message.ts';
import type { TextRule } from './texts.ts';

/** What the picture says in a line of its own. */
const LINE = 32;
/** Of the words for its marks four stand side by side. */
const MARK = 20;
/** What is said in the picture's stead is made of the others. */
const WORDS = 200;

const TITLES: readonly string[] = [...OWNERS, 'find-out', 'finished', 'path'];

/** The texts of the picture of the path, and of the words below it. */
export const CARD_TEXTS: ReadonlyMap<string, TextRule> = new Map<string, TextRule>([
  ...TITLES.map((title): [string, TextRule] => [`say.card.title.${title}`, { values: [], longest: LINE }]),
  ...STEP_STATES.map((state): [string, TextRule] => [
    `say.card.mark.${state}`,
    { values: ['count'], longest: MARK },
  ]),
  ['say.card.place', { values: ['number', 'count'], longest: LINE }],
  ['say.card.done', { values: ['met', 'count'], longest: LINE }],
  ['say.card.here', { values: [], longest: LINE }],
  ['say.card.words.head', { values: ['title', 'subtitle'], longest: WORDS }],
  ['say.card.words.stand', { values: ['title', 'subtitle', 'requirement'], longest: WORDS }],
  ['say.card.words.steps', { values: ['state', 'steps'], longest: WORDS }],
]);
