import canonicalize from 'canonicalize';
import type { JsonObject, JsonValue } from '../../shared/domain/common.ts';
import { ConstatError } from '../../shared/problems.ts';

/**
 * The one text of a JSON value (RFC 8785): the same value gives the same bytes on every machine. Throws INPUT_INVALID for
 * what has no such text: numbers that are not finite, and strings with half a surrogate pair (see `wellFormed`).
 */
export function canonicalJson(value: JsonValue): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (error) {
    throw new ConstatError(
      'INPUT_INVALID',
      { reason: error instanceof Error ? error.message : String(error) },
      { cause: error },
    );
  }
  if (text === undefined) throw new ConstatError('INPUT_INVALID', { reason: 'not a JSON value' });
  return text;
}

/**
 * The same value with every half of a surrogate pair replaced by U+FFFD, as SQLite and UTF-8 do it. A page may put such halves into its
 * title or address, and must not be able to prevent by it that it is sealed.
 */
export function wellFormed(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key.toWellFormed(), wellFormedValue(each)]),
  );
}

function wellFormedValue(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormedValue);
  return typeof value === 'object' && value !== null ? wellFormed(value) : value;
}
