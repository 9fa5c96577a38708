import type {
  Checklist,
  Evidence,
  Owner,
  Question,
  QuestionId,
  Requirement,
} from '../../checklist/checklist.ts';
import { factValue } from '../../checklist/walk.ts';
import { fill, type Values } from '../../conversation/fill.ts';
import type { Knowledge } from '../../conversation/knowledge.ts';
import type { Language } from '../../message.ts';

/** An answer that holds a step up, and whose turn it is then; no owner: the checklist is not for them. */
export type Holdup = { readonly answer: string; readonly owner: Owner | null; readonly turn: string };

export type StepContent = {
  readonly id: string;
  readonly owner: Owner;
  readonly name: string;
  /** Clauses of the source text, and when the step counts at all. */
  readonly notes: readonly string[];
  readonly holdups: readonly Holdup[];
  /** The questions whose answers hold it up, or settle it. */
  readonly questions: readonly QuestionId[];
};

export type QuestionContent = {
  readonly id: QuestionId;
  readonly name: string;
  readonly note: string | null;
  readonly answers: string;
};

/** What the picture says, in the words of the flow itself. */
export class Content {
  readonly #checklist: Checklist;
  readonly say: (id: string, values?: Values) => string;

  constructor({ checklist, words }: Knowledge, language: Language) {
    this.#checklist = checklist;
    this.say = (id, values) => fill(words[language], id, values);
  }

  steps(): readonly StepContent[] {
    return this.#checklist.requirements.map((requirement) => ({
      id: requirement.id,
      owner: requirement.owner,
      name: this.say(`requirement.${requirement.id}.name`),
      notes: this.#notesOf(requirement),
      holdups: [...this.#unmet(requirement), ...this.#waits(requirement)],
      questions: this.#questionsOf(requirement),
    }));
  }

  /** Questions that no step is shown beside are left out: nothing would lead to them. */
  questions(): readonly QuestionContent[] {
    const shown = new Set(this.steps().flatMap(({ questions }) => questions));
    return this.#checklist.questions
      .filter(({ id }) => shown.has(id))
      .map((question) => ({
        id: question.id,
        name: this.say(`question.${question.id}.short`),
        note: this.#conditionOf(question.onlyAfter),
        answers: question.answers.map(({ id }) => this.#label(question.id, id)).join('\u00a0· '),
      }));
  }

  #notesOf({ source, wantedBy }: Requirement): readonly string[] {
    const clauses = this.say('page.drawing.clauses', { clauses: source.join(', ') });
    if (wantedBy === null) return [clauses];
    const answer = this.#label(wantedBy.question, wantedBy.answer);
    return [clauses, this.say('page.drawing.only-after', { answer })];
  }

  #conditionOf(onlyAfter: Question['onlyAfter']): string | null {
    const answers = Object.entries(onlyAfter).flatMap(([question, ids]) =>
      ids.map((id) => this.#label(question, id)),
    );
    return answers.length === 0 ? null : this.say('page.drawing.only-after', { answer: answers.join(' / ') });
  }

  #unmet(requirement: Requirement): readonly Holdup[] {
    const isElsewhere = requirement.whenUnmet === 'elsewhere';
    return requirement.evidence
      .filter(({ state }) => state === 'unmet')
      .map((evidence) => ({
        answer: this.#answersOf(evidence, requirement.question),
        owner: isElsewhere ? null : requirement.owner,
        turn: isElsewhere ? this.say('page.drawing.elsewhere') : this.say(`say.owner.${requirement.owner}`),
      }));
  }

  #waits({ wait }: Requirement): readonly Holdup[] {
    if (wait === null) return [];
    const days = factValue(this.#checklist.facts, wait.daysFact);
    const when = this.say(`question.${wait.question}.short`);
    const row = (id: string, owner: Owner): Holdup => ({
      answer: `${when}: ${this.say(id, { days })}`,
      owner,
      turn: this.say(`say.owner.${owner}`),
    });
    return [row('page.drawing.waiting', 'nobody'), row('page.drawing.overdue', 'call-centre')];
  }

  /** "No menu", "Rated + No Kemnaker certificate"; the name of the question only where it is another one. */
  #answersOf({ signs }: Evidence, own: QuestionId): string {
    const seen = signs.map((id) => {
      const { seenIn } = this.#checklist.signs.find((sign) => sign.id === id)!;
      return Object.entries(seenIn)
        .map(([question, answers]) => {
          const labels = answers.map((answer) => this.#label(question, answer)).join(' / ');
          return question === own ? labels : `${this.say(`question.${question}.short`)}: ${labels}`;
        })
        .join(' / ');
    });
    return seen.join(' + ');
  }

  #questionsOf({ evidence, question, wait, wantedBy }: Requirement): readonly QuestionId[] {
    const unmet = evidence.filter(({ state }) => state === 'unmet').flatMap(({ signs }) => signs);
    const asked = this.#checklist.signs
      .filter(({ id }) => unmet.includes(id))
      .flatMap(({ seenIn }) => Object.keys(seenIn));
    const others = [wait?.question, wantedBy?.question].filter((id) => id !== undefined);
    return [...new Set([question, ...asked, ...others])];
  }

  #label(question: QuestionId, answer: string): string {
    return this.say(`question.${question}.answers.${answer}`);
  }
}
