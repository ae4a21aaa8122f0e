import type { Check } from '../../shared/domain/custody.ts';

/** Failures that are listed one by one; a case that is damaged all over is not described leaf by leaf. */
const listLimit = 500;

/** What a verification found, in the order in which it was looked at. */
export class Findings {
  readonly #checks: Check[] = [];
  #failures = 0;

  report(check: Check): void {
    if (check.status === 'fail') this.#failures += 1;
    if (check.status !== 'fail' || this.#failures <= listLimit) this.#checks.push(check);
  }

  fail(item: string, message: string): void {
    this.report({ item, status: 'fail', message });
  }

  warn(item: string, message: string): void {
    this.report({ item, status: 'warning', message });
  }

  pass(item: string, message: string): void {
    this.report({ item, status: 'pass', message });
  }

  /** Failures so far, listed or not. */
  get failures(): number {
    return this.#failures;
  }

  get checks(): Check[] {
    const unlisted = this.#failures - listLimit;
    if (unlisted <= 0) return [...this.#checks];
    return [
      ...this.#checks,
      { item: 'further failures', status: 'fail', message: `${unlisted} more are not listed here.` },
    ];
  }
}
