import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type DateOrder, parseDate } from '../../src/cleaning/parse-date.js';

const dates: [string, DateOrder, string][] = [
  ['2024-01-31', 'ymd', '2024-01-31T00:00:00.000Z'],
  ['2024-1-3', 'ymd', '2024-01-03T00:00:00.000Z'],
  ['2024/01/31', 'ymd', '2024-01-31T00:00:00.000Z'],
  ['2024.01.31', 'ymd', '2024-01-31T00:00:00.000Z'],
  [' 2024-01-31 ', 'dmy', '2024-01-31T00:00:00.000Z'],
  ['2024-01-31', 'mdy', '2024-01-31T00:00:00.000Z'],
  ['31-01-2024', 'dmy', '2024-01-31T00:00:00.000Z'],
  ['31.01.2024', 'dmy', '2024-01-31T00:00:00.000Z'],
  ['31/01/2024', 'dmy', '2024-01-31T00:00:00.000Z'],
  ['1/2/2024', 'dmy', '2024-02-01T00:00:00.000Z'],
  ['1/2/2024', 'mdy', '2024-01-02T00:00:00.000Z'],
  ['01-31-2024', 'mdy', '2024-01-31T00:00:00.000Z'],
  ['2024-02-29', 'ymd', '2024-02-29T00:00:00.000Z'],
  ['2000-02-29', 'ymd', '2000-02-29T00:00:00.000Z'],
  ['1969-12-31', 'ymd', '1969-12-31T00:00:00.000Z'],
  ['0001-01-01', 'ymd', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31', 'ymd', '9999-12-31T00:00:00.000Z'],
  ['2024-01-31T10:15', 'ymd', '2024-01-31T10:15:00.000Z'],
  ['2024-01-31T10:15:30Z', 'ymd', '2024-01-31T10:15:30.000Z'],
  ['2024-01-31t10:15:30.5z', 'ymd', '2024-01-31T10:15:30.500Z'],
  ['2024-01-31 10:15:30.123456 UTC', 'ymd', '2024-01-31T10:15:30.123Z'],
  ['2024-01-31 10:15:30+00', 'ymd', '2024-01-31T10:15:30.000Z'],
  ['2024-01-31T01:00:00+02:00', 'ymd', '2024-01-30T23:00:00.000Z'],
  ['2024-01-31T23:30:00-0530', 'ymd', '2024-02-01T05:00:00.000Z'],
  ['2023-07-28 3:00', 'ymd', '2023-07-28T03:00:00.000Z'],
  ['1/31/2024 3:05 PM', 'mdy', '2024-01-31T15:05:00.000Z'],
  ['1/31/2024 12:05 am', 'mdy', '2024-01-31T00:05:00.000Z'],
  ['31.01.2024 23:59:59', 'dmy', '2024-01-31T23:59:59.000Z'],
];

const noDates: [string, DateOrder][] = [
  ['2024-02-30', 'ymd'],
  ['2023-02-29', 'ymd'],
  ['1900-02-29', 'ymd'],
  ['2024-13-01', 'ymd'],
  ['2024-00-10', 'ymd'],
  ['2024-04-31', 'ymd'],
  ['31/01/2024', 'ymd'],
  ['31/01/2024', 'mdy'],
  ['01/31/2024', 'dmy'],
  ['01.02.2024', 'mdy'],
  ['2024-01/31', 'ymd'],
  ['1/2/24', 'dmy'],
  ['2024-01', 'ymd'],
  ['20240131', 'ymd'],
  ['2024-01-31T24:00', 'ymd'],
  ['2024-01-31T10:60', 'ymd'],
  ['2024-01-31T10:15:60', 'ymd'],
  ['2024-01-31 13:00 PM', 'ymd'],
  ['2024-01-31T10:15+15:00', 'ymd'],
  ['2024-01-31 later', 'ymd'],
  ['Jan 31 2024', 'ymd'],
  ['12345', 'dmy'],
  ['', 'dmy'],
];

describe('parseDate', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it.each(dates)('reads %j, %s, as %s', (text, order, iso) => {
    expect(new Date(parseDate(text, order)).toISOString()).toBe(iso);
  });

  it.each(noDates)('takes %j, %s, for no date', (text, order) => {
    expect(parseDate(text, order)).toBeNaN();
  });

  it.each(['America/New_York', 'Asia/Kolkata', 'Pacific/Apia'])('reads the same in %s', (other) => {
    process.env['TZ'] = other;
    expect(new Date(2024, 6, 1).getTimezoneOffset()).not.toBe(0);
    for (const [text, order, iso] of dates) {
      expect(new Date(parseDate(text, order)).toISOString()).toBe(iso);
    }
  });

  it('reads back any instant that JavaScript prints', () => {
    const years = {
      min: new Date('0001-01-01'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(years), (date) => {
        expect(parseDate(date.toISOString(), 'ymd')).toBe(date.getTime());
      }),
    );
  });

  it('never throws on junk', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789-/.: TZ+') }), (text) => {
        expect(parseDate(text, 'dmy')).toBeTypeOf('number');
      }),
    );
  });
});

it('reads plain instants digit by digit just as the general form does', () => {
  // A space around a text sends it through the general form.
  const digits = fc.constantFrom(...'0123456789', ...'0123', 'x', '/', ':');
  const two = fc.tuple(digits, digits).map((pair) => pair.join(''));
  const plain = fc
    .tuple(
      two,
      two,
      two,
      two,
      fc.constantFrom('', 'T', ' ', 't', '_'),
      two,
      two,
      two,
      fc.constantFrom('', 'Z', 'z'),
    )
    .map(([century, year, month, day, separator, hour, minute, second, zone]) => {
      const date = `${century}${year}-${month}-${day}`;
      return separator === '' ? date : `${date}${separator}${hour}:${minute}:${second}${zone}`;
    });
  fc.assert(
    fc.property(plain, (text) => {
      expect(parseDate(text, 'ymd')).toBe(parseDate(` ${text}`, 'ymd'));
    }),
    { numRuns: 5000 },
  );
});
