const DAY_MS = 86_400_000;

/** How dates of a column are written, all alike: in UTC, with a time of day only where one of them has it. */
export function dateWriter(dates: readonly Date[]): (date: Date) => string {
  const known = dates.map((date) => date.getTime()).filter((instant) => !Number.isNaN(instant));
  const length = known.every((instant) => instant % DAY_MS === 0)
    ? 'YYYY-MM-DD'.length
    : known.every((instant) => instant % 60_000 === 0)
      ? 'YYYY-MM-DD hh:mm'.length
      : 'YYYY-MM-DD hh:mm:ss'.length;
  return (date) => {
    if (Number.isNaN(date.getTime())) return '–';
    const text = date.toISOString();
    // Years beyond 9999 and before 0 have a sign and six digits.
    const extra = text.indexOf('T') - 'YYYY-MM-DD'.length;
    return text.replace('T', ' ').slice(0, length + extra);
  };
}
