import type { Fact } from '../checklist/checklist.ts';
import { dayNumber } from '../language/dates.ts';
import { type Issue, issueAt } from './issue.ts';
import { learningHash } from './learned.ts';
import type { Sources } from './sources.ts';

/** What somebody should see to, and what Pandu can well run with meanwhile. `at` is epoch milliseconds. */
export function notesOn(sources: Sources, at: number): readonly Issue[] {
  return [...staleCalibration(sources), ...overdueFacts(sources, at), ...endOfHolidays(sources, at)];
}

/** The numbers say how sure the reader is after learning from other sentences than these. */
function staleCalibration({ files, examples, calibration }: Sources): readonly Issue[] {
  if (examples.voices.length === 0 || calibration.fitted === learningHash(files)) return [];
  return [
    issueAt(
      { file: files.nameOf('calibration.yaml'), line: 1 },
      'these numbers were fitted to other examples: run npm run calibrate',
    ),
  ];
}

/**
 * Facts that are told and that nobody has confirmed for longer than they are good for. Those of one day and one limit come
 * in one note, at the first of them: they were confirmed together, and can be again.
 */
function overdueFacts({ checklist, ledger }: Sources, at: number): readonly Issue[] {
  const together = new Map<string, Fact[]>();
  for (const fact of checklist.facts) {
    if (!fact.on || fact.limitDays === null || ageDays(fact, at) <= fact.limitDays) continue;
    const key = `${fact.confirmed} ${fact.limitDays}`;
    together.set(key, [...(together.get(key) ?? []), fact]);
  }
  return [...together.values()].map((facts) => {
    const [{ confirmed, limitDays, id }] = facts as [Fact, ...Fact[]];
    const ids = facts.map((fact) => fact.id).join(', ');
    const days = ageDays(facts[0]!, at);
    return issueAt(
      ledger.placeOf('fact', id),
      `last confirmed on ${confirmed}, ${days} days ago (limit: ${limitDays} days); look again, then change the date: ${ids}`,
    );
  });
}

function ageDays({ confirmed }: Fact, at: number): number {
  return dayNumber(at) - dayNumber(Date.parse(`${confirmed}T00:00:00+07:00`));
}

/** The next decree comes out some months before the year it is for. */
const HOLIDAYS_AHEAD_DAYS = 60;

function endOfHolidays({ files, calendar }: Sources, at: number): readonly Issue[] {
  const left = dayNumber(Date.parse(`${calendar.until}T00:00:00+07:00`)) - dayNumber(at);
  if (left > HOLIDAYS_AHEAD_DAYS) return [];
  const place = { file: files.nameOf('holidays.yaml'), line: 1 };
  return [
    issueAt(place, `the public holidays are known until ${calendar.until} only: add those of the next year`),
  ];
}
