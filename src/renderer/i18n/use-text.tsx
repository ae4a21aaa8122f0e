import { useCallback, type ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { MessageKey } from './messages.ts';

export type Values = Record<string, string | number | boolean | Date | null | undefined>;
export type Say = (key: MessageKey, values?: Values) => string;

/** A function that says a sentence of the interface in the chosen language. The same one until the language changes. */
export function useText(): Say {
  const intl = useIntl();
  return useCallback((key, values) => intl.formatMessage({ id: key }, values), [intl]);
}

/** A sentence with parts in it: a title, an address, something in bold. */
export function Sentence({ id, values }: { id: MessageKey; values: Record<string, ReactNode> }) {
  return <FormattedMessage id={id} values={values} />;
}
