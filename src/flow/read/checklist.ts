import {
  AIDS,
  type AnswerOption,
  type Checklist,
  type Evidence,
  OWNERS,
  type Question,
  type Requirement,
  type Sign,
  type Strength,
} from '../../checklist/checklist.ts';
import type { Ledger } from '../ledger.ts';
import type { Located, Shape } from './shape.ts';
import type { Entry, Tree } from './yaml.ts';

const STATES: readonly Evidence['state'][] = ['met', 'unmet'];
const STRENGTHS: readonly Strength[] = ['said', 'inferred'];

/** flows/checklist.yaml as the walk needs it, its shorthand written out. Facts come from a file of their own. */
export function readChecklist(tree: Tree, shape: Shape, ledger: Ledger): Omit<Checklist, 'facts'> {
  const reader = new ChecklistReader(shape, ledger);
  const fields = shape.fields(tree, 'the checklist', ['signs', 'requirements', 'questions']);
  return {
    signs: shape.entries(fields.signs, 'signs').flatMap((entry) => reader.sign(entry) ?? []),
    requirements: shape
      .list(fields.requirements, 'requirements')
      .flatMap((item) => reader.requirement(item) ?? []),
    questions: shape.list(fields.questions, 'questions').flatMap((item) => reader.question(item) ?? []),
  };
}

class ChecklistReader {
  readonly #shape: Shape;
  readonly #ledger: Ledger;

  constructor(shape: Shape, ledger: Ledger) {
    this.#shape = shape;
    this.#ledger = ledger;
  }

  sign({ key, place, value }: Entry): Sign | null {
    const id = this.#shape.id({ value: key, place }, 'sign');
    if (id === null) return null;
    return { id: this.#ledger.declare('sign', id), seenIn: this.#answersByQuestion(value, `sign '${key}'`) };
  }

  requirement(tree: Tree): Requirement | null {
    const fields = this.#shape.fields(
      tree,
      nameOf('requirement', tree),
      ['id', 'source', 'owner', 'kind', 'question', 'met'],
      ['whenUnmet', 'done', 'needs', 'wantedBy', 'wait', 'unmet'],
    );
    const id = this.#id(fields.id, 'requirement');
    if (id === null) return null;
    const name = `requirement '${id.value}'`;
    const question = this.#refer('question', fields.question, `question of ${name}`);
    const done = this.#shape.text(fields.done, `done of ${name}`);
    return {
      id: this.#ledger.declare('requirement', id),
      source: this.#referAll('clause', fields.source, `source of ${name}`),
      owner: this.#shape.oneOf(fields.owner, `owner of ${name}`, OWNERS) ?? 'participant',
      kind: this.#shape.oneOf(fields.kind, `kind of ${name}`, ['condition', 'result']) ?? 'condition',
      evidence: STATES.flatMap((state) => this.#evidenceOf(fields[state], state, name)),
      whenUnmet:
        this.#shape.oneOf(fields.whenUnmet, `whenUnmet of ${name}`, ['blocked', 'elsewhere']) ?? 'blocked',
      needs: this.#referAll('requirement', fields.needs, `needs of ${name}`),
      wantedBy: this.#wantedBy(fields.wantedBy, name),
      wait: this.#wait(fields.wait, name),
      question,
      done: done === null ? null : this.#ledger.referAnswer(question, done),
    };
  }

  question(tree: Tree): Question | null {
    const fields = this.#shape.fields(
      tree,
      nameOf('question', tree),
      ['id', 'answers'],
      ['about', 'onlyAfter', 'onlyMet', 'yes', 'no', 'unsure', 'aid', 'moved', 'movedAnswers'],
    );
    const id = this.#id(fields.id, 'question');
    if (id === null) return null;
    const name = `question '${id.value}'`;
    const ownAnswer = (answer: Located): string => this.#ledger.referAnswer(id.value, answer);
    const unsure = this.#shape.text(fields.unsure, `unsure of ${name}`);
    return {
      id: this.#ledger.declare('question', id),
      answers: this.#shape
        .list(fields.answers, `answers of ${name}`)
        .flatMap((item) => this.#answer(item, id.value) ?? []),
      about: this.#referAll('requirement', fields.about, `about of ${name}`),
      onlyAfter: this.#answersByQuestion(fields.onlyAfter, `onlyAfter of ${name}`),
      onlyMet: this.#referAll('requirement', fields.onlyMet, `onlyMet of ${name}`),
      yes: this.#shape.texts(fields.yes, `yes of ${name}`).map(ownAnswer),
      no: this.#shape.texts(fields.no, `no of ${name}`).map(ownAnswer),
      unsure: unsure === null ? null : ownAnswer(unsure),
      aid: this.#shape.oneOf(fields.aid, `aid of ${name}`, AIDS),
      moved: this.#shape.texts(fields.moved, `moved of ${name}`).map(({ value }) => value),
      movedAnswers: Object.fromEntries(
        this.#shape.entries(fields.movedAnswers, `movedAnswers of ${name}`).map(({ key, value }) => {
          const current = this.#shape.text(value, `movedAnswers of ${name}`);
          return [key, current === null ? '' : ownAnswer(current)];
        }),
      ),
    };
  }

  #answer(tree: Tree, question: string): AnswerOption | null {
    const what = `answer of question '${question}'`;
    const fields: Partial<Record<'id' | 'daysAgo' | 'onlyAgain', Tree>> =
      tree.kind === 'text' ? { id: tree } : this.#shape.fields(tree, what, ['id'], ['daysAgo', 'onlyAgain']);
    const id = this.#id(fields.id, what);
    if (id === null) return null;
    return {
      id: this.#ledger.declareAnswer(question, id),
      daysAgo: this.#shape.wholeNumber(fields.daysAgo, `daysAgo of ${what}`),
      onlyAgain: this.#shape.yesNo(fields.onlyAgain, `onlyAgain of ${what}`) ?? false,
    };
  }

  /** `said:` and `inferred:` under `met:` or `unmet:`, each a list of evidence. */
  #evidenceOf(tree: Tree | undefined, state: Evidence['state'], name: string): readonly Evidence[] {
    if (tree === undefined) return [];
    const fields = this.#shape.fields(tree, `${state} of ${name}`, [], STRENGTHS);
    return STRENGTHS.flatMap((strength) =>
      this.#shape
        .list(fields[strength], `${strength} of ${name}`)
        .flatMap((item) => this.#evidence(item, state, strength, name) ?? []),
    );
  }

  /** `[a, b]`: both signs seen. Written as a map when there is more to say. */
  #evidence(tree: Tree, state: Evidence['state'], strength: Strength, name: string): Evidence | null {
    const what = `${state} evidence of ${name}`;
    // What disproves a requirement is told to somebody, so it always names its text.
    const needed = state === 'unmet' ? (['signs', 'telling'] as const) : (['signs'] as const);
    const isPlain = tree.kind === 'list' && state === 'met';
    const fields: Partial<Record<'signs' | 'telling' | 'after' | 'unless', Tree>> = isPlain
      ? { signs: tree }
      : this.#shape.fields(tree, what, needed, ['after', 'unless']);
    const signs = this.#referAll('sign', fields.signs, what);
    if (signs.length === 0) {
      if (fields.signs?.kind === 'list') this.#shape.report(tree.place, `${what} names no sign`);
      return null;
    }
    const telling = this.#shape.text(fields.telling, `telling of ${what}`);
    const unless = this.#shape.text(fields.unless, `unless of ${what}`);
    if (telling !== null) this.#shape.id(telling, 'telling');
    const evidence: Evidence = {
      state,
      strength,
      signs,
      after: this.#referAll('requirement', fields.after, `after of ${what}`),
      unless: unless === null ? null : this.#ledger.refer('fact', unless),
      telling: telling?.value ?? null,
    };
    this.#ledger.mark(evidence, tree.place);
    return evidence;
  }

  #wantedBy(tree: Tree | undefined, name: string): Requirement['wantedBy'] {
    const what = `wantedBy of ${name}`;
    if (tree === undefined) return null;
    const fields = this.#shape.fields(tree, what, ['question', 'answer']);
    const question = this.#refer('question', fields.question, what);
    const answer = this.#shape.text(fields.answer, what);
    return answer === null ? null : { question, answer: this.#ledger.referAnswer(question, answer) };
  }

  #wait(tree: Tree | undefined, name: string): Requirement['wait'] {
    const what = `wait of ${name}`;
    if (tree === undefined) return null;
    const fields = this.#shape.fields(tree, what, ['question', 'days']);
    return {
      question: this.#refer('question', fields.question, what),
      daysFact: this.#refer('fact', fields.days, what),
    };
  }

  #answersByQuestion(tree: Tree | undefined, what: string): Readonly<Record<string, readonly string[]>> {
    const answers = this.#shape.entries(tree, what).map(({ key, place, value }) => {
      const question = this.#ledger.refer('question', { value: key, place });
      const given = this.#shape.texts(value, `answers in ${what}`);
      if (given.length === 0 && value.kind === 'list') this.#shape.report(place, `${what} names no answer`);
      return [question, given.map((answer) => this.#ledger.referAnswer(question, answer))] as const;
    });
    return Object.fromEntries(answers);
  }

  #id(tree: Tree | undefined, what: string): Located | null {
    const id = this.#shape.text(tree, `id of ${what}`);
    return id === null ? null : this.#shape.id(id, what);
  }

  #refer(kind: 'question' | 'fact', tree: Tree | undefined, what: string): string {
    const id = this.#shape.text(tree, what);
    return id === null ? '' : this.#ledger.refer(kind, id);
  }

  #referAll(
    kind: 'sign' | 'requirement' | 'clause',
    tree: Tree | undefined,
    what: string,
  ): readonly string[] {
    return this.#shape.texts(tree, what).map((id) => this.#ledger.refer(kind, id));
  }
}

/** `requirement 'x'`, or `a requirement` while its id is not known yet. */
function nameOf(kind: string, tree: Tree): string {
  const id = tree.kind === 'map' ? tree.entries.get('id')?.value : undefined;
  return id?.kind === 'text' && id.value !== '' ? `${kind} '${id.value}'` : `a ${kind}`;
}
