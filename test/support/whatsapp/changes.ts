/** Lets a test wait for something to become true, without asking again and again. */
export type Changes = {
  changed(): void;
  /** Resolves with the first answer that is neither undefined nor false. @throws after `timeoutMs` */
  until<T>(
    look: () => T | undefined | false,
    what: string,
    timeoutMs: number,
  ): Promise<Exclude<T, undefined | false>>;
};

export function createChanges(): Changes {
  const looking = new Set<() => void>();
  return {
    changed() {
      for (const look of looking) look();
    },
    until(look, what, timeoutMs) {
      type Found = Exclude<ReturnType<typeof look>, undefined | false>;
      const { promise, resolve, reject } = Promise.withResolvers<Found>();
      const again = (): void => {
        const found = look();
        if (found === undefined || found === false) return;
        stop();
        resolve(found as Found);
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error(`waited ${timeoutMs} ms in vain for ${what}`));
      }, timeoutMs);
      function stop(): void {
        clearTimeout(timer);
        looking.delete(again);
      }
      looking.add(again);
      again();
      return promise;
    },
  };
}
