import { useIntl } from 'react-intl';

type Intl = ReturnType<typeof useIntl>;

const utcParts = {
  timeZone: 'UTC',
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/** `22 Nov 2026, 18:00:05 UTC`, in the words of the language. */
export function utcText(intl: Intl, instant: string, seconds = true): string {
  return `${intl.formatDate(instant, seconds ? { ...utcParts, second: '2-digit' } : utcParts)} UTC`;
}

/** The same instant as clocks here show it, with the zone by name; null where clocks here show UTC. */
function localText(intl: Intl, instant: string): string | null {
  if (new Date(instant).getTimezoneOffset() === 0 && new Date().getTimezoneOffset() === 0) return null;
  return intl.formatDate(instant, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
}

interface Props {
  value: string;
  /** `long` says UTC and local time; `short` UTC to the minute, the rest on hovering. */
  form?: 'long' | 'short';
}

/** A moment, always in UTC and never without its zone. */
export function Instant({ value, form = 'short' }: Props) {
  const intl = useIntl();
  const local = localText(intl, value);
  if (form === 'short') {
    return (
      <time dateTime={value} title={local ?? undefined} className="tnum whitespace-nowrap">
        {utcText(intl, value, false)}
      </time>
    );
  }
  return (
    <time dateTime={value} className="tnum">
      <span className="whitespace-nowrap">{utcText(intl, value)}</span>
      {local && <span className="whitespace-nowrap text-faint"> ({local})</span>}
    </time>
  );
}
