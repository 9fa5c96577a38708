import { readFileSync } from 'node:fs';
import type { Question } from '../../src/checklist/checklist.ts';
import { Ledger } from '../../src/flow/ledger.ts';
import { readVoice } from '../../src/flow/read/examples.ts';
import { Shape } from '../../src/flow/read/shape.ts';
import { parseYaml } from '../../src/flow/read/yaml.ts';
import { askedOf, readSources, type Sources, spellingOf } from '../../src/flow/sources.ts';
import { answerLines, outOfScopeKind, topicLines, type Voice } from '../../src/language/learning/examples.ts';
import { type Learned, learn } from '../../src/language/learning/learn.ts';
import { OUT_OF_SCOPE } from '../../src/language/understand.ts';
import { noisy } from './noise.ts';

export const FLOWS = new URL('../../flows/', import.meta.url);
/** Each written by somebody who saw no other sentence, and never learnt. */
const TEST_VOICES = new URL('../../test/understanding/', import.meta.url);
/** Its mistakes were read while Pandu was made; nothing was changed after those of the other were. */
export const TEST_VOICE = 'perantau';
export const UNREAD_VOICE = 'gerbong';

export type Line = {
  readonly voice: string;
  /** Any kind of what is out of scope is `out-of-scope`. */
  readonly label: string;
  readonly text: string;
};

/** The reply to a question that was just asked. */
export type Reply = Line & { readonly question: Question };

/** The sentences of one voice, as they are put to a reader that never saw them. */
export type Spoken = { readonly lines: readonly Line[]; readonly replies: readonly Reply[] };

export function loadSources(): Sources {
  const { sources, issues } = readSources(FLOWS.pathname);
  if (sources === null) throw new Error(`Cannot read flows/: ${issues[0]!.file}: ${issues[0]!.reason}`);
  return sources;
}

export function loadTestVoice(name: string): Voice {
  const report = ({ file, line }: { file: string; line: number }, reason: string): never => {
    throw new Error(`Cannot read ${file}:${line}: ${reason}`);
  };
  const file = `${name}.yaml`;
  const tree = parseYaml(file, readFileSync(new URL(file, TEST_VOICES), 'utf8'), report)!;
  return readVoice(name, tree, new Shape(report), new Ledger()).voices[0]!;
}

/** As `readSources` does it, but from these voices only, and on request in another spelling. */
export function learnFrom(
  { checklist, topics, reader, normal }: Sources,
  voices: readonly Voice[],
  spelling: (text: string) => string = normal,
): Learned {
  return learn(voices, spellingOf(reader(), spelling), askedOf(checklist, topics))!;
}

export function spokenBy(sources: Sources, voice: Voice): Spoken {
  const lines = topicLines([voice]).map(({ label, text }) => ({
    voice: voice.name,
    label: outOfScopeKind(label) === null ? label : OUT_OF_SCOPE,
    text,
  }));
  const questions = new Map(sources.checklist.questions.map((question) => [question.id, question]));
  const replies = answerLines([voice]).flatMap(({ question, lines: answered }) =>
    answered.map(({ label, text }) => ({
      voice: voice.name,
      label,
      text,
      question: questions.get(question)!,
    })),
  );
  return { lines, replies };
}

export function misspelt({ lines, replies }: Spoken): Spoken {
  return {
    lines: lines.map((line) => ({ ...line, text: noisy(line.text) })),
    replies: replies.map((reply) => ({ ...reply, text: noisy(reply.text) })),
  };
}
