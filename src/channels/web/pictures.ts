import type { Address, Card } from '../../message.ts';
import type { Pictures } from '../channel.ts';
import type { Transcript, TranscriptLine } from './ports.ts';

/** A line as the page gets it: of a picture only its size and its name, the rest is fetched when it is seen. */
export type PageLine = Omit<TranscriptLine, 'picture'> & {
  readonly picture?: { readonly width: number; readonly height: number; readonly alt: string };
};

export function onPage({ picture, ...line }: TranscriptLine, pictures: Pictures): PageLine {
  if (picture === undefined) return line;
  // What it shows is told by the words below it; said twice it would be read aloud twice.
  return { ...line, picture: { ...pictures.sizeOf(picture), alt: picture.title } };
}

/** What stands above the words of one line of this conversation; null when nothing does. */
export async function pictureOf(address: Address, id: number, transcript: Transcript): Promise<Card | null> {
  if (id === 0) return null;
  const [line] = await transcript.read(address, id - 1, 1);
  return line?.id === id ? (line.picture ?? null) : null;
}
