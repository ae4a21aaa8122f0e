/** True for the host itself and what stands below it. */
export function hostFits(hostname: string, host: string): boolean {
  const own = hostname.toLowerCase();
  return own === host || own.endsWith(`.${host}`);
}

/** Whether path and query fit a pattern, `*` for anything. No regular expression, so that no address can make it slow. */
export function pathFits(url: URL, pattern: string): boolean {
  const path = `${url.pathname}${url.search}`.toLowerCase();
  const parts = pattern.split('*');
  const [first = '', ...rest] = parts;
  if (!path.startsWith(first)) return false;
  if (rest.length === 0) return path === first;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    if (index === rest.length - 1) return part === '' || path.slice(at).endsWith(part);
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return true;
}
