import type { Position, Verdict } from '../checklist/position.ts';
import { type Card, type SpokenText, STEP_STATES, type StepState } from '../message.ts';
import { addParagraph, type Draft, newBubble, phrase } from './draft.ts';
import { join } from './fill.ts';
import { shownState, wantedRequirements } from './path.ts';
import { sayCase } from './say-case.ts';

/**
 * The picture of the path as a message of its own, in front of the words of a new verdict; what it shows is said under it
 * as well, for whoever cannot see it. It carries no menu: that stays below the words.
 */
export function showVerdict(draft: Draft, position: Position): void {
  const card = cardOf(draft, position);
  if (card === null || draft.pictures.size > 0) return;
  newBubble(draft);
  sayCase(draft);
  const { title, subtitle, current } = card;
  const head =
    current === null
      ? phrase(draft, 'say.card.words.head', { title, subtitle })
      : phrase(draft, 'say.card.words.stand', {
          title,
          subtitle,
          requirement: card.steps[current.index]!.name,
        });
  addParagraph(draft, join([head, join(stepsInWords(draft, card), ' · ')], '\n'));
  showCard(draft, position);
}

/** The same picture above words that are being written already, and are finished with it. One is enough in a reply. */
export function showCard(draft: Draft, position: Position): void {
  const card = cardOf(draft, position);
  if (card === null || draft.pictures.size > 0) return;
  draft.pictures.set(draft.bubbles.at(-1)!, card);
  newBubble(draft);
}

/** Null for a training from elsewhere: this path is not theirs. */
function cardOf(draft: Draft, { states, verdict }: Position): Card | null {
  if (verdict?.kind === 'elsewhere') return null;
  const wanted = wantedRequirements(draft, draft.session.answers);
  const steps = wanted.map(({ id }) => ({
    name: phrase(draft, `requirement.${id}.name`),
    state: shownState(states.find(({ requirement }) => requirement === id)!, verdict),
  }));
  const counted = (state: StepState): number => steps.filter((step) => step.state === state).length;
  const index =
    verdict === null || verdict.kind === 'finished'
      ? -1
      : wanted.findIndex(({ id }) => id === verdict.requirement);
  const isPlaced = index >= 0;
  return {
    language: draft.session.language,
    title: phrase(draft, `say.card.title.${titleOf(verdict)}`),
    subtitle: isPlaced
      ? phrase(draft, 'say.card.place', { number: index + 1, count: steps.length })
      : phrase(draft, 'say.card.done', { met: counted('met'), count: steps.length }),
    steps,
    current: isPlaced ? { index, text: phrase(draft, 'say.card.here') } : null,
    legend: STEP_STATES.filter((state) => counted(state) > 0).map((state) => ({
      state,
      text: phrase(draft, `say.card.mark.${state}`, { count: counted(state) }),
    })),
  };
}

function titleOf(verdict: Verdict | null): string {
  if (verdict === null) return 'path';
  return verdict.kind === 'find-out' || verdict.kind === 'finished' ? verdict.kind : verdict.owner;
}

/** "✅ beres: 1–3, 5" for each state there is. */
function stepsInWords(draft: Draft, { steps, legend }: Card): SpokenText[] {
  return legend.map(({ state }) => {
    const numbers = steps.flatMap((step, index) => (step.state === state ? [index + 1] : []));
    return phrase(draft, 'say.card.words.steps', {
      state: phrase(draft, `say.status.state.${state}`),
      steps: ranges(numbers),
    });
  });
}

/** @param numbers growing; three or more in a row become one range */
function ranges(numbers: readonly number[]): string {
  const runs: number[][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs.flatMap((run) => (run.length < 3 ? run.map(String) : [`${run[0]}–${run.at(-1)}`])).join(', ');
}
