import { randomBytes } from 'node:crypto';

/** Which capture a replay origin stands for. */
export interface Granted {
  caseId: string;
  captureId: string;
}

/**
 * The captures that may be replayed in this session. Each gets an unguessable name that becomes a host name of its own, so that two
 * replayed pages never share an origin: one cannot read, or falsify the stored index of, the other.
 */
export class ReplayGrants {
  readonly #byToken = new Map<string, Granted>();
  readonly #tokens = new Map<string, string>();

  /** The name under which a capture is replayed; the same for the whole session. A DNS label of 33 characters. */
  grant(caseId: string, captureId: string): string {
    const key = `${caseId}/${captureId}`;
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const token = `r${randomBytes(16).toString('hex')}`;
    this.#tokens.set(key, token);
    this.#byToken.set(token, { caseId, captureId });
    return token;
  }

  find(token: string): Granted | undefined {
    return this.#byToken.get(token);
  }
}
