import { ConstatError } from '../../../shared/problems.ts';

/**
 * The address a capture will be sent to. Only http and https, no name or password inside the address (they would end up in
 * the record and hide where it leads); everything else is refused before anything is opened.
 * Throws URL_INVALID or URL_SCHEME.
 */
export function checkUrl(entered: string): URL {
  const trimmed = entered.trim();
  if (!URL.canParse(trimmed)) throw new ConstatError('URL_INVALID', { url: shown(entered) });
  const url = new URL(trimmed);
  const scheme = url.protocol.slice(0, -1);
  if (scheme !== 'http' && scheme !== 'https') {
    // `example.org:8080/x` and `localhost:3000` parse as a scheme of that name.
    if (scheme.includes('.') || scheme === 'localhost')
      throw new ConstatError('URL_INVALID', { url: shown(entered) });
    throw new ConstatError('URL_SCHEME', { scheme: `${scheme}:` });
  }
  if (url.hostname === '' || url.username !== '' || url.password !== '') {
    throw new ConstatError('URL_INVALID', { url: shown(entered) });
  }
  return url;
}

/** True for what a page may ask the network for; everything else never leaves the browser. */
export function isWebUrl(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

function shown(entered: string): string {
  const clean = entered.replaceAll(/[\p{Cc}\p{Cf}]/gu, '�');
  return clean.length > 200 ? `${clean.slice(0, 200)}…` : clean;
}
