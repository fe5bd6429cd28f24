import { describe, expect, it } from 'vitest';
import { addDays, dayText, snapshotDates } from '../../src/timeline/snapshot.js';

const days = (from: string, until: string, rhythm: 'month' | 'week') =>
  snapshotDates({ from: Date.parse(from), until: Date.parse(until) }, rhythm).map(dayText);

describe('snapshot dates', () => {
  it('are the firsts of months, ends included', () => {
    expect(days('2023-12-01', '2024-03-01', 'month')).toEqual([
      '2023-12-01',
      '2024-01-01',
      '2024-02-01',
      '2024-03-01',
    ]);
    expect(days('2023-12-01T00:00:00.001Z', '2024-02-29', 'month')).toEqual(['2024-01-01', '2024-02-01']);
  });

  it('are Mondays by week', () => {
    expect(days('2024-02-26', '2024-03-12', 'week')).toEqual(['2024-02-26', '2024-03-04', '2024-03-11']);
    expect(days('2024-02-27', '2024-03-10', 'week')).toEqual(['2024-03-04']);
    for (const day of days('1969-12-20', '1970-02-01', 'week')) expect(new Date(day).getUTCDay()).toBe(1);
  });

  it('refuse a span that ends before it begins', () => {
    expect(() => days('2024-02-02', '2024-02-01', 'month')).toThrow(/2024-02-02 to 2024-02-01/);
  });

  it('keep midnight over leap days', () => {
    expect(dayText(addDays(Date.UTC(2024, 1, 28), 2))).toBe('2024-03-01');
  });
});
