import type { ClockCheck } from '../../shared/domain/witness.ts';
import { judgeAddress } from './guard/addresses.ts';

/** The head of an answer a server gave during the capture, with what this computer's clock said meanwhile (milliseconds since 1970). */
export interface AnsweredHead {
  host: string;
  /** Where it came from, or null where that is not known. */
  address: string | null;
  /** Its `Date` and `Age` as received. */
  date: string | null;
  age: string | null;
  /** When the request had been sent, and when the head of the answer was there. */
  sentAt: number;
  receivedAt: number;
}

/** What the server's clock may have been ahead of this one, at least and at most (milliseconds). */
interface Bounds {
  host: string;
  date: number;
  receivedAt: number;
  least: number;
  most: number;
  isOwn: boolean;
}

/** `Date` tells whole seconds: the server wrote it at some moment of that second. (RFC 9110 5.6.7) */
const RESOLUTION = 1000;
/** Beyond this (milliseconds) between the medians and a clock, it is said that they disagree. */
const TOLERANCE = 2000;

/**
 * Compares this computer's clock with those of the servers that answered. An answer was written after its request was sent and before
 * its head arrived, within the second its `Date` names: that bounds the difference, and several answers of a host bound it more
 * tightly. Answers from caches (`Age`) do not count. Null where no answer told the time.
 */
export function checkClock(heads: Iterable<AnsweredHead>): ClockCheck | null {
  const byHost = new Map<string, Bounds[]>();
  for (const head of heads) {
    const bounds = boundsOf(head);
    if (bounds) byHost.set(bounds.host, [...(byHost.get(bounds.host) ?? []), bounds]);
  }
  const hosts = [...byHost.values()].map(narrowed);
  if (hosts.length === 0) return null;
  const offsetMs = Math.round(median(hosts.map(middle)));
  return {
    samples: hosts.map((bounds) => ({
      host: bounds.host,
      date: new Date(bounds.date).toISOString(),
      receivedAt: new Date(bounds.receivedAt).toISOString(),
      offsetMs: Math.round(middle(bounds)),
    })),
    offsetMs,
    words: inWords(hosts, offsetMs),
  };
}

function boundsOf({ host, address, date, age, sentAt, receivedAt }: AnsweredHead): Bounds | null {
  if (date === null || (age !== null && age.trim() !== '0')) return null;
  const told = Date.parse(date);
  if (!/ GMT$/i.test(date.trim()) || Number.isNaN(told) || receivedAt < sentAt) return null;
  return {
    host,
    date: told,
    receivedAt,
    least: told - receivedAt,
    most: told + RESOLUTION - sentAt,
    isOwn: address !== null && judgeAddress(address).kind !== 'public',
  };
}

/** All answers of a host together; where they contradict each other (a cache that does not say so), the quickest one. */
function narrowed(all: readonly Bounds[]): Bounds {
  const quickest = all.reduce((best, bounds) => (width(bounds) < width(best) ? bounds : best));
  const least = Math.max(...all.map((bounds) => bounds.least));
  const most = Math.min(...all.map((bounds) => bounds.most));
  return least <= most ? { ...quickest, least, most } : quickest;
}

const width = ({ least, most }: Bounds): number => most - least;
const middle = ({ least, most }: Bounds): number => (least + most) / 2;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

function inWords(hosts: readonly Bounds[], offsetMs: number): string {
  const from =
    hosts.length === 1
      ? `the clock of ${hosts[0]?.host ?? ''}`
      : `the clocks of ${hosts.length} servers (median)`;
  const doubt = Math.round(median(hosts.map(width)) / 2);
  const margin = `give or take ${seconds(doubt)}`;
  const first =
    Math.abs(offsetMs) <= Math.max(doubt, RESOLUTION)
      ? `This computer’s clock agreed with ${from}, ${margin}.`
      : `This computer’s clock was ${seconds(Math.abs(offsetMs))} ${offsetMs > 0 ? 'behind' : 'ahead of'} ${from}, ${margin}.`;
  const apart = hosts.filter((bounds) => Math.abs(middle(bounds) - offsetMs) > TOLERANCE + width(bounds) / 2);
  return [
    first,
    ...(apart.length === 0
      ? []
      : [
          `Not of one mind with the others: ${apart
            .map(({ host }) => host)
            .slice(0, 5)
            .join(', ')}.`,
        ]),
    ...(hosts.every(({ isOwn }) => isOwn)
      ? ['The servers are this computer or in its own network, so this says little.']
      : []),
  ].join(' ');
}

/** True where a person should hear of it. */
export function isClockWrong({ offsetMs }: ClockCheck): boolean {
  return Math.abs(offsetMs) > TOLERANCE;
}

function seconds(milliseconds: number): string {
  const value = Math.round(milliseconds / 100) / 10;
  return value < 120
    ? `${value} s`
    : value < 7200
      ? `${Math.round(value / 60)} min`
      : `${Math.round(value / 3600)} h`;
}
