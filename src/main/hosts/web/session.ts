import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const secret = () => randomBytes(32).toString('base64url');

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares without telling by its duration how much was right. Digests first, because lengths may differ. */
function same(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * Who may use the browser host: whoever brought a one-time token, which the person was given on their own terminal, and since then
 * carries the session's cookie. A token opens once; another can be had with `mint`.
 */
export class WebSession {
  readonly #cookieName: string;
  readonly #value = secret();
  readonly #tokens = new Set<string>();

  /** Cookies are not told apart by port, so the name carries it. */
  constructor(port: number) {
    this.#cookieName = `constat-${port}`;
  }

  /** A fresh token, good once. */
  mint(): string {
    const token = secret();
    this.#tokens.add(token);
    return token;
  }

  /** Whether the token is good, without using it up. */
  knows(token: string): boolean {
    return this.#find(token) !== undefined;
  }

  /** Uses the token up. False where it was used before or never given. */
  redeem(token: string): boolean {
    const found = this.#find(token);
    return found !== undefined && this.#tokens.delete(found);
  }

  #find(token: string): string | undefined {
    let found: string | undefined;
    for (const known of this.#tokens) if (same(known, token)) found = known;
    return found;
  }

  /** Set-Cookie for a browser that redeemed a token. Priority keeps it when a page fills the jar. */
  get setCookie(): string {
    return `${this.#cookieName}=${this.#value}; Path=/; HttpOnly; SameSite=Strict; Priority=High`;
  }

  /** Whether a Cookie header carries the session. Several of that name may stand there; one right one is enough. */
  admits(cookieHeader: string | undefined): boolean {
    let admitted = false;
    for (const pair of (cookieHeader ?? '').split(';')) {
      const at = pair.indexOf('=');
      if (
        at > 0 &&
        pair.slice(0, at).trim() === this.#cookieName &&
        same(pair.slice(at + 1).trim(), this.#value)
      ) {
        admitted = true;
      }
    }
    return admitted;
  }
}
