import type { ReactNode } from 'react';
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField as AriaTextField,
  type TextFieldProps,
} from 'react-aria-components';

export const labelStyle = 'text-xs font-medium text-soft';
export const inputStyle =
  'w-full min-w-0 rounded-md border border-edge bg-surface px-2.5 py-1.5 text-sm text-ink shadow-raised ' +
  'invalid:border-bad-edge disabled:opacity-60 focus:border-focus focus:outline-2 focus:outline-offset-0 focus:outline-focus';

interface Props extends Omit<TextFieldProps, 'className' | 'children'> {
  label: string;
  description?: ReactNode;
  /** What is wrong with it, said under the field. */
  error?: string | null;
  placeholder?: string;
  /** More than one line. */
  rows?: number;
  /** True for addresses, paths and identifiers: left to right in any language, in fixed width. */
  data?: boolean;
  /** Something beside the field, a chooser's button. */
  aside?: ReactNode;
}

/** A text field with its label, its explanation and its error in place. */
export function TextField({ label, description, error, placeholder, rows, data, aside, ...rest }: Props) {
  const style = data ? `${inputStyle} font-mono text-[0.78rem]` : inputStyle;
  const direction = data ? { dir: 'ltr' } : {};
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className="flex flex-col gap-1">
      <Label className={labelStyle}>{label}</Label>
      <div className="flex gap-2">
        {rows ? (
          <TextArea
            rows={rows}
            placeholder={placeholder ?? ''}
            className={`${style} resize-y`}
            {...direction}
          />
        ) : (
          <Input placeholder={placeholder ?? ''} className={style} {...direction} />
        )}
        {aside}
      </div>
      {description && (
        <Text slot="description" className="text-xs text-faint">
          {description}
        </Text>
      )}
      <FieldError className="text-xs text-bad">{error}</FieldError>
    </AriaTextField>
  );
}
