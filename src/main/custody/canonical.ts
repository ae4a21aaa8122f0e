import canonicalize from 'canonicalize';
import type { JsonValue } from '../../shared/domain/common.ts';
import { ConstatError } from '../../shared/problems.ts';

/**
 * The one text of a JSON value (RFC 8785): the same value gives the same bytes on every machine. Throws INPUT_INVALID for
 * what has no such text: numbers that are not finite, and strings with half a surrogate pair (make them well-formed first).
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
