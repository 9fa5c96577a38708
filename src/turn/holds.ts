/** Counts who wants nothing to be begun, each until what `take` returned is called. */
export class Holds {
  #count = 0;

  get any(): boolean {
    return this.#count > 0;
  }

  /** @param onLast called when the last of them lets go */
  take(onLast: () => void): () => void {
    let isHeld = true;
    this.#count += 1;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      this.#count -= 1;
      if (this.#count === 0) onLast();
    };
  }
}
