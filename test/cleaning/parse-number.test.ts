import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from '../../src/cleaning/parse-number.js';

const withPoint: [string, number][] = [
  ['0', 0],
  ['42', 42],
  [' 42 ', 42],
  ['-42', -42],
  ['+42', 42],
  ['−42', -42],
  ['- 42', -42],
  ['3.25', 3.25],
  ['.5', 0.5],
  ['5.', 5],
  ['007', 7],
  ['1e3', 1000],
  ['1.5E-2', 0.015],
  ['1,234', 1234],
  ['1,234,567.89', 1_234_567.89],
  ['12,34,567', 1_234_567],
  ['12 345', 12_345],
  ['12\u00a0345.5', 12_345.5],
  ['12\u202f345', 12_345],
  ["12'345", 12_345],
  ['12’345.50', 12_345.5],
  ['$12.50', 12.5],
  ['$ 1,200', 1200],
  ['-$5', -5],
  ['$-5', -5],
  ['£5', 5],
  ['12 €', 12],
  ['₹ 1,20,000', 120_000],
  ['12%', 12],
  ['12.5 %', 12.5],
  ['(5)', -5],
  ['($1,234.50)', -1234.5],
];

const withComma: [string, number][] = [
  ['12', 12],
  ['12,5', 12.5],
  [',5', 0.5],
  ['0,123', 0.123],
  ['1.234', 1234],
  ['1.234,56', 1234.56],
  ['1.234.567', 1_234_567],
  ['-1.234,56 €', -1234.56],
  ['12 345,6', 12_345.6],
  ['1,5e3', 1500],
];

const noNumbers = [
  'abc',
  '1.2.3',
  '1,23',
  '1,2345',
  '0,123',
  '01,234',
  '1,234.567,8',
  '1,234 567',
  '12-34',
  '2024-01-31',
  '1 2',
  '0x10',
  '--5',
  '+-5',
  '-(5)',
  '(-5)',
  '()',
  '$',
  '%',
  '.',
  ',',
  'e5',
  '1e',
  '5 apples',
  '12USD',
  '7590-VHVEG',
  '١٢',
  'NaN',
];

describe('parseNumber', () => {
  it.each(withPoint)('reads %j as %d', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it.each(withComma)('reads %j with a decimal comma as %d', (text, value) => {
    expect(parseNumber(text, { decimalComma: true })).toBe(value);
  });

  it.each(noNumbers)('takes %j for no number', (text) => {
    expect(parseNumber(text)).toBeNaN();
  });

  it.each(['12.5', '1,234,567', '1.23', '1.234.56'])(
    'takes %j with a decimal comma for no number',
    (text) => {
      expect(parseNumber(text, { decimalComma: true })).toBeNaN();
    },
  );

  it.each(['Infinity', 'inf', '+inf', '∞', '1e999'])('tells that %j is not finite', (text) => {
    expect(parseNumber(text)).toBe(Number.POSITIVE_INFINITY);
  });

  it.each(['-Infinity', '-inf', '(inf)', '-1e999'])('tells that %j is not finite', (text) => {
    expect(parseNumber(text)).toBe(Number.NEGATIVE_INFINITY);
  });

  it('does not look into a megabyte', () => {
    expect(parseNumber('1'.repeat(1_000_000))).toBeNaN();
  });

  it('reads back any number that JavaScript prints', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value))).toBe(value + 0);
        expect(parseNumber(String(value).replace('.', ','), { decimalComma: true })).toBe(value + 0);
      }),
    );
  });

  it('reads back grouped money in English and German', () => {
    const format = (language: string) => new Intl.NumberFormat(language, { minimumFractionDigits: 2 });
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), (cents) => {
        expect(parseNumber(format('en-US').format(cents / 100))).toBe(cents / 100);
        expect(parseNumber(format('de-DE').format(cents / 100), { decimalComma: true })).toBe(cents / 100);
      }),
    );
  });
});
