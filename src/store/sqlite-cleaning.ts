/**
 * Removes the traces of what was deleted from the whole file, slice by slice. One round at a time: whoever asks while
 * one is running, and so deleted something from slices that are done, shares the next one with all others who ask.
 *
 * @param slice does one slice and resolves to where the next begins, null after the last
 */
export function createCleaning(slice: (at: number) => Promise<number | null>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;

  async function round(): Promise<void> {
    next = null;
    try {
      for (let at: number | null = 0; at !== null; ) at = await slice(at);
    } catch {
      // The disk may be full just now, or the store closing: the next round does it, and so does opening the file.
    }
  }

  return () => {
    if (next === null) {
      next = running.then(round);
      running = next;
    }
    return next;
  };
}
