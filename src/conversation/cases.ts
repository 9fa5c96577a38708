import type { CaseLabel } from './case-label.ts';
import type { CaseState, Session } from './session.ts';

/** More than this nobody keeps apart in one chat, and a session stays small. */
export const MOST_CASES = 5;

/** Every field that belongs to a case; the compiler asks for whatever is added to `CaseState`. */
const CASE_FIELDS: Readonly<Record<keyof CaseState, true>> = {
  caseId: true,
  label: true,
  answers: true,
  order: true,
  firstRevision: true,
  focus: true,
  meanwhile: true,
  told: true,
  settled: true,
  standing: true,
  reminding: true,
  letter: true,
  provider: true,
};

/** A case of which nothing is known yet. `firstRevision`: of the first menu that can be about it. */
export function emptyCase(caseId: number, label: CaseLabel | null, firstRevision: number): CaseState {
  return {
    caseId,
    label,
    answers: {},
    order: 0,
    firstRevision,
    focus: null,
    meanwhile: false,
    told: null,
    settled: [],
  };
}

/** The current case, to be parked. */
export function caseOf(session: Session): CaseState {
  const own = Object.entries(session).filter(([field]) => field in CASE_FIELDS);
  return Object.fromEntries(own) as CaseState;
}

/** All cases in the order in which they were opened. */
export function casesOf(session: Session): readonly CaseState[] {
  return [...session.others, caseOf(session)].toSorted((a, b) => a.caseId - b.caseId);
}

export function hasSeveral(session: Session): boolean {
  return session.others.length > 0;
}

/**
 * The session with another case in the place of the current one, which is lost unless `others` holds it. What was asked
 * and shown before belongs to the former.
 */
export function takeUp(session: Session, next: CaseState, others: readonly CaseState[]): Session {
  // Field by field: one that only the former case has must not stay behind.
  const shared = Object.entries(session).filter(([field]) => !(field in CASE_FIELDS));
  return {
    ...(Object.fromEntries(shared) as Omit<Session, keyof CaseState>),
    ...next,
    others,
    switchedAt: session.revision,
    menu: [],
    asked: null,
    dialogue: null,
    misunderstood: 0,
  };
}

/** The same case with nothing answered; choices shown before, and its reminders, are of another start now. */
export function startedOver(session: Session): Session {
  const empty = emptyCase(session.caseId, session.label, session.revision + 1);
  // Answers go on being counted: none of before is newer than one of now.
  return takeUp(session, { ...empty, order: session.order }, session.others);
}

/** With one case more, which becomes the current one. */
export function opened(session: Session, label: CaseLabel | null): Session {
  const caseId = session.casesOpened + 1;
  const next = emptyCase(caseId, label, session.revision + 1);
  return { ...takeUp(session, next, [...session.others, caseOf(session)]), casesOpened: caseId };
}

/** With a parked case in the place of the current one; null when there is no such case. */
export function switchedTo(session: Session, caseId: number): Session | null {
  const next = session.others.find((parked) => parked.caseId === caseId);
  if (next === undefined) return null;
  const rest = session.others.filter((parked) => parked !== next);
  return takeUp(session, next, [...rest, caseOf(session)]);
}

/** Without a case; where it was the current one, with the one left last in its place. Needs another one to go on with. */
export function closed(session: Session, caseId: number): Session {
  if (session.caseId !== caseId)
    return { ...session, others: session.others.filter((parked) => parked.caseId !== caseId) };
  return takeUp(session, session.others.at(-1)!, session.others.slice(0, -1));
}

/** Whether a choice may have been shown for another case, or for an earlier start of this one. */
export function isOfFormerCase(session: Session, revision: number): boolean {
  return revision < session.firstRevision || revision <= session.switchedAt;
}

/** Whether a choice was shown before any of the cases began: in a conversation that was erased since, or before a new start. */
export function isBeforeAll(session: Session, revision: number): boolean {
  return casesOf(session).every(({ firstRevision }) => revision < firstRevision);
}
