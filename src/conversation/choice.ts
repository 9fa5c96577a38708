import type { AnswerId, QuestionId, RequirementId } from '../checklist/checklist.ts';

/**
 * What pressing a choice means. Written into the choice's id together with the revision of the menu that showed it,
 * so that a press made late or twice can never answer another question.
 */
export type Pick =
  | { readonly kind: 'answer'; readonly question: QuestionId; readonly answer: AnswerId }
  | { readonly kind: 'control'; readonly control: string }
  | { readonly kind: 'topic'; readonly topic: string }
  /** Something done about one requirement: see ACTIONS. */
  | { readonly kind: 'act'; readonly action: Action; readonly requirement: RequirementId }
  | { readonly kind: 'dialogue'; readonly dialogue: string; readonly answer: string }
  /** Ask this question again, to correct its answer. */
  | { readonly kind: 'question'; readonly question: QuestionId }
  /** Go on with one of the cases, or close it; `case` is its number. */
  | { readonly kind: 'switch-case' | 'close-case'; readonly case: number };

export const ACTIONS = [
  'done',
  'check-meanwhile',
  'check-step',
  'remind',
  'changed',
  'unchanged',
  'never',
  'other-day',
  'in-wita',
  'in-wit',
  'compare-names',
] as const;
export type Action = (typeof ACTIONS)[number];

const PATTERN = /^([actvdqsx]):([a-z][a-z0-9-]*)(?::([a-z][a-z0-9-]*))?:([0-9a-z]{1,8})$/;

/** At most 64 bytes for ids as `pandu check` admits them. Revision in base 36. */
export function choiceId(pick: Pick, revision: number): string {
  const end = revision.toString(36);
  switch (pick.kind) {
    case 'answer':
      return `a:${pick.question}:${pick.answer}:${end}`;
    case 'control':
      return `c:${pick.control}:${end}`;
    case 'topic':
      return `t:${pick.topic}:${end}`;
    case 'act':
      return `v:${pick.action}:${pick.requirement}:${end}`;
    case 'dialogue':
      return `d:${pick.dialogue}:${pick.answer}:${end}`;
    case 'question':
      return `q:${pick.question}:${end}`;
    case 'switch-case':
      return `s:c${pick.case}:${end}`;
    case 'close-case':
      return `x:c${pick.case}:${end}`;
  }
}

/** @returns null for anything that `choiceId` could not have made: clients can send any bytes (faults.md S21) */
export function parseChoice(id: string): { readonly pick: Pick; readonly revision: number } | null {
  const match = PATTERN.exec(id);
  if (match === null) return null;
  const [, letter, first, second, end] = match as unknown as [
    string,
    string,
    string,
    string | undefined,
    string,
  ];
  const pick = pickOf(letter, first, second);
  return pick === null ? null : { pick, revision: Number.parseInt(end, 36) };
}

function pickOf(letter: string, first: string, second: string | undefined): Pick | null {
  if (second === undefined) {
    if (letter === 'c') return { kind: 'control', control: first };
    if (letter === 't') return { kind: 'topic', topic: first };
    if (letter === 'q') return { kind: 'question', question: first };
    const number = /^c([1-9]\d{0,8})$/.exec(first)?.[1];
    if (letter === 's' && number !== undefined) return { kind: 'switch-case', case: Number(number) };
    if (letter === 'x' && number !== undefined) return { kind: 'close-case', case: Number(number) };
    return null;
  }
  if (letter === 'a') return { kind: 'answer', question: first, answer: second };
  if (letter === 'd') return { kind: 'dialogue', dialogue: first, answer: second };
  const action = ACTIONS.find((known) => known === first);
  if (letter === 'v' && action !== undefined) return { kind: 'act', action, requirement: second };
  return null;
}
