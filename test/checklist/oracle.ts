/**
 * The verdict that the table of requirements gives for a set of answers, written out by hand and apart from the
 * walk: no signs, no evidence lists, no loop over requirements, so that a fault in those does not repeat itself here.
 * K, L: Kemnaker's and the provider's certificate. D, S: certificate and schedule on the dashboard.
 */

import type { Answer, Answers } from '../../src/checklist/answers.ts';
import type { Owner } from '../../src/checklist/checklist.ts';
import type { VerdictKind } from '../../src/checklist/position.ts';

export type Switches = {
  readonly ratingOnDashboard: boolean;
  readonly syncDays: number;
  readonly payoutDays: number;
};

export type Expected = {
  readonly kind: VerdictKind;
  readonly requirement: string;
  readonly owner: Owner;
  /** Steps of the participant's own that are unmet or unknown and can be done now, in the order of the chain. */
  readonly meanwhile: readonly string[];
};

type State = 'met' | 'unmet' | 'unknown';

const HOUR_MS = 3_600_000;

/** Null while a question is left that has to be answered first. */
export function expectedVerdict(answers: Answers, at: number, switches: Switches): Expected | null {
  const said = (question: string): string => answers[question]?.answerId ?? 'unanswered';
  const order = (question: string): number => answers[question]?.order ?? -1;

  /** What was said on an occasion counts only while it stands, and only until its occasion is named anew. */
  const saidOn = (occasion: string, stands: boolean, question: string): string => {
    if (!stands) return 'off';
    return order(question) > order(occasion) ? said(question) : 'unanswered';
  };

  const dashboard = said('dashboard');
  const status = saidOn('dashboard', dashboard === 'status', 'status');
  const money = saidOn('status', status === 'transferred', 'money');
  const next = saidOn('goal', said('goal') === 'next-training', 'next');
  const training = said('training');
  const rating = said('rating');
  const certificates = said('certificates');
  const wallet = said('wallet');
  const names = said('names');

  const received = dashboard === 'received' || money === 'received';
  const S =
    received ||
    dashboard === 'schedule' ||
    !['off', 'unanswered', 'unknown', 'review-needed'].includes(status);
  const D = dashboard === 'certificate';
  const neitherIsSure = dashboard === 'nothing' || status === 'review-needed';
  const R = rating === 'sisnaker';
  const K = certificates === 'both' || certificates === 'kemnaker-only';
  const L = certificates === 'both' || certificates === 'provider-only';
  const noK = certificates === 'provider-only' || certificates === 'none';
  const noL = certificates === 'kemnaker-only' || certificates === 'none';

  let finished: State = 'unknown';
  const notFinishedIsNewest = order('training') > order('certificates') || !(K || L);
  if (training === 'not-finished' && notFinishedIsNewest) finished = 'unmet';
  else if (training === 'finished' || K || L || R || D || S) finished = 'met';

  let namesMatch: State = 'unknown';
  if (names === 'differ') namesMatch = 'unmet';
  else if (names === 'same' || D || S) namesMatch = 'met';

  let graded: State = 'unknown';
  if (finished === 'met' && rating === 'no-menu') graded = 'unmet';
  else if (R && noK) graded = 'unmet';
  else if (K || D || S || rating === 'told-graded') graded = 'met';
  else if (!switches.ratingOnDashboard && (R || rating === 'not-yet')) graded = 'met';

  let rated: State = 'unknown';
  const ratedIsNewest = R && order('rating') > order('status');
  if (rating === 'not-yet' || rating === 'partner-only') rated = 'unmet';
  else if (status === 'review-needed') rated = ratedIsNewest ? 'met' : 'unmet';
  else if (R || S) rated = 'met';
  else if (D && !switches.ratingOnDashboard) rated = 'met';

  let bothCertificates: State = 'unknown';
  if (noL && finished === 'met') bothCertificates = 'unmet';
  else if (noK && R) bothCertificates = 'unmet';
  else if (certificates === 'both' || D || S) bothCertificates = 'met';

  let walletLinked: State = 'unknown';
  const linkedIsNewest = wallet === 'linked' && order('wallet') > order('status');
  if (wallet === 'not-linked' || wallet === 'fails') walletLinked = 'unmet';
  else if (status === 'wallet-not-verified' || status === 'account-not-found')
    walletLinked = linkedIsNewest ? 'met' : 'unmet';
  else if (wallet === 'linked' || S) walletLinked = 'met';

  const meanwhileBeside = (requirement: string): string[] => {
    const open: string[] = [];
    const viaSisnaker = training !== 'elsewhere';
    if (finished !== 'met' && viaSisnaker) open.push('training-finished');
    if (namesMatch !== 'met' && viaSisnaker) open.push('names-match');
    // Nobody can rate a training that is not over, or where the provider's grade is missing (clause 3).
    if (rated !== 'met' && viaSisnaker && finished !== 'unmet' && graded !== 'unmet')
      open.push('rated-in-sisnaker');
    if (walletLinked !== 'met') open.push('wallet-linked');
    return open.filter((id) => id !== requirement);
  };
  const verdict = (kind: VerdictKind, requirement: string, owner: Owner): Expected => ({
    kind,
    requirement,
    owner,
    meanwhile: meanwhileBeside(requirement),
  });

  // The first condition in the chain that is unmet blocks, whatever else is not known yet.
  if (training === 'elsewhere') return verdict('elsewhere', 'via-sisnaker', 'participant');
  if (finished === 'unmet') return verdict('blocked', 'training-finished', 'participant');
  if (namesMatch === 'unmet') return verdict('blocked', 'names-match', 'participant');
  if (graded === 'unmet') return verdict('blocked', 'graded-in-sisnaker', 'provider');
  if (rated === 'unmet') return verdict('blocked', 'rated-in-sisnaker', 'participant');
  if (bothCertificates === 'unmet') return verdict('blocked', 'certificates', 'provider');
  if (walletLinked === 'unmet') return verdict('blocked', 'wallet-linked', 'participant');

  // What can still be asked is asked before anything is said about results.
  if (dashboard === 'unanswered' || status === 'unanswered' || money === 'unanswered') return null;
  if (finished === 'unknown' && training === 'unanswered') return null;
  if (rated === 'unknown' && rating === 'unanswered') return null;
  if (bothCertificates === 'unknown' && certificates === 'unanswered') return null;
  if (walletLinked === 'unknown' && wallet === 'unanswered') return null;
  if (namesMatch === 'unknown' && names === 'unanswered') return null;
  if ((D || S) && next === 'unanswered') return null;

  // Nobody knows: one thing to look up.
  if (finished === 'unknown') return verdict('find-out', 'training-finished', 'participant');
  if (namesMatch === 'unknown') return verdict('find-out', 'names-match', 'participant');
  // One look at the rating menu tells of the grade and of the rating: it is not a second thing to do meanwhile.
  if (graded === 'unknown') {
    const lookUp = verdict('find-out', 'graded-in-sisnaker', 'participant');
    return { ...lookUp, meanwhile: lookUp.meanwhile.filter((id) => id !== 'rated-in-sisnaker') };
  }
  if (rated === 'unknown') return verdict('find-out', 'rated-in-sisnaker', 'participant');
  if (bothCertificates === 'unknown') return verdict('find-out', 'certificates', 'participant');
  if (walletLinked === 'unknown') return verdict('find-out', 'wallet-linked', 'participant');

  // Every condition is met: the results follow, each in its time.
  const wait = (requirement: string, question: string, days: number): Expected | null => {
    const since = startedAt(answers[question]);
    if (said(question) === 'unanswered') return null;
    if (since === null) return verdict('find-out', requirement, 'participant');
    // The report goes out one day after (clause 2); a payout is late once the limit has passed.
    const over = wibDay(at) - since > days;
    return over ? verdict('blocked', requirement, 'call-centre') : verdict('waiting', requirement, 'nobody');
  };
  if (!D && !S) {
    if (!neitherIsSure) return verdict('find-out', 'reported-and-synced', 'participant');
    return wait('reported-and-synced', 'when', switches.syncDays);
  }
  if (next === 'unknown') return verdict('find-out', 'next-training', 'participant');
  if (next === 'cannot-buy') return verdict('blocked', 'next-training', 'call-centre');
  if (!S) return wait('schedule', 'when', switches.syncDays);
  if (received) return verdict('finished', 'payout', 'nobody');
  if (status === 'failed' || status === 'held' || money === 'not-received')
    return verdict('blocked', 'payout', 'call-centre');
  if (money === 'unknown') return verdict('find-out', 'payout', 'participant');
  return wait('payout', 'payout-date', switches.payoutDays);
}

/** Number of the WIB day on which the clock of a wait started, null when nobody knows. */
function startedAt(answer: Answer | undefined): number | null {
  const daysAgo: Record<string, number> = {
    today: 0,
    yesterday: 1,
    days: 2,
    longer: 8,
    'not-yet': -14,
    recent: 0,
    long: 8,
  };
  const ago = answer === undefined ? undefined : daysAgo[answer.answerId];
  return answer === undefined || ago === undefined ? null : wibDay(answer.at) - ago;
}

/** Days since 1970 by the calendar of Jakarta (UTC+7). */
function wibDay(at: number): number {
  return Math.floor((at + 7 * HOUR_MS) / (24 * HOUR_MS));
}
