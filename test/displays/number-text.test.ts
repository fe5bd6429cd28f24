import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnDecimals, numberText } from '../../src/displays/number-text.js';

const column = (...values: number[]) => values.map((value) => numberText(value, columnDecimals(values)));

describe('numbers of a column', () => {
  it.each([
    ['whole numbers', [1, -20, 1_234_567], ['1', '−20', '1,234,567']],
    ['no more decimals than there are', [0.5, 12.25], ['0.50', '12.25']],
    ['three digits of the largest', [0.85012, 0.83111], ['0.850', '0.831']],
    ['two digits of a small one', [123.456, -0.5, 0], ['123.46', '−0.50', '0.00']],
    ['large ones without', [1_234_567.891, 22.5], ['1,234,568', '23']],
    [
      'never a rounded zero',
      [1, 0.1, 0.001, 1e-9, -1e-9],
      ['1.0000', '0.1000', '0.0010', '<0.0001', '>−0.0001'],
    ],
    ['an exponent where all are tiny', [1e-9, 2.5e-8], ['1e-9', '2.5e-8']],
    ['an exponent where zeros would stand', [1e20, -3.5], ['1e20', '−3.5']],
    ['what is no number', [Number.NaN, Infinity, -Infinity, 1.5], ['–', '∞', '−∞', '1.5']],
    ['no minus before zero', [-0, -0.0], ['0', '0']],
  ])('%s', (_, values, texts) => {
    expect(column(...values)).toEqual(texts);
  });

  it('can be read back, within half of the last decimal', () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const decimals = columnDecimals(values);
        column(...values).forEach((text, i) => {
          const exact = values[i]!;
          const read = Number(text.replaceAll(',', '').replace('−', '-').replace(/[<>]/, ''));
          if (!/e/.test(text)) expect(Math.abs(read - exact)).toBeLessThanOrEqual(10 ** -decimals * 1.000001);
          else expect(read / exact).toBeCloseTo(1, 1);
        });
      }),
    );
  });
});
