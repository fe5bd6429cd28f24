const DAY_MILLISECONDS = 86_400_000;

export const SECONDS_A_DAY = 86_400;

/** First day of a month of the simulation as whole days since 1970-01-01 UTC; month 0 is January 2023. */
export const monthStart = (month: number): number => Date.UTC(2023, month, 1) / DAY_MILLISECONDS;

/** The month of the simulation that a day lies in; negative before January 2023. */
export function monthOf(day: number): number {
  const date = new Date(day * DAY_MILLISECONDS);
  return (date.getUTCFullYear() - 2023) * 12 + date.getUTCMonth();
}

/** 1 to 31. */
export const dayOfMonth = (day: number): number => new Date(day * DAY_MILLISECONDS).getUTCDate();

/** The same day of the month, some months later. The day of the month must be 28 or less. */
export function addMonths(day: number, months: number): number {
  const date = new Date(day * DAY_MILLISECONDS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate()) / DAY_MILLISECONDS;
}

export function isWeekend(day: number): boolean {
  const weekday = (day + 4) % 7;
  return weekday === 0 || weekday === 6;
}

const writtenDays = new Map<number, string>();

/** `2023-01-31`, from whole days since 1970-01-01. */
export function dayText(day: number): string {
  let text = writtenDays.get(day);
  if (text === undefined) {
    text = new Date(day * DAY_MILLISECONDS).toISOString().slice(0, 10);
    writtenDays.set(day, text);
  }
  return text;
}

/** `2023-01-31T08:15:00Z`, from whole seconds since 1970-01-01. */
export function instantText(second: number): string {
  const day = Math.floor(second / SECONDS_A_DAY);
  const rest = second - day * SECONDS_A_DAY;
  const minutes = Math.floor(rest / 60);
  return `${dayText(day)}T${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(rest % 60)}Z`;
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));
