import type { Evidence, Question, Requirement } from '../../checklist/checklist.ts';
import { walk } from '../../checklist/walk.ts';
import { type Issue, issueAt } from '../issue.ts';
import { asAnswers, waysToAnswer, waysToShow } from '../possible.ts';
import type { Sources } from '../sources.ts';

/** Where a conversation would stop getting anywhere: questions without effect, requirements nobody can meet. */
export function deadEnds(sources: Sources): readonly Issue[] {
  const { checklist, ledger } = sources;
  return [
    ...checklist.questions.flatMap((question) =>
      leadsSomewhere(sources, question)
        ? []
        : issueAt(
            ledger.placeOf('question', question.id),
            `question '${question.id}' leads nowhere: no sign, wait, question or requirement depends on its answers`,
          ),
    ),
    ...checklist.signs.flatMap(({ id }) =>
      checklist.requirements.some(({ evidence }) => evidence.some(({ signs }) => signs.includes(id)))
        ? []
        : issueAt(
            ledger.placeOf('sign', id),
            `sign '${id}' leads nowhere: it is evidence for no requirement`,
          ),
    ),
    ...checklist.requirements.flatMap((requirement) => [
      ...requirement.evidence.flatMap((evidence) => impossibleEvidence(sources, requirement, evidence)),
      ...neverMet(sources, requirement),
      ...doneInVain(sources, requirement),
      ...passedOver(sources, requirement),
    ]),
  ];
}

function leadsSomewhere({ checklist }: Sources, { id }: Question): boolean {
  return (
    checklist.signs.some(({ seenIn }) => Object.hasOwn(seenIn, id)) ||
    checklist.questions.some(({ onlyAfter }) => Object.hasOwn(onlyAfter, id)) ||
    checklist.requirements.some(({ wait, wantedBy }) => wantedBy?.question === id || wait?.question === id)
  );
}

function impossibleEvidence(
  { checklist, ledger }: Sources,
  requirement: Requirement,
  evidence: Evidence,
): Issue[] {
  const place = ledger.placeOfThing(evidence);
  const name = `${evidence.state} evidence of requirement '${requirement.id}'`;
  // States are derived from top to bottom.
  const above = checklist.requirements
    .slice(0, checklist.requirements.indexOf(requirement))
    .map(({ id }) => id);
  const below = evidence.after.find((id) => !above.includes(id));
  if (below !== undefined)
    return [issueAt(place, `${name} comes after '${below}', which does not stand above it`)];
  if (!waysToShow(checklist, evidence.signs).next().done) return [];
  const signs = evidence.signs.map((sign) => `'${sign}'`).join(' and ');
  return [
    issueAt(
      place,
      `${name} never counts: no answers show ${signs}${evidence.signs.length > 1 ? ' at once' : ''}`,
    ),
  ];
}

function neverMet({ checklist, ledger }: Sources, requirement: Requirement): Issue[] {
  const switchedOn = new Set(checklist.facts.filter(({ on }) => on).map(({ id }) => id));
  const canBeMet = requirement.evidence.some(
    ({ state, unless }) => state === 'met' && (unless === null || !switchedOn.has(unless)),
  );
  if (canBeMet) return [];
  const reason = `requirement '${requirement.id}' can never be met: no answer is evidence for it`;
  return [issueAt(ledger.placeOf('requirement', requirement.id), reason)];
}

/** "Sudah saya lakukan" would be answered with the same verdict again. */
function doneInVain({ checklist, ledger }: Sources, { id, question, done }: Requirement): Issue[] {
  if (done === null) return [];
  for (const given of waysToAnswer(checklist, question, done)) {
    const { states } = walk(checklist, asAnswers(checklist, given), 0);
    if (states.some(({ requirement, state }) => requirement === id && state === 'met')) return [];
  }
  const reason = `requirement '${id}' is not met by '${done}' of question '${question}', which its 'done' names`;
  return [issueAt(ledger.placeOf('requirement', id), reason)];
}

/** A result that nobody asks about and that nobody waits for would count as reached. */
function passedOver({ checklist, ledger }: Sources, { id, kind, wait }: Requirement): Issue[] {
  const place = ledger.placeOf('requirement', id);
  if (wait !== null) {
    const asked = checklist.questions.find((question) => question.id === wait.question)!;
    if (asked.answers.some(({ daysAgo }) => daysAgo !== null)) return [];
    return [
      issueAt(
        place,
        `requirement '${id}' waits from question '${asked.id}', none of whose answers has daysAgo`,
      ),
    ];
  }
  if (kind === 'condition' || checklist.questions.some(({ about }) => about.includes(id))) return [];
  return [issueAt(place, `requirement '${id}' is passed over: no question is about it, and it has no wait`)];
}
