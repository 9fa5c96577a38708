import { readdirSync, readFileSync } from 'node:fs';
import { parseTranscript } from '../../src/command/transcript.ts';
import type { Knowledge } from '../../src/conversation/knowledge.ts';
import { shippedKnowledge } from './conversation.ts';
import { type Played, playTranscript } from './transcript-player.ts';

export const TRANSCRIPTS = 'test/transcripts';

/** Every transcript as it is written, by its name. */
export function writtenTranscripts(): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(TRANSCRIPTS)
      .sort()
      .map((name) => [name, readFileSync(`${TRANSCRIPTS}/${name}`, 'utf8')]),
  );
}

/** Every transcript, as it is written and as it goes. */
export function playAll(): {
  readonly knowledge: Knowledge;
  readonly written: ReadonlyMap<string, string>;
  readonly played: ReadonlyMap<string, Played>;
} {
  const knowledge = shippedKnowledge();
  const written = writtenTranscripts();
  const played = new Map<string, Played>();
  for (const [name, text] of written) {
    try {
      played.set(name, playTranscript(knowledge, parseTranscript(text)));
    } catch (error) {
      throw new Error(`Cannot play ${name}: ${(error as Error).message}`, { cause: error });
    }
  }
  return { knowledge, written, played };
}
