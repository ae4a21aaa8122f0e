/** Prints numbered steps with how long each took, so that a person sees what happens and where time goes. */
export class Steps {
  readonly #total: number;
  readonly #write: (text: string) => void;
  #count = 0;

  constructor(total: number, write: (text: string) => void = (text) => process.stdout.write(text)) {
    this.#total = total;
    this.#write = write;
  }

  /** Runs one step. What it gives back as `said` is printed beside its name. */
  async step<T>(name: string, work: () => Promise<T> | T, said: (result: T) => string): Promise<T> {
    this.#count += 1;
    this.#write(`[${this.#count}/${this.#total}] ${name} … `);
    const begun = performance.now();
    try {
      const result = await work();
      this.#write(`${said(result)} (${((performance.now() - begun) / 1000).toFixed(1)} s)\n`);
      return result;
    } catch (error) {
      this.#write('failed\n');
      throw error;
    }
  }
}
