import { ChurnError } from '../errors.js';

/** A calendar month in UTC: `[starts, ends)` in milliseconds since 1970. */
export interface Month {
  /** `2024-03` */
  readonly name: string;
  readonly starts: number;
  readonly ends: number;
}

const MONTH_NAME = /^(\d{4})-(0[1-9]|1[0-2])$/;

/**
 * The month of a name such as `2024-03`.
 *
 * @throws ChurnError `bad-option` for any other text
 */
export function monthNamed(name: string): Month {
  const [, year, month] = MONTH_NAME.exec(name) ?? [];
  if (year === undefined) {
    throw new ChurnError('bad-option', `month: needed year and month as "2024-03", found "${name}"`);
  }
  return monthOf(Date.UTC(Number(year), Number(month) - 1, 1));
}

/** The month that an instant lies in. */
export function monthOf(instant: number): Month {
  const date = new Date(instant);
  const starts = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  return {
    name: date.toISOString().slice(0, 7),
    starts,
    ends: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1),
  };
}

/** The months of a span, first and last included; none when the last lies before the first. */
export function monthsBetween(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let month = first; month.starts <= last.starts; month = monthOf(month.ends)) months.push(month);
  return months;
}

export function daysOf({ starts, ends }: Month): number {
  return (ends - starts) / 86_400_000;
}
