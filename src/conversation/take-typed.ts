import { conclude } from './ask.ts';
import { type Draft, positionOf, say, update } from './draft.ts';
import { hasLetter, letterTo, tellCall } from './letter.ts';
import { forgetWords } from './names.ts';
import type { Dialogue, ForLetter } from './session.ts';
import type { Typed, TypingDialogue } from './typed.ts';

type LetterDialogue = Extract<Dialogue, { kind: 'letter' }>;
type ProviderDialogue = Extract<Dialogue, { kind: 'provider' }>;

const NOTHING: ForLetter = { training: null, finishedAt: null };

/** "Pesan ke lembaga": asks what it may say of the training, unless that was told before. */
export function startLetter(draft: Draft): void {
  const { verdict } = positionOf(draft);
  if (!hasLetter(draft, 'provider', verdict)) {
    say(draft, 'letter.not-now.provider');
    return conclude(draft, { lead: true });
  }
  const { letter } = draft.session;
  if (letter !== undefined && (letter.training !== null || letter.finishedAt !== null))
    return giveLetter(draft);
  say(draft, 'dialogue.letter.begin');
  update(draft, { dialogue: { kind: 'letter', about: 'training', typed: null } });
  conclude(draft);
}

/** "Tulis e-mail", "Naskah telepon" */
export function giveMail(draft: Draft): void {
  update(draft, { dialogue: null });
  if (!letterTo(draft, 'prakerja')) say(draft, 'letter.not-now.prakerja');
  conclude(draft, { lead: true });
}

export function giveCall(draft: Draft): void {
  update(draft, { dialogue: null });
  if (!tellCall(draft)) say(draft, 'letter.not-now.prakerja');
  conclude(draft, { lead: true });
}

/** The message; then, once, who the provider is. */
function giveLetter(draft: Draft): void {
  const wasAsked = draft.session.provider !== undefined;
  update(draft, { dialogue: wasAsked ? null : { kind: 'provider', typed: null } });
  letterTo(draft, 'provider');
  conclude(draft);
}

/** Keeps what was typed until its answer comes, nothing said; what cannot be used is not kept at all. */
export function keepTyped(draft: Draft, typed: Typed): void {
  const { dialogue } = draft.session;
  draft.holdsNames = true;
  if (dialogue?.kind === 'letter' && typed.kind === 'letter') {
    const { since = draft.at, ...before } = dialogue.typed ?? NOTHING_TYPED;
    update(draft, { dialogue: { ...dialogue, typed: { since, ...before, ...typed.about } } });
  } else if (dialogue?.kind === 'provider' && typed.kind === 'provider') {
    const since = dialogue.typed?.since ?? draft.at;
    update(draft, { dialogue: { ...dialogue, typed: { since, ...typed.provider } } });
  }
}

const NOTHING_TYPED: ForLetter & { readonly since?: number } = NOTHING;

/** Shows it before it is used, or says kindly why it cannot be used. */
export function takeTyped(draft: Draft, typed: Typed): void {
  update(draft, { misunderstood: 0 });
  if (typed.kind === 'letter-problem' || typed.kind === 'provider-problem') {
    const kind = typed.kind === 'letter-problem' ? 'letter' : 'provider';
    forgetWords(draft, draft.at);
    say(draft, `dialogue.${kind}.refused.${typed.problem}`);
  } else keepTyped(draft, typed);
  conclude(draft);
}

/** What was chosen below what was asked or shown. */
export function answerTyped(draft: Draft, dialogue: TypingDialogue, answer: string): void {
  if (answer === 'change') {
    update(draft, { dialogue: { ...dialogue, typed: null } });
    return conclude(draft);
  }
  if (dialogue.kind === 'letter') return answerLetter(draft, dialogue, answer === 'use');
  answerProvider(draft, dialogue, answer === 'use');
}

function answerLetter(draft: Draft, { about, typed }: LetterDialogue, isAgreed: boolean): void {
  const before = draft.session.letter ?? NOTHING;
  const used = isAgreed && typed !== null ? typed : NOTHING;
  const letter: ForLetter = {
    training: used.training ?? before.training,
    finishedAt: used.finishedAt ?? before.finishedAt,
  };
  update(draft, { letter });
  const isAnsweredAhead = about === 'training' && used.training === null && used.finishedAt !== null;
  const isAllAsked = about === 'finished' || letter.finishedAt !== null;
  if (isAllAsked && !isAnsweredAhead) return giveLetter(draft);
  const next = isAnsweredAhead ? 'training' : 'finished';
  update(draft, { dialogue: { kind: 'letter', about: next, typed: null } });
  conclude(draft);
}

function answerProvider(draft: Draft, { typed }: ProviderDialogue, isAgreed: boolean): void {
  const provider = isAgreed && typed !== null ? { key: typed.key, name: typed.name } : null;
  update(draft, { provider, dialogue: null });
  say(draft, provider === null ? 'dialogue.provider.skipped' : 'dialogue.provider.done');
  conclude(draft);
}
