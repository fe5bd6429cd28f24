import { describe, expect, it } from 'vitest';
import { clockOf } from '../../src/workspace/time-zone.js';

/** What a clock shows, as if in UTC, and the instant that it means. */
const read = (zone: string, shown: string) => new Date(clockOf(zone)(Date.parse(`${shown}Z`))).toISOString();

describe('a clock on a wall', () => {
  it.each([
    ['UTC', '2024-07-01T12:00', '2024-07-01T12:00:00.000Z'],
    ['Europe/Berlin', '2024-01-15T12:00', '2024-01-15T11:00:00.000Z'],
    ['Europe/Berlin', '2024-07-15T12:00', '2024-07-15T10:00:00.000Z'],
    ['America/New_York', '2024-03-10T01:59', '2024-03-10T06:59:00.000Z'],
    ['America/New_York', '2024-03-10T03:00', '2024-03-10T07:00:00.000Z'],
    ['America/St_Johns', '2024-01-15T12:00', '2024-01-15T15:30:00.000Z'],
    ['Asia/Kolkata', '2024-01-15T00:00', '2024-01-14T18:30:00.000Z'],
    ['Australia/Lord_Howe', '2024-07-15T12:00', '2024-07-15T01:30:00.000Z'],
    ['Pacific/Apia', '2011-12-31T00:00', '2011-12-30T10:00:00.000Z'],
  ])('in %s at %s means %s', (zone, shown, instant) => {
    expect(read(zone, shown)).toBe(instant);
  });

  it('that shows an hour twice means the first', () => {
    expect(read('Europe/Berlin', '2024-10-27T02:30')).toBe('2024-10-27T00:30:00.000Z');
    expect(read('America/New_York', '2024-11-03T01:30')).toBe('2024-11-03T05:30:00.000Z');
  });

  it('that never shows an hour is read with the offset before the change', () => {
    expect(read('Europe/Berlin', '2024-03-31T02:30')).toBe('2024-03-31T01:30:00.000Z');
    expect(read('America/New_York', '2024-03-10T02:30')).toBe('2024-03-10T07:30:00.000Z');
  });

  it('shows every instant of a year again, apart from the hour that autumn repeats', () => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/London',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const toUtc = clockOf('Europe/London');
    const quarter = 15 * 60_000;
    for (let at = Date.UTC(2023, 0, 1); at < Date.UTC(2024, 0, 1); at += 7 * quarter) {
      const shown = Date.parse(`${format.format(at).replace(' ', 'T')}Z`);
      const repeated = at >= Date.UTC(2023, 9, 29, 1) && at < Date.UTC(2023, 9, 29, 2);
      expect(toUtc(shown)).toBe(repeated ? at - 4 * quarter : at);
    }
  });
});
