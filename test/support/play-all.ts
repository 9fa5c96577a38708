import { readdirSync, readFileSync } from 'node:fs';
import { parseTranscript } from '../../src/command/transcript.ts';
import type { Knowledge } from '../../src/conversation/knowledge.ts';
import { shippedKnowledge } from './conversation.ts';
import { type Played, playTranscript } from './transcript-player.ts';

export const TRANSCRIPTS = 'test/transcripts';

/** Every transcript, as it is written and as it goes. */
export function playAll(): {
  readonly knowledge: Knowledge;
  readonly written: ReadonlyMap<string, string>;
  readonly played: ReadonlyMap<string, Played>;
} {
  const knowledge = shippedKnowledge();
  const written = new Map<string, string>();
  const played = new Map<string, Played>();
  for (const name of readdirSync(TRANSCRIPTS).sort()) {
    const text = readFileSync(`${TRANSCRIPTS}/${name}`, 'utf8');
    written.set(name, text);
    try {
      played.set(name, playTranscript(knowledge, parseTranscript(text)));
    } catch (error) {
      throw new Error(`Cannot play ${name}: ${(error as Error).message}`, { cause: error });
    }
  }
  return { knowledge, written, played };
}
