import { z } from 'zod';

const DAY = 86_400_000;

/** An IANA time zone, `Europe/Berlin`. */
export const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'needed: an IANA time zone such as Europe/Berlin' });

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Turns what a clock on a wall shows into an instant: both in milliseconds since 1970, the first as if in UTC. */
export type ToUtc = (local: number) => number;

/**
 * The clock of a time zone, summer time included, whatever zone the machine is in.
 *
 * An hour that a clock shows twice (autumn) means the first; one that it never shows (spring) is read with the offset
 * before the change, so 02:30 becomes 03:30. The same choice as `Temporal`'s `compatible`.
 */
export function clockOf(zone: string): ToUtc {
  if (zone === 'UTC') return (local) => local;
  const offsetAt = offsetsOf(zone);
  return (local) => {
    if (Number.isNaN(local)) return local;
    const before = local - offsetAt(local - DAY);
    const after = local - offsetAt(local + DAY);
    if (before === after || before + offsetAt(before) === local) return before;
    return after + offsetAt(after) === local ? after : before;
  };
}

/** Milliseconds that a zone is ahead of UTC at an instant; asked of ICU once a day, and in full on days of change. */
function offsetsOf(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const exact = (instant: number): number => {
    const whole = Math.floor(instant / 1000) * 1000;
    const shown: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(whole)) shown[type] = Number(value);
    const { year, month, day, hour, minute, second } = shown;
    return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - whole;
  };
  const atMidnight = new Map<number, number>();
  const midnightOffset = (day: number): number => {
    const known = atMidnight.get(day);
    if (known !== undefined) return known;
    const offset = exact(day * DAY);
    atMidnight.set(day, offset);
    return offset;
  };
  return (instant) => {
    const day = Math.floor(instant / DAY);
    const offset = midnightOffset(day);
    return offset === midnightOffset(day + 1) ? offset : exact(instant);
  };
}
