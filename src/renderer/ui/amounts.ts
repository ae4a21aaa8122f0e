import type { useIntl } from 'react-intl';

type Intl = ReturnType<typeof useIntl>;

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** A number of bytes in decimal units, `1.4 MB`, in the words of the language. */
export function bytesText(intl: Intl, bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  return intl.formatNumber(value, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 || value >= 100 ? 0 : 1,
  });
}

/** A span of milliseconds: `0.4s`, `1m 12s`, or `10 seconds` where it stands in a sentence. */
export function durationText(intl: Intl, milliseconds: number, form: 'narrow' | 'long' = 'narrow'): string {
  const seconds = milliseconds / 1000;
  const unit = (value: number, name: 'second' | 'minute' | 'hour', digits = 0) =>
    intl.formatNumber(value, {
      style: 'unit',
      unit: name,
      unitDisplay: form,
      maximumFractionDigits: digits,
    });
  if (seconds < 10) return unit(seconds, 'second', 1);
  if (seconds < 60) return unit(Math.round(seconds), 'second');
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${unit(minutes, 'minute')} ${unit(Math.floor(seconds % 60), 'second')}`;
  return `${unit(Math.floor(minutes / 60), 'hour')} ${unit(minutes % 60, 'minute')}`;
}
