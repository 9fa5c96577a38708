// Longer than others: it is one table, every text there is.
import { type Checklist, type FactId, OWNERS, type Requirement } from '../checklist/checklist.ts';
import type { DifferenceDetail } from '../language/names/difference.ts';
import { INCOMING_KINDS, STEP_STATES } from '../message.ts';
import { CARD_TEXTS } from './card-texts.ts';
import { READY_LABELS } from './case-label.ts';
import { ACTIONS } from './choice.ts';
import { CONTROLS, type MatterId, type Topic } from './knowledge.ts';
import { LETTER, LETTER_FAMILIES, LETTER_TEXTS, lettersAbout, TYPED_LABELS } from './letter-texts.ts';
import { CLOSINGS } from './session.ts';

/** What the code relies on about one text of flows/. */
export type TextRule = {
  /** Placeholders that the code gives values for. Facts and `{operator}` are filled in when the files are loaded. */
  readonly values: readonly string[];
  /** Most characters, counted as people see them. */
  readonly longest: number;
};

/** Every platform shows this much on a button. */
const LABEL = 20;
/** Steps stand in a list with a mark, an owner and a date beside them. */
const NAME = 40;
const COMMAND = 60;
/** An answer is followed by its source and by the pending question, all in one message. */
const ANSWER = 700;
/** What to do: the longest part of a verdict, with its head, its owner and its source around it. */
const REMEDY = 2500;
/** One message, with room for what is said around the text; Telegram ends at 4,096. */
const MESSAGE = 3500;

/** Texts whose ids stand in the code as they are, with the values it gives. */
const FIXED: Readonly<Record<string, readonly string[]>> = {
  'notice.text': [],
  'verdict.finished.finished': [],
  'dialogue.correct.text': [],
  'dialogue.correct.nothing': [],
  'dialogue.settle.text': ['first', 'second'],
  'dialogue.settle.done': [],
  'dialogue.stop.done': [],
  'dialogue.new-case.text': [],
  'dialogue.new-case.before': ['label'],
  'dialogue.new-case.first': [],
  'dialogue.new-case.taken': [],
  'dialogue.new-case.done': ['label'],
  'dialogue.new-case.kept': [],
  'dialogue.close-case.text': ['label'],
  'dialogue.close-case.done': ['label'],
  'dialogue.close-case.kept': [],
  'dialogue.names.ask.kemnaker': [],
  'dialogue.names.ask.prakerja': [],
  'dialogue.names.kept': [],
  'dialogue.names.unread': [],
  'dialogue.names.late': [],
  'dialogue.names.same': [],
  'dialogue.names.differs': [],
  'dialogue.names.kemnaker': ['name'],
  'dialogue.names.prakerja': ['name'],
  'dialogue.names.line.both': ['what', 'kemnaker', 'prakerja'],
  'dialogue.names.line.kemnaker': ['what', 'name'],
  'dialogue.names.line.prakerja': ['what', 'name'],
  ...LETTER_TEXTS,
  'say.noted': ['answer'],
  'say.corrected': ['question', 'answer'],
  'say.already-noted': ['answer'],
  'say.old-choice': [],
  'say.question-again': [],
  'say.which': [],
  'say.agreed': [],
  'say.which-topic.one': [],
  'say.which-topic.many': [],
  'say.also': ['topic'],
  'say.which-number': [],
  'say.two-answers': [],
  'say.choose-number': ['choices'],
  'say.not-understood.first': [],
  'say.not-understood.second': [],
  'say.not-understood.third': [],
  'say.verdict.head': ['number', 'count', 'requirement'],
  'say.verdict.step': ['requirement'],
  'say.verdict.meanwhile': ['steps'],
  'say.verdict.also': ['steps'],
  'say.verdict.unchanged': ['requirement'],
  'say.verdict.elsewhere-head': [],
  'say.verdict.finished-head': [],
  'say.verdict.find-out-head': ['requirement'],
  'say.status.title': [],
  'say.status.none': [],
  'say.status.line': ['state', 'number', 'requirement'],
  'say.status.owner': ['owner'],
  'say.status.since': ['date'],
  'say.status.noted': ['date'],
  'say.cases.about': ['label'],
  'say.cases.switched': ['label'],
  'say.cases.old-choice': ['label'],
  'say.cases.title': [],
  'say.cases.line': ['label', 'state'],
  'say.cases.current': ['label', 'state'],
  'say.cases.asking': ['question'],
  'say.cases.others': ['cases'],
  'say.cases.only-one': [],
  'say.cases.full': ['count'],
  'say.cases.last': [],
  'say.cases.which-to-close': [],
  'say.cases.or-another': [],
  'say.cases.all-go': [],
  'say.source': ['source', 'clauses', 'date'],
  'say.same-cause': ['requirement'],
  'say.offer-check': [],
  'say.menu': [],
  'say.questions': [],
  'say.help': [],
  'say.back.done': ['question'],
  'say.back.start': [],
  'say.resumed': [],
  'say.language.changed': [],
  'say.human': [],
  'say.request.noted': [],
  'say.request.seen': [],
  'say.request.still': ['when'],
  'say.request.again': [],
  'say.request.wait.open': ['until'],
  'say.request.wait.closed': ['when', 'until'],
  'say.request.cancelled': [],
  'say.request.none': [],
  'say.request.closed': [],
  'say.request.given-up': ['when'],
  'say.from-operator': ['words'],
  'say.hours.open': [],
  'say.hours.closed': ['when'],
  'say.hours.holiday': ['holidays', 'when'],
  'say.hours.holiday-next': ['holidays', 'when'],
  'say.hours.here': ['opens', 'closes', 'zone'],
  'say.programme.open': ['date'],
  'say.programme.paused': ['date'],
  'say.programme.closed': ['date'],
  'say.greeting': [],
  'say.thanks': [],
  'say.official': [],
  'say.weary': [],
  'say.failed': [],
  'say.unchanged': [],
  'say.outage': [],
  'say.here-again': [],
  'say.burst': ['count'],
  'say.heard': ['topic'],
  'say.heard-story': [],
  'say.done': [],
  'say.remind.set': ['date', 'zone'],
  'say.remind.zone': [],
  'say.remind.ask.yesterday': ['missing'],
  'say.remind.ask.since': ['missing', 'date'],
  'say.remind.ask.now': ['missing'],
  'say.remind.last': [],
  'say.remind.provider-silent': ['days'],
  'say.remind.unchanged': ['date'],
  'say.remind.nothing': [],
  'say.zone.noted': ['zone'],
  'dialogue.remind-day.text': [],
  'dialogue.remind-day.which': [],
  'dialogue.remind-day.too-far': [],
  'say.remind.forgotten': [],
  'say.acknowledged': [],
  'say.stopped-reply': [],
  'say.why.because': ['question', 'answer'],
  'say.why.nothing': [],
  'date.day': ['weekday', 'day', 'month'],
  'date.at': ['day', 'time'],
  'date.at-here': ['day', 'time', 'here', 'zone'],
  'date.month-year': ['month', 'year'],
  'date.full': ['day', 'month', 'year'],
  'page.drawing.title': [],
  'page.drawing.questions': [],
  'page.drawing.steps': [],
  'page.drawing.unmet': [],
  'page.drawing.clauses': ['clauses'],
  'page.drawing.only-after': ['answer'],
  'page.drawing.waiting': ['days'],
  'page.drawing.overdue': ['days'],
  'page.drawing.elsewhere': [],
  'page.desk.topic': ['number'],
  'page.desk.asked': ['language'],
  'page.desk.verdict': ['requirement', 'state', 'owner'],
  'page.desk.no-verdict': [],
  'page.desk.since': ['date'],
  'page.desk.answer': ['question', 'answer', 'date'],
  'page.desk.last-words': ['words'],
  'page.desk.how': [],
  'page.desk.words': ['words'],
  'page.desk.pressed': ['choice'],
  'page.desk.edited': ['words'],
  'page.desk.not-text': [],
  'page.desk.called': [],
  'page.desk.asked-again': [],
  'page.desk.phone': [],
  'page.desk.waiting': ['when'],
  'page.desk.undelivered': [],
  'page.desk.no-request': [],
  'page.desk.no-edits': [],
  'page.desk.only-text': [],
  'page.terminal.intro': [],
  'page.terminal.number-hint': [],
  'page.terminal.choose': [],
  'page.terminal.clock': ['time'],
  'page.terminal.unknown-command': [],
};

/** Kinds of messages that need no sentence of their own. */
const READABLE: readonly string[] = [
  ...['text', 'choice', 'left', 'returned', 'operator', 'handed-back', 'desk', 'desk-edit', 'desk-other'],
];

/** What a difference between two names can be (language/names/difference.ts). */
const NAME_DETAILS: readonly DifferenceDetail[] = [
  ...(['academic-title', 'religious-title', 'noble-title', 'address-word', 'rank'] as const),
  ...(['known-abbreviation', 'initial', 'initials', 'shortened', 'abbreviated-title'] as const),
  ...(['old-spelling', 'variant-spelling', 'doubled-letter', 'dropped-h', 'diacritic'] as const),
  ...(['word-order', 'name', 'descent-word', 'repeated-name', 'filler'] as const),
  ...(['changed-letter', 'missing-letter', 'extra-letter', 'swapped-letters', 'digit-for-letter'] as const),
  ...(['look-alike-letter', 'other-script'] as const),
];

/** Families of texts whose ids the code puts together: the beginning, then each of the ends. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'say.cannot-read': [...INCOMING_KINDS.filter((kind) => !READABLE.includes(kind)), 'empty', 'long'],
  'dialogue.new-case.unread': ['empty', 'too-long', 'number', 'address'],
  'dialogue.names.unclear': ['not-complete', 'hidden', 'number', 'diacritics'],
  'dialogue.names.detail': NAME_DETAILS,
  ...LETTER_FAMILIES,
  'say.secret': ['number', 'code', 'password'],
  'say.verdict.turn': OWNERS,
  'say.owner': OWNERS,
  'say.status.state': STEP_STATES,
  'date.weekday': upTo(0, 6),
  'date.month': upTo(1, 12),
  // The line under a menu of numbers, for a single choice and for several.
  'page.whatsapp.menu': ['one', 'several'],
  // For those who answer: why a request ended, and why their words were not passed on (guard.ts).
  'page.desk.closed': CLOSINGS,
  'page.desk.refused': ['empty', 'too-long', 'link', 'request', 'secret'],
  'page.desk.state': ['blocked', 'waiting', 'find-out', 'elsewhere', 'finished'],
  'page.desk.language': ['id', 'en'],
  'page.web': [
    ...[
      'title',
      'subtitle',
      'placeholder',
      'send',
      'connecting',
      'offline',
      'retry',
      'typing',
      'newer',
      'you',
    ],
    ...['pandu', 'history-label', 'too-long'],
  ],
};

/** Side questions that are answered with yes or no. */
const DIALOGUES = ['delete-data', 'restart'] as const;

/** In the order in which Telegram's menu shows them; each is read like a typed word. */
export const COMMANDS = [
  ...['start', 'menu', 'status', 'help', 'back', 'correct', 'restart', 'language', 'human', 'stop', 'delete'],
] as const;

/** At least one: with none, or a word, everything would be old at the next look (command/retention.ts). */
const KEPT_DAYS = /^[1-9]\d{0,3}$/;
/** At least one, so that somebody has the time to answer (request.ts). */
const OFFICE_HOURS = /^[1-9]\d?$/;
/** At least one: with none, or a word, Pandu would talk into what a person writes (pause.ts). */
const PAUSE_HOURS = /^[1-9]\d?$/;
const TIME = /^([01]\d|2[0-3])\.[0-5]\d$/;

/** Facts that the code itself reads, with the form their value must have. */
export const NEEDED_FACTS: Readonly<Record<FactId, { readonly form: RegExp; readonly example: string }>> = {
  'report.days': { form: /^\d{1,2}$/, example: '1' },
  'call-centre.days': { form: /^[0-6]-[0-6]$/, example: '1-5' },
  'call-centre.opens': { form: TIME, example: '08.00' },
  'call-centre.closes': { form: TIME, example: '19.00' },
  'keep.messages-days': { form: KEPT_DAYS, example: '30' },
  'keep.answers-days': { form: KEPT_DAYS, example: '180' },
  'operator.pause-hours': { form: PAUSE_HOURS, example: '2' },
  'provider.silent-working-days': { form: /^[1-9]\d?$/, example: '5' },
  'remind.most': { form: /^[1-9]$/, example: '4' },
  'operator.days': { form: /^[0-6]-[0-6]$/, example: '1-5' },
  'operator.opens': { form: TIME, example: '08.00' },
  'operator.closes': { form: TIME, example: '16.00' },
  'operator.escalate-hours': { form: OFFICE_HOURS, example: '2' },
  'operator.give-up-hours': { form: OFFICE_HOURS, example: '8' },
  'source.article': { form: /./, example: 'artikel 43000575703' },
};

/** Facts that the code reads where they stand and are on, with the form their value must have. */
export const CHOOSING_FACTS: typeof NEEDED_FACTS = {
  'programme.status': { form: /^(open|paused|closed)$/, example: 'paused' },
};

/**
 * Every text that can be said with this checklist and these topics, in either language: exactly these ids must be in
 * the files of words. The one table of text ids; `pandu check` holds flows/ against it.
 */
export function expectedTexts(
  checklist: Pick<Checklist, 'questions' | 'requirements'>,
  topics: readonly Topic[],
  matters: readonly MatterId[] = [],
): ReadonlyMap<string, TextRule> {
  const rules = new Map<string, TextRule>();
  const expect = (id: string, longest: number, values: readonly string[] = []): void => {
    rules.set(id, { values, longest });
  };
  for (const [id, values] of Object.entries(FIXED)) expect(id, MESSAGE, values);
  for (const [start, ends] of Object.entries(FAMILIES))
    for (const end of ends) expect(`${start}.${end}`, MESSAGE);
  for (const [id, rule] of CARD_TEXTS) rules.set(id, rule);
  for (const action of ACTIONS) expect(`choice.${action}`, LABEL);
  for (const control of CONTROLS) expect(`control.${control}.label`, LABEL);
  for (const command of COMMANDS) expect(`command.${command}`, COMMAND);
  for (const day of ['tomorrow', 'three-days', 'week', 'no']) expect(`dialogue.remind-day.${day}`, LABEL);
  for (const label of ['names.no', 'new-case.no', 'close-case.yes', 'close-case.no'])
    expect(`dialogue.${label}`, LABEL);
  for (const label of READY_LABELS) expect(`dialogue.new-case.${label}`, LABEL);
  for (const dialogue of DIALOGUES) {
    for (const label of ['yes', 'no']) expect(`dialogue.${dialogue}.${label}`, LABEL);
    for (const text of ['text', 'done', 'kept']) expect(`dialogue.${dialogue}.${text}`, MESSAGE);
  }
  for (const dialogue of ['letter', 'provider'])
    for (const label of TYPED_LABELS) expect(`dialogue.${dialogue}.${label}`, LABEL);
  for (const { id } of topics) {
    expect(`topic.${id}.label`, LABEL);
    expect(`topic.${id}.answer`, ANSWER);
  }
  for (const matter of matters) expect(`matter.${matter}`, ANSWER);
  for (const requirement of checklist.requirements) {
    expect(`requirement.${requirement.id}.name`, NAME);
    if (canBeWaitedFor(requirement)) expect(`requirement.${requirement.id}.missing`, MESSAGE);
    expect(`requirement.${requirement.id}.why`, MESSAGE);
    for (const { telling } of requirement.evidence) {
      if (telling !== null) expect(`verdict.${requirement.id}.${telling}`, REMEDY);
    }
    for (const [telling, to] of lettersAbout(requirement))
      expect(`letter.matter.${requirement.id}.${telling}.${to}`, LETTER);
    if (requirement.wait === null) continue;
    for (const telling of ['waiting', 'overdue']) {
      expect(`verdict.${requirement.id}.${telling}`, REMEDY, ['from', 'report', 'until']);
    }
  }
  const lookedUp = new Set(checklist.requirements.map(({ question }) => question));
  for (const question of checklist.questions) {
    expect(`question.${question.id}.text`, MESSAGE);
    expect(`question.${question.id}.short`, LABEL);
    for (const answer of question.answers) expect(`question.${question.id}.answers.${answer.id}`, LABEL);
    // Told to who does not know, and when nobody knows about a requirement.
    if (question.unsure !== null || lookedUp.has(question.id))
      expect(`question.${question.id}.find-out`, REMEDY);
  }
  return rules;
}

/** Whether a verdict can stand there that is not the last word; elsewhere nothing comes of waiting. */
function canBeWaitedFor({ whenUnmet, wait, evidence }: Requirement): boolean {
  return whenUnmet !== 'elsewhere' && (wait !== null || evidence.some(({ telling }) => telling !== null));
}

function upTo(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
