import { writeFileSync } from 'node:fs';
import { CONTROLS } from '../../src/conversation/knowledge.ts';
import { OUT_OF_SCOPE } from '../../src/language/understand.ts';
import { drawConfusion } from './confusion.ts';
import { contest, HEADINGS } from './contest.ts';
import { type Fold, foldOf, foldsOf, interrupt, measure, smallFoldsOf, together } from './folds.ts';
import { mistakesOf } from './mistakes.ts';
import { CONFUSION, writeTables } from './page.ts';
import { unrepeated } from './repeated.ts';
import { type Report, reportOf, table } from './report.ts';
import { loadSources, loadTestVoice, TEST_VOICE, UNREAD_VOICE } from './voices.ts';

const USAGE = 'Usage: npm run bench -- understanding [voices|mistakes] [write]\n';

/**
 * Without a word: Pandu and libraries, trained on the same voices, on messages of a voice that none of them learnt.
 * `voices`: Pandu on every voice in turn, learnt from the others. `mistakes`: those, with their messages.
 * With `write` the tables and the picture go into docs/.
 */
export async function run(words: readonly string[]): Promise<void> {
  const isWriting = words.includes('write');
  const [what = 'contest', ...others] = words.filter((word) => word !== 'write');
  if (others.length > 0) process.stderr.write(USAGE);
  else if (what === 'contest') await compare(isWriting);
  else if (what === 'voices') keepOut(isWriting);
  else if (what === 'mistakes') process.stdout.write(mistakesOf(foldsOf(loadSources()).map(measured)));
  else process.stderr.write(USAGE);
}

async function compare(isWriting: boolean): Promise<void> {
  const rows: (readonly string[])[] = [];
  const widths = HEADINGS.map((heading) => Math.max(heading.length, 14));
  const print = (row: readonly string[]): void => {
    const cells = row.map((cell, index) => (index === 0 ? cell.padEnd(26) : cell.padStart(widths[index]!)));
    process.stdout.write(`${cells.join(' ')}\n`);
  };
  print(HEADINGS);
  await contest((row) => {
    rows.push(row);
    print(row);
  });
  if (isWriting) writeTables('contest', 'npm run bench -- understanding', table(HEADINGS, rows));
}

/** So many voices are learnt from, besides all the others. */
const FEWER = [1, 2, 4, 6];

function keepOut(isWriting: boolean): void {
  const sources = loadSources();
  const { voices } = sources.examples;
  const folds = foldsOf(sources);
  const stranger = foldOf(sources, voices, loadTestVoice(TEST_VOICE));
  const unread = foldOf(sources, voices, loadTestVoice(UNREAD_VOICE));
  const each = folds.map((fold) => ({ name: fold.voice, measured: measured(fold) }));
  const all = together(each.map((one) => one.measured));
  const topics = sources.topics.map(({ id }) => id);
  const said = new Set(all.lines.map(({ line }) => line.label));
  const understood = new Set(all.lines.map(({ topic }) => topic));
  const controls = [...CONTROLS, 'yes', 'no', 'unsure'].filter((id) => said.has(id) || understood.has(id));
  const labels = [...topics, ...controls, OUT_OF_SCOPE];
  const report: Report = {
    sets: [
      { name: `${folds.length} voices, each learnt from the others`, measured: all },
      { name: 'without what another voice wrote word for word', measured: unrepeated(sources, all) },
      { name: 'with typing errors', measured: together(folds.map((fold) => measure(fold, fold.misspelt))) },
      { name: 'the test voice, learnt from all', measured: measured(stranger) },
      { name: 'with typing errors', measured: measure(stranger, stranger.misspelt) },
      { name: 'a second test voice, unread', measured: measured(unread) },
      { name: 'with typing errors', measured: measure(unread, unread.misspelt) },
    ],
    voices: each,
    fewer: FEWER.map((count) => ({
      name: count === 1 ? '1 voice' : `${count} voices`,
      measured: together(smallFoldsOf(sources, count).map(measured)),
    })),
    labels: labels.filter((label) => said.has(label)),
    interruptions: folds.flatMap((fold) => interrupt(fold, fold.reader.calibration)),
  };
  const tables = reportOf(report);
  process.stdout.write(`${tables}\n`);
  if (!isWriting) return;
  writeTables('voices', 'npm run bench -- understanding voices', tables);
  writeFileSync(CONFUSION, drawConfusion(all.lines, labels));
}

function measured(fold: Fold) {
  return measure(fold, fold.spoken);
}
