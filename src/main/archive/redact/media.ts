/** Kinds of bodies, by how they are looked into. */
export type BodyKind = 'opaque' | 'html' | 'json' | 'mhtml' | 'socket' | 'text';

/** Larger bodies are searched for known values only, not for fields; in bytes. */
export const LARGEST_READ = 16 * 1024 * 1024;
/** A document with its pictures in one file. */
export const LARGEST_MHTML = 128 * 1024 * 1024;

/** How a body is looked into, by its media type and, for what the recorder made, its address. */
export function kindOfBody(contentType: string, uri: string): BodyKind {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (uri.startsWith('urn:websocket:')) return 'socket';
  if (/^(image\/(?!svg)|audio\/|video\/|font\/|application\/(pdf|zip|font|vnd\.ms-fontobject))/.test(type))
    return 'opaque';
  if (/html/.test(type)) return 'html';
  if (/json/.test(type)) return 'json';
  return /^(multipart\/related|message\/rfc822|application\/x-mimearchive)$/.test(type) ? 'mhtml' : 'text';
}
