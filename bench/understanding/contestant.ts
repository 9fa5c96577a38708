/** Run as a process of its own by contest.ts, `contestant.ts FILE normal|plain`: one contender, trained and asked; JSON on stdout. */
import { clean } from '../../src/language/clean.ts';
import { topicLines, type Voice } from '../../src/language/learning/examples.ts';
import { normalise } from '../../src/language/normalise.ts';
import { OUT_OF_SCOPE } from '../../src/language/understand.ts';
import type { Contender, Guessed, Training } from './contenders/contender.ts';
import { median, type Scored } from './metrics.ts';
import { type Line, loadSources, loadTestVoice, misspelt, spokenBy, TEST_VOICE } from './voices.ts';

/** What one contender made of one message. */
export type Judgement = Scored & { readonly place: number };

export type Performance = {
  /** Of processor time, since other work on the machine would only add to the time on the clock. */
  readonly startMs: number;
  readonly microseconds: number;
  readonly megabytes: number;
  readonly test: readonly Judgement[];
  readonly misspelt: readonly Judgement[];
  /** Of voices that were kept out: what the threshold is chosen on. */
  readonly keptOut: readonly Judgement[];
};

/** A third of the voices is kept out at a time: nine trainings of the slowest would take too long. */
const FOLDS = 3;

const [file, spelt] = process.argv.slice(2);
const sources = loadSources();
const { lexicon } = sources.reader();
const { voices } = sources.examples;
const spelling =
  spelt === 'normal' ? (text: string) => normalise(lexicon, text) : (text: string) => clean(text);

collectGarbage();
const before = process.memoryUsage().rss;
const begun = process.cpuUsage();
const { contender } = (await import(`./contenders/${file}.ts`)) as { contender: Contender };
const guess = await contender.train(trainingOn(voices));
const { user, system } = process.cpuUsage(begun);
const startMs = (user + system) / 1_000;
collectGarbage();
const megabytes = (process.memoryUsage().rss - before) / 1e6;

const { lines } = spokenBy(sources, loadTestVoice(TEST_VOICE));
const times: number[] = [];
const test = await judge(guess, lines, times);
const withErrors = await judge(guess, misspelt({ lines, replies: [] }).lines, times);
const keptOut: Judgement[] = [];
for (let fold = 0; fold < FOLDS; fold += 1) {
  const isOut = (_: Voice, index: number): boolean => index % FOLDS === fold;
  const rest = voices.filter((voice, index) => !isOut(voice, index));
  const outside = voices.filter(isOut).flatMap((voice) => spokenBy(sources, voice).lines);
  keptOut.push(...(await judge(await contender.train(trainingOn(rest)), outside, [])));
}
const performed: Performance = {
  startMs,
  megabytes,
  microseconds: median(times) * 1_000,
  test,
  misspelt: withErrors,
  keptOut,
};
process.stdout.write(JSON.stringify(performed));

function trainingOn(some: readonly Voice[]): Training {
  return { sources, voices: some, sentences: topicLines(some), spelling };
}

async function judge(
  guessOf: Awaited<ReturnType<Contender['train']>>,
  messages: readonly Line[],
  taken: number[],
): Promise<Judgement[]> {
  const judged: Judgement[] = [];
  for (const { label, text } of messages) {
    const from = performance.now();
    const guessed = await guessOf(text);
    taken.push(performance.now() - from);
    const ranked = inOrder(guessed);
    const best = ranked.find((one) => one.label !== OUT_OF_SCOPE);
    judged.push({
      place: ranked.findIndex((one) => one.label === label),
      // Only what is in scope can be answered; how sure of that it is, is what the threshold is for.
      confidence: best?.share ?? 0,
      isRight: best?.label === label,
      isInScope: label !== OUT_OF_SCOPE,
    });
  }
  return judged;
}

/** All kinds of what is out of scope are one, and as likely as they are together. */
function inOrder(guessed: Guessed): Guessed {
  const shares = new Map<string, number>();
  for (const { label, share } of guessed) {
    const known = label.startsWith(OUT_OF_SCOPE) || label === 'None' ? OUT_OF_SCOPE : label;
    shares.set(known, (shares.get(known) ?? 0) + share);
  }
  return [...shares].map(([label, share]) => ({ label, share })).sort((a, b) => b.share - a.share);
}

function collectGarbage(): void {
  globalThis.gc?.();
}
