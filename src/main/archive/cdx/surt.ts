/**
 * The sort-friendly form of an address that warcio.js and ReplayWeb.page use (reference part 3.5): `www.` dropped, all in
 * lower case, the host reversed, port kept, query arguments sorted. What is not http(s) stays as it is. The result holds no
 * white space, so that it can be a key of a CDXJ line.
 */
export function surt(url: string): string {
  if (!url.startsWith('http:') && !url.startsWith('https:')) return withoutSpace(url);
  const parsed = URL.parse(url.replace(/^(https?:\/\/)www\d*\./, '$1').toLowerCase());
  if (parsed === null) return withoutSpace(url);
  const host = parsed.hostname.split('.').toReversed().join(',');
  const query = parsed.search === '' ? '' : `?${parsed.search.slice(1).split('&').sort().join('&')}`;
  return withoutSpace(`${host}${parsed.port === '' ? '' : `:${parsed.port}`})${parsed.pathname}${query}`);
}

function withoutSpace(key: string): string {
  return key.replace(/[\s\p{Cc}]/gu, (char) => encodeURIComponent(char));
}
