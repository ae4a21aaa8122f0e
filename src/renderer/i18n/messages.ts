import type { Language } from '../../shared/domain/preferences.ts';
import { en } from './en/index.ts';
import { fr } from './fr/index.ts';

/** Name of a sentence of the interface. */
export type MessageKey = keyof typeof en;

/** All sentences of a language. A language that lacks one does not pass the types. */
export type Messages = Record<MessageKey, string>;

export const messagesOf: Record<Language, Messages> = { en, fr };
