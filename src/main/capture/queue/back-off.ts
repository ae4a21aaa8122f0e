/** Milliseconds before the second try; doubled before each further one. */
const firstPause = 30_000;
const longestPause = 15 * 60_000;
/** What a server asks for with Retry-After is heeded up to here. */
const longestAsked = 24 * 3_600_000;

/**
 * Milliseconds until the next try after so many failures: doubling, spread by a quarter either way so that what failed together does not
 * come back together; never sooner than the server asked (RFC 9110, 10.2.3).
 * @param random from 0 to 1
 */
export function pauseAfter(failures: number, asked: number | null, random: number): number {
  const doubled = Math.min(longestPause, firstPause * 2 ** (Math.max(1, failures) - 1));
  const spread = doubled * (0.75 + random / 2);
  return Math.round(Math.max(spread, Math.min(longestAsked, asked ?? 0)));
}

/** A Retry-After header as milliseconds from `now`: seconds or a date. Null where there is none or it says nothing. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const at = /^\d{1,10}$/.test(text) ? now + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** Milliseconds until a computer without network looks again, after so many looks: up to ten minutes. */
export function pauseBetweenLooks(looks: number): number {
  return Math.min(600_000, 5000 * 2 ** Math.min(looks, 7));
}
