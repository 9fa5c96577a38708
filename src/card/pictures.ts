import { Worker } from 'node:worker_threads';
import type { Card } from '../message.ts';
import { drawCard, sizeOfCard } from './draw.ts';

/** A picture as files and pages have it; `width` and `height` in pixels of a phone that is 360 of them wide. */
export type Picture = { readonly png: Uint8Array; readonly width: number; readonly height: number };

export type Pictures = {
  /**
   * The card as PNG, twice as many pixels as its width and height say.
   * @throws {Error} when it cannot be drawn, or not soon enough for somebody who waits for an answer
   */
  draw(card: Card): Promise<Picture>;
  /** Known before it is drawn. */
  sizeOf(card: Card): { readonly width: number; readonly height: number };
  /** Ends the thread. What is being drawn fails. */
  stop(): Promise<void>;
};

export type PictureOptions = {
  /** Where the thread's code is. */
  readonly thread?: URL;
  readonly patienceMs?: number;
  readonly restMs?: number;
};

/** What the thread is told, and what it answers: `png` null with a reason when it could not. */
export type ToThread = { readonly id: number; readonly svg: string };
export type FromThread = { readonly id: number; readonly png: Uint8Array | null; readonly reason: string };

/** Far above the number of different cards that a day brings; some 40 kB each. */
const MOST_KEPT = 100;
const PATIENCE_MS = 10_000;
/** The renderer holds some 40 MB, and what most people see is remembered. */
const REST_MS = 60_000;

/**
 * Draws cards on a thread of its own, since each takes a tenth of a second in which nobody else should wait. The thread is
 * opened for the first picture and closed when none was wanted for a while; after a failure the next card gets a new one.
 */
export function createPictures(options: PictureOptions = {}): Pictures {
  const { thread = new URL('render-thread.ts', import.meta.url) } = options;
  /** By what is drawn, the one used last at the end. */
  const kept = new Map<string, Promise<Uint8Array>>();
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array>>();
  let worker: Worker | null = null;
  let rest: NodeJS.Timeout | undefined;
  let count = 0;

  function open(): Worker {
    const opened = new Worker(thread);
    opened.unref();
    opened.on('message', ({ id, png, reason }: FromThread) => {
      if (png === null) waiting.get(id)?.reject(new Error(`Cannot draw a picture: ${reason}`));
      else waiting.get(id)?.resolve(png);
    });
    const end = (cause?: unknown): void => {
      if (worker === opened) giveUp(cause);
    };
    opened.on('error', end);
    opened.on('exit', () => end());
    return opened;
  }

  /** @returns the thread, which is no longer asked */
  function giveUp(cause?: unknown): Worker | null {
    const given = worker;
    worker = null;
    clearTimeout(rest);
    for (const { reject } of waiting.values())
      reject(new Error('The thread that draws pictures ended', { cause }));
    return given;
  }

  async function close(): Promise<void> {
    await giveUp()?.terminate();
  }

  async function render(svg: string): Promise<Uint8Array> {
    clearTimeout(rest);
    worker ??= open();
    count += 1;
    const id = count;
    const answer = Promise.withResolvers<Uint8Array>();
    const impatience = setTimeout(() => {
      answer.reject(new Error('Cannot draw a picture: it takes too long'));
      void close();
    }, options.patienceMs ?? PATIENCE_MS);
    waiting.set(id, answer);
    worker.postMessage({ id, svg } satisfies ToThread);
    try {
      return await answer.promise;
    } finally {
      clearTimeout(impatience);
      waiting.delete(id);
      if (waiting.size === 0) rest = setTimeout(() => void close(), options.restMs ?? REST_MS).unref();
    }
  }

  return {
    async draw(card) {
      const svg = drawCard(card);
      const png = kept.get(svg) ?? render(svg);
      kept.delete(svg);
      kept.set(svg, png);
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value!);
      try {
        return { png: await png, ...sizeOfCard(card) };
      } catch (error) {
        if (kept.get(svg) === png) kept.delete(svg);
        throw error;
      }
    },
    sizeOf: sizeOfCard,
    stop: close,
  };
}
