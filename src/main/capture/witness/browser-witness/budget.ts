/** Bytes of bodies a capture may still keep, shared by all that keep bodies. */
export class ByteBudget {
  #left: number;
  #spent = 0;

  constructor(limit: number) {
    this.#left = limit;
  }

  get spent(): number {
    return this.#spent;
  }

  /** How many of `wanted` bytes may be kept; they count as spent. */
  take(wanted: number): number {
    const granted = Math.min(wanted, this.#left);
    this.#left -= granted;
    this.#spent += granted;
    return granted;
  }

  /** Gives back bytes that were thrown away after all. */
  giveBack(bytes: number): void {
    this.#left += bytes;
    this.#spent -= bytes;
  }
}
