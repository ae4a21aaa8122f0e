import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button,
  Checkbox as AriaCheckbox,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup,
  Select as AriaSelect,
  SelectValue,
} from 'react-aria-components';
import { labelStyle } from './field.tsx';

export interface Option<T extends string> {
  id: T;
  label: string;
}

interface Choice<T extends string> {
  label: string;
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
  /** Keeps the label for screen readers only. */
  bare?: boolean;
  isDisabled?: boolean;
}

function pick<T extends string>(options: readonly Option<T>[], key: unknown): T | undefined {
  return options.find((option) => option.id === key)?.id;
}

/** One of several, in a list that opens. */
export function Select<T extends string>({ label, value, options, onChange, bare, isDisabled }: Choice<T>) {
  return (
    <AriaSelect
      value={value}
      isDisabled={isDisabled ?? false}
      onChange={(key) => {
        const chosen = pick(options, key);
        if (chosen !== undefined) onChange(chosen);
      }}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className={bare ? 'sr-only' : labelStyle}>{label}</Label>
      <Button className="flex min-h-8 items-center gap-2 rounded-md border border-edge bg-surface px-2.5 text-sm text-ink shadow-raised hover:bg-hover disabled:opacity-60">
        <SelectValue className="min-w-0 flex-1 truncate text-start">
          {({ selectedText }) => selectedText}
        </SelectValue>
        <ChevronDown aria-hidden className="size-3.5 shrink-0 text-faint" />
      </Button>
      <Popover className="min-w-(--trigger-width) rounded-lg bg-raised shadow-over">
        <ListBox items={options} className="max-h-72 overflow-auto p-1 outline-none">
          {(option) => (
            <ListBoxItem
              id={option.id}
              textValue={option.label}
              className="flex items-center gap-2 rounded-md py-1 ps-2 pe-3 text-sm outline-none focus:bg-hover"
            >
              {({ isSelected }) => (
                <>
                  <Check aria-hidden className={`size-3.5 text-accent ${isSelected ? '' : 'invisible'}`} />
                  {option.label}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** One of a few, all in sight; arrow keys move between them. */
export function Segments<T extends string>({ label, value, options, onChange, bare, isDisabled }: Choice<T>) {
  return (
    <RadioGroup
      value={value}
      isDisabled={isDisabled ?? false}
      orientation="horizontal"
      onChange={(key) => {
        const chosen = pick(options, key);
        if (chosen !== undefined) onChange(chosen);
      }}
      className="flex min-w-0 flex-col gap-1"
    >
      <Label className={bare ? 'sr-only' : labelStyle}>{label}</Label>
      <div className="flex w-fit max-w-full flex-wrap gap-0.5 rounded-lg border border-line bg-sunken p-0.5">
        {options.map((option) => (
          <Radio
            key={option.id}
            value={option.id}
            className="rounded-[5px] border border-transparent px-2.5 py-0.5 text-sm text-soft hover:text-ink selected:border-edge/50 selected:bg-raised selected:font-medium selected:text-ink selected:shadow-raised focus-visible:outline-2 focus-visible:outline-focus"
          >
            {option.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

interface CheckboxProps {
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  children: ReactNode;
  description?: ReactNode;
  isDisabled?: boolean;
}

/** Yes or no, with what it means under it. */
export function Checkbox({ children, description, isSelected, onChange, isDisabled }: CheckboxProps) {
  return (
    <div className="flex flex-col gap-0.5">
      <AriaCheckbox
        isSelected={isSelected}
        onChange={onChange}
        isDisabled={isDisabled ?? false}
        className="group flex w-fit items-start gap-2 text-sm text-ink"
      >
        <span className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-edge bg-surface group-focus-visible:outline-2 group-focus-visible:outline-offset-1 group-focus-visible:outline-focus group-selected:border-accent group-selected:bg-accent">
          <Check aria-hidden strokeWidth={3} className="hidden size-3 text-on-accent group-selected:block" />
        </span>
        {children}
      </AriaCheckbox>
      {description && <p className="ps-6 text-xs text-faint">{description}</p>}
    </div>
  );
}
