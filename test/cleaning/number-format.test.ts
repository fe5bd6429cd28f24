import { describe, expect, it } from 'vitest';
import { arePaddedCodes, weighNumberFormat } from '../../src/cleaning/number-format.js';

const decimalOf = (texts: string[]) =>
  weighNumberFormat(
    texts,
    texts.map(() => 1),
  ).decimal;

describe('weighNumberFormat', () => {
  it.each([
    [['1', '20'], 'none'],
    [['1.5', '2'], 'point'],
    [['1,5', '2'], 'comma'],
    [['1,234', '2.5'], 'point'],
    [['1.234', '2,5'], 'comma'],
    [['1.234', '0.500'], 'point'],
    [['1,234', '0,500'], 'comma'],
    [['1.234.567', '950'], 'comma'],
    [['1,234,567', '950'], 'point'],
    [['1,234', '950'], 'either'],
    [['1.234', '950'], 'either'],
    // Thousands are not grouped here, so the sign in the other cell is a decimal one.
    [['1,234', '12345'], 'comma'],
    [['1.234', '12345'], 'point'],
  ])('decides %j as %s', (texts, decimal) => {
    expect(decimalOf(texts)).toBe(decimal);
  });

  it('lets the more frequent proof win and counts what each sign can read', () => {
    const evidence = weighNumberFormat(['1,5', '2.5', 'x', 'inf'], [10, 1, 4, 2]);
    expect(evidence).toEqual({
      decimal: 'comma',
      readableRows: { point: 3, comma: 12 },
      finiteRows: { point: 1, comma: 10 },
      example: null,
    });
  });
});

describe('arePaddedCodes', () => {
  it('tells postcodes from quantities', () => {
    expect(arePaddedCodes(['02134', '90210'])).toBe(true);
    expect(arePaddedCodes(['2134', '9021'])).toBe(false);
    expect(arePaddedCodes(['0', '1'])).toBe(false);
    expect(arePaddedCodes(['007', '42'])).toBe(false);
    expect(arePaddedCodes(['0.5', '1.5'])).toBe(false);
  });
});
