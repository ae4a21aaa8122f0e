/** Longest query that is made of a request body, in characters, as warcio.js has it. */
const MAX_QUERY = 4096;

/**
 * A request's body in the form of a query, as warcio.js makes it, so that ReplayWeb.page finds the answer to a POST: forms as
 * they are, JSON and multipart flattened to names and values, anything else in base64. `requestBody` goes to the CDXJ line;
 * `url` is what its key is made of. Null for GET.
 */
export function requestQuery(
  url: string,
  method: string,
  contentType: string,
  body: Uint8Array,
): { url: string; requestBody: string } | null {
  if (method === 'GET') return null;
  const requestBody = bodyQuery(contentType, body).slice(0, MAX_QUERY);
  let query: string;
  try {
    query = decodeURI(requestBody);
  } catch {
    query = '';
  }
  return { url: `${url}${url.indexOf('?') > 0 ? '&' : '?'}__wb_method=${method}&${query}`, requestBody };
}

function bodyQuery(contentType: string, body: Uint8Array): string {
  const text = (): string => new TextDecoder().decode(body);
  switch (contentType.split(';')[0]) {
    case 'application/x-www-form-urlencoded':
      return text();
    case 'application/json':
    case 'text/plain':
      return jsonQuery(text());
    case 'multipart/form-data':
      return multipartQuery(text(), contentType);
    default:
      return binaryQuery(body);
  }
}

function binaryQuery(body: Uint8Array): string {
  return `__wb_post_data=${Buffer.from(body).toString('base64')}`;
}

/** Names and scalar values of any depth; a name that comes again gets a number. Nothing where it is not JSON. */
function jsonQuery(text: string): string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return '';
  }
  const query = new Map<string, string>();
  const repeats = new Map<string, number>();
  const add = (key: string, value: string): void => {
    if (value === '') return;
    let name = key;
    if (query.has(key)) {
      const count = (repeats.get(key) ?? 1) + 1;
      repeats.set(key, count);
      name = `${key}.${count}_`;
    }
    query.set(name, value);
  };
  // A list of what is still to do instead of recursion: depth is the sender's choice.
  const todo: [key: string, value: unknown][] = [['', json]];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [key, value] = next;
    if (value === null) add(key, 'null');
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      add(key, `${value}`);
    else if (Array.isArray(value)) for (const item of value.toReversed()) todo.push([key, item]);
    else for (const field of Object.entries(value ?? {}).toReversed()) todo.push(field);
  }
  return new URLSearchParams([...query]).toString();
}

function multipartQuery(text: string, contentType: string): string {
  const boundary = contentType.split('boundary=')[1];
  const query = new URLSearchParams();
  if (boundary === undefined) return '';
  for (const part of text.split(boundary)) {
    const field = /name="([^"]+)"\r\n\r\n(.*)/im.exec(part.trim());
    if (field?.[1] !== undefined && field[2] !== undefined) query.set(field[1], field[2]);
  }
  return query.toString();
}
