import type { Event, Reminder, RequestRecord, Session, Step } from '../conversation/session.ts';
import type { Address, Outgoing, Saying } from '../message.ts';
import type { Projection, Turn, TurnResult } from '../store/store.ts';

/** conversation/step.ts, bound to the knowledge that is loaded at the moment. Pure and synchronous. */
export type Decide = (session: Session | null, event: Event, address: Address) => Step;

/** What lists and reports shall know of a step; `session` is the one it leaves behind. */
export type Project = (step: Step, session: Session) => Projection;

/** Decides one turn: everything that has to be written for it, in one piece. */
export function decideTurn(turn: Turn, decide: Decide, project: Project): TurnResult {
  return resultOf(decide(turn.session, turn.event, turn.address), project);
}

/** What is written instead when the event could not be handled: an apology, and the session as it was. */
export function apologiseFor(turn: Turn, decide: Decide, project: Project): TurnResult {
  return resultOf(decide(turn.session, { kind: 'failed', at: turn.event.at }, turn.address), project);
}

function resultOf(step: Step, project: Project): TurnResult {
  const outgoing: Outgoing[] = [];
  const posts: Saying[] = [];
  let request = null as RequestRecord | null;
  let remind: Reminder[] = [];
  let forgetReminders = false;
  let forgetWordsSince: number | null = null;
  let withdrawUnsent = false;
  let erase = false;
  for (const effect of step.effects) {
    switch (effect.kind) {
      case 'send':
        outgoing.push(effect.outgoing);
        break;
      case 'remind':
        remind.push(effect.reminder);
        break;
      case 'forget-reminders':
        // In the order of the effects: what this step armed before is forgotten too.
        remind = [];
        forgetReminders = true;
        break;
      case 'forget-words':
        forgetWordsSince = Math.min(forgetWordsSince ?? effect.since, effect.since);
        break;
      case 'withdraw-unsent':
        withdrawUnsent = true;
        break;
      case 'request':
        // What stands at the end of the step is what counts.
        request = { ...effect.request, summary: effect.request.summary ?? request?.summary ?? null };
        break;
      case 'post':
        posts.push(effect.outgoing);
        break;
      case 'erase':
        erase = true;
        break;
    }
  }
  const projection = project(step, step.session);
  return {
    session: step.session,
    projection,
    outgoing,
    request,
    posts,
    remind,
    forgetReminders,
    forgetWordsSince,
    withdrawUnsent,
    erase,
  };
}
