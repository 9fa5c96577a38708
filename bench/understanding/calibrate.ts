/** `npm run calibrate`: fits flows/calibration.yaml to the voices of flows/examples, each kept out in turn. */
import { readFileSync, writeFileSync } from 'node:fs';
import { learningHash } from '../../src/flow/learned.ts';
import type { Calibration, Thresholds } from '../../src/language/learning/thresholds.ts';
import { foldsOf } from './folds.ts';
import { calibrate } from './thresholds.ts';
import { FLOWS, loadSources } from './voices.ts';

const FILE = new URL('calibration.yaml', FLOWS);

const sources = loadSources();
const folds = foldsOf(sources);
process.stdout.write(`Learnt ${folds.length} times, each time without one voice\n`);
const { calibration, tried, missed } = calibrate(folds, learningHash(sources.files));
for (const { part, value, says, holds } of tried) {
  process.stdout.write(`${holds ? '+' : '-'} ${part} ${value.toFixed(2)}: ${says}\n`);
}
for (const part of missed)
  process.stdout.write(`! ${part}: no value meets its aim, so the best of them was taken\n`);
writeFileSync(FILE, yamlOf(calibration));
process.stdout.write(`\n${readFileSync(FILE, 'utf8')}`);

/** The comment at the top is whoever's who wrote it. */
function yamlOf({ topics, answers, fitted }: Calibration): string {
  const comment = readFileSync(FILE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('#'));
  const numbers = ({ temperature, answer, ask }: Thresholds): string =>
    `{ temperature: ${temperature}, answer: ${answer}, ask: ${ask} }`;
  // In quotes, or a hash such as 1e10 would be a number.
  return `${comment.join('\n')}\ntopics: ${numbers(topics)}\nanswers: ${numbers(answers)}\nfitted: '${fitted}'\n`;
}
