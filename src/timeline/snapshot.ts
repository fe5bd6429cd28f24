import { ChurnError } from '../errors.js';

const DAY = 86_400_000;

/** How often accounts are looked at. */
export type SnapshotRhythm = 'month' | 'week';

export interface SnapshotSpan {
  /** First instant that a snapshot may have, in milliseconds since 1970 UTC. */
  readonly from: number;
  /** Last instant that a snapshot may have. */
  readonly until: number;
}

/**
 * The snapshot dates of a span, both ends included: the first of each month or each Monday, at midnight UTC.
 *
 * @throws ChurnError `bad-option` when the span ends before it begins
 * @example
 * snapshotDates({ from: Date.UTC(2024, 0, 15), until: Date.UTC(2024, 2, 1) }, 'month'); // 1 February, 1 March
 */
export function snapshotDates({ from, until }: SnapshotSpan, rhythm: SnapshotRhythm): number[] {
  if (!(from <= until)) {
    throw new ChurnError(
      'bad-option',
      `snapshots from ${dayText(from)} to ${dayText(until)}: the span ends before it begins`,
    );
  }
  const dates: number[] = [];
  for (let date = firstFrom(from, rhythm); date <= until; date = next(date, rhythm)) dates.push(date);
  return dates;
}

/** `2024-03-01` */
export function dayText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** The instant so many days later. */
export function addDays(milliseconds: number, days: number): number {
  return milliseconds + days * DAY;
}

function firstFrom(from: number, rhythm: SnapshotRhythm): number {
  const midnight = Math.ceil(from / DAY) * DAY;
  if (rhythm === 'week') {
    // 5 January 1970 was a Monday.
    return Math.ceil((midnight - 4 * DAY) / (7 * DAY)) * 7 * DAY + 4 * DAY;
  }
  const date = new Date(midnight);
  const months = date.getUTCDate() === 1 ? 0 : 1;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

function next(date: number, rhythm: SnapshotRhythm): number {
  if (rhythm === 'week') return addDays(date, 7);
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1);
}
