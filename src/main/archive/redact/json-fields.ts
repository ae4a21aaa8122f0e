import { bytesOf, type Editor, utf8Of } from './editor.ts';
import { kindOfField } from './names.ts';

export interface JsonRules {
  isSecret(name: string): boolean;
  /** What is done with a text that is no secret itself but may hold some: JSON in JSON, an address. */
  within?(text: string): string;
}

interface Frame {
  object: boolean;
  key: string | null;
  secret: boolean;
  /** `{"name": "password", "value": "…"}`: what the object says it is, and where its value stands. */
  named: string | null;
  value: { start: number; end: number; text: string } | null;
}

const NAMING = new Set(['name', 'key', 'field', 'id', 'type', 'param', 'autocomplete']);
const VALUE = new Set(['value', 'val', 'text', 'data']);

/**
 * Leaves secret members out of JSON and of what is like it (several values, a prefix against inclusion, an end that is
 * missing), a character per byte. Every member counts, also one whose name comes twice; all other bytes stay.
 */
export function editJson(text: string, editor: Editor, rules: JsonRules): string {
  /** By where they start; of two at one place the later stands. */
  const edits = new Map<number, { end: number; by: string }>();
  const frames: Frame[] = [];
  const omit = (name: string, start: number, end: number, value: string): void => {
    if (value === '' || /^(true|false|null)$/.test(value)) return;
    const marker = editor.omit(name, value, end - start, kindOfField(name), 'secret-field');
    edits.set(start, { end, by: `"${marker}"` });
  };
  const inside = (start: number, end: number, value: string): void => {
    const inner = rules.within?.(value) ?? value;
    if (inner !== value) edits.set(start, { end, by: bytesOf(JSON.stringify(inner)) });
  };
  const scalar = (start: number, end: number, value: string, quoted: boolean): void => {
    const frame = frames.at(-1);
    const key = frame?.key ?? null;
    if (frame?.secret === true || (key !== null && rules.isSecret(key))) {
      omit(key ?? '[]', start, end, value);
      return;
    }
    if (frame?.object === true && key !== null) {
      const lower = key.toLowerCase();
      if (quoted && NAMING.has(lower) && rules.isSecret(value)) frame.named = value;
      if (VALUE.has(lower)) frame.value = { start, end, text: value };
    }
    if (quoted) inside(start, end, value);
  };
  for (let at = 0; at < text.length;) {
    const char = text[at];
    const frame = frames.at(-1);
    if (char === '"') {
      const end = stringEnd(text, at);
      const value = unquoted(text.slice(at, end));
      const colon = /^[ \t\r\n]*:/.exec(text.slice(end, end + 64))?.[0];
      if (colon !== undefined && frame?.object !== false) {
        if (frame === undefined) frames.push(newFrame(true, false));
        const own = frames.at(-1);
        if (own !== undefined) own.key = value;
        if (rules.within !== undefined && value.includes('://')) inside(at, end, value);
        at = end + colon.length;
      } else {
        scalar(at, end, value, true);
        at = end;
      }
    } else if (char === '{' || char === '[') {
      const within = frame?.key ?? null;
      const secret = frame?.secret === true || (within !== null && rules.isSecret(within));
      frames.push(newFrame(char === '{', secret));
      at += 1;
    } else if (char === '}' || char === ']') {
      const done = frames.pop();
      if (done !== undefined && done.named !== null && done.value !== null) {
        const { start, end, text: value } = done.value;
        omit(done.named, start, end, value);
      }
      at += 1;
    } else if (char === ',') {
      if (frame !== undefined) frame.key = null;
      at += 1;
    } else if (char !== undefined && /[-+.\w]/.test(char)) {
      const end = wordEnd(text, at);
      if (frame !== undefined) scalar(at, end, text.slice(at, end), false);
      at = end;
    } else at += 1;
  }
  let out = '';
  let from = 0;
  for (const [start, { end, by }] of [...edits].toSorted(([a], [b]) => a - b)) {
    out += text.slice(from, start) + by;
    from = end;
  }
  return edits.size === 0 ? text : out + text.slice(from);
}

function newFrame(object: boolean, secret: boolean): Frame {
  return { object, key: null, secret, named: null, value: null };
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && /[-+.\w]/.test(text[at] ?? '')) at += 1;
  return at;
}

function unquoted(raw: string): string {
  const text = utf8Of(raw);
  try {
    return String(JSON.parse(text));
  } catch {
    return text.replace(/^"|"$/g, '');
  }
}
