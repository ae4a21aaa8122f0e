import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, Tooltip, TooltipTrigger, type ButtonProps } from 'react-aria-components';

const kinds = {
  primary:
    'bg-accent text-on-accent border-transparent hover:bg-accent-strong pressed:bg-accent-strong font-medium shadow-raised',
  secondary: 'bg-raised text-ink border-edge/60 hover:bg-hover pressed:bg-hover shadow-raised',
  quiet: 'bg-transparent text-soft border-transparent hover:bg-hover hover:text-ink pressed:bg-hover',
  danger: 'bg-raised text-bad border-edge/60 hover:bg-bad-wash pressed:bg-bad-wash shadow-raised',
} as const;

const base =
  'inline-flex items-center justify-center gap-1.5 rounded-md border whitespace-nowrap select-none transition-colors duration-75 ' +
  'disabled:opacity-55 forced-colors:border-[ButtonBorder]';

interface Props extends Omit<ButtonProps, 'className' | 'children'> {
  kind?: keyof typeof kinds;
  size?: 'small' | 'normal';
  icon?: LucideIcon;
  className?: string;
  children: ReactNode;
}

/** A button with words. */
export function Button({
  kind = 'secondary',
  size = 'normal',
  icon: Icon,
  className = '',
  children,
  ...rest
}: Props) {
  const room = size === 'small' ? 'min-h-6.5 px-2 text-xs' : 'min-h-8 px-3 text-sm';
  return (
    <AriaButton {...rest} className={`${base} ${kinds[kind]} ${room} ${className}`}>
      {Icon && <Icon aria-hidden className="size-3.5 shrink-0" />}
      {children}
    </AriaButton>
  );
}

interface IconProps extends Omit<ButtonProps, 'className' | 'children'> {
  icon: LucideIcon;
  /** What it does; shown as a tooltip and read out. */
  label: string;
  kind?: keyof typeof kinds;
  className?: string;
}

/** A button with an icon only; its words are in its tooltip and for screen readers. */
export function IconButton({ icon: Icon, label, kind = 'quiet', className = '', ...rest }: IconProps) {
  return (
    <TooltipTrigger delay={500}>
      <AriaButton {...rest} aria-label={label} className={`${base} ${kinds[kind]} size-7 ${className}`}>
        <Icon aria-hidden className="size-4 shrink-0" />
      </AriaButton>
      <Tooltip
        offset={6}
        className="z-50 max-w-64 rounded-md bg-ink px-2 py-1 text-xs text-surface shadow-over entering:animate-none"
      >
        {label}
      </Tooltip>
    </TooltipTrigger>
  );
}
