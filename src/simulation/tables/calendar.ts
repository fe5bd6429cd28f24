const DAY_MILLISECONDS = 86_400_000;

export const SECONDS_A_DAY = 86_400;

/** First day of a month of the simulation as whole days since 1970-01-01 UTC; month 0 is January 2023. */
export const monthStart = (month: number): number => Date.UTC(2023, month, 1) / DAY_MILLISECONDS;

interface Place {
  readonly month: number;
  readonly date: number;
}

const places = new Map<number, Place>();

/** Remembered, since the same few thousand days are asked for again and again. */
function placeOf(day: number): Place {
  let place = places.get(day);
  if (place === undefined) {
    const date = new Date(day * DAY_MILLISECONDS);
    place = { month: (date.getUTCFullYear() - 2023) * 12 + date.getUTCMonth(), date: date.getUTCDate() };
    places.set(day, place);
  }
  return place;
}

/** The month of the simulation that a day lies in; negative before January 2023. */
export const monthOf = (day: number): number => placeOf(day).month;

/** 1 to 31. */
export const dayOfMonth = (day: number): number => placeOf(day).date;

/** Agreements start on day 3 to 28: every month has it, and the first of a month sees no change. */
export const startsAgreement = (day: number): boolean => dayOfMonth(day) >= 3 && dayOfMonth(day) <= 28;

/** The day itself if agreements can start on it, else the third of its month. */
export const agreementDay = (day: number): number => (startsAgreement(day) ? day : day - dayOfMonth(day) + 3);

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
