import { z } from 'zod';
import { editSentBody, noteAnswer } from './body-fields.ts';
import { bytesOf, type Editor } from './editor.ts';

const messageSchema = z.looseObject({ direction: z.string(), encoding: z.string(), data: z.string() });

/**
 * A line of a WebSocket's log with the secret fields of its message left out, and then what `known` finds. The same buffer
 * where nothing is. A line that is none is searched as it stands.
 */
export function editSocketLine(
  line: Buffer,
  editor: Editor,
  known: (bytes: Uint8Array) => Uint8Array,
): Uint8Array {
  const message = messageOf(line);
  if (message === null) return known(line);
  const binary = message.encoding === 'base64';
  const bytes = Buffer.from(message.data, binary ? 'base64' : 'utf8');
  const fields =
    message.direction === 'sent'
      ? editSentBody(bytes.toString('latin1'), '', editor)
      : bytes.toString('latin1');
  const edited = Buffer.from(known(Buffer.from(fields, 'latin1')));
  const data = binary ? edited.toString('base64') : edited.toString('utf8');
  const whole = edited.equals(bytes) ? line : Buffer.from(`${JSON.stringify({ ...message, data })}\n`);
  // What is not the message itself (names others may add) is searched too.
  return known(whole);
}

/** Notes what a line's message holds. */
export function noteSocketLine(line: Buffer, editor: Editor): void {
  const message = messageOf(line);
  if (message === null) return;
  const text =
    message.encoding === 'base64'
      ? Buffer.from(message.data, 'base64').toString('latin1')
      : bytesOf(message.data);
  if (message.direction === 'sent') editSentBody(text, '', editor);
  else noteAnswer(text, editor);
}

function messageOf(line: Buffer): z.infer<typeof messageSchema> | null {
  try {
    return messageSchema.parse(JSON.parse(line.toString('utf8')));
  } catch {
    return null;
  }
}
