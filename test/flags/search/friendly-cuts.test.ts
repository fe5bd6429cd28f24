import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cut, friendlyCuts } from '../../../src/flags/search/friendly-cuts.js';

const upTo = (last: number) => Float64Array.from({ length: last + 1 }, (_, i) => i);
const words = (cuts: readonly Cut[]) =>
  cuts.map(({ threshold, side }) => `${side === 'from' ? '>=' : '>'} ${threshold}`);

describe('friendlyCuts', () => {
  it('moves quantiles to round numbers nearby', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => i * 1.0137);
    expect(words(friendlyCuts(values, [0.1, 0.5, 0.9]))).toEqual(['>= 100', '>= 500', '>= 900']);
  });

  it('takes "more than ten" for as round as "at least ten" of whole numbers', () => {
    expect(words(friendlyCuts(upTo(109), [0.1]))).toEqual(['> 10']);
    expect(words(friendlyCuts(upTo(99), [0.1]))).toEqual(['>= 10']);
  });

  it('thinks of days in weeks and months', () => {
    expect(words(friendlyCuts(upTo(99), [0.14, 0.3], { countsDays: true }))).toEqual(['>= 14', '>= 30']);
    expect(words(friendlyCuts(upTo(99), [0.15, 0.3]))).toEqual(['>= 15', '>= 30']);
  });

  it('cuts a heap of equal values off with its own number', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => (i < 60 ? 0 : 3768.69 + 101.3 * i));
    expect(words(friendlyCuts(values, [0.5]))).toEqual(['> 0']);
  });

  it('cuts between all of few values', () => {
    expect(words(friendlyCuts(Float64Array.of(1, 2, 3, 5, 5, 2), [0.2, 0.5, 0.8]))).toEqual([
      '>= 2',
      '> 2',
      '>= 5',
    ]);
  });

  it('cuts nothing where there is one value or none', () => {
    expect(friendlyCuts(new Float64Array(), [0.5])).toEqual([]);
    expect(friendlyCuts(Float64Array.of(7, 7, 7), [0.5])).toEqual([]);
  });

  it('parts any values in ascending order, no two cuts alike, within the leeway of their shares', () => {
    const anyValues = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), {
      minLength: 40,
      maxLength: 300,
    });
    fc.assert(
      fc.property(anyValues, (numbers) => {
        const values = Float64Array.from(numbers);
        const sides = friendlyCuts(values, [0.2, 0.5, 0.8]).map(
          ({ threshold, side }) =>
            values.filter((value) => (side === 'from' ? value < threshold : value <= threshold)).length,
        );
        sides.forEach((below, i) => {
          expect(below).toBeGreaterThan(i === 0 ? 0 : sides[i - 1]!);
          expect(below).toBeLessThan(values.length);
        });
      }),
    );
    const spread = Float64Array.from({ length: 4001 }, (_, i) => Math.sinh(i / 400 - 5));
    const cuts = friendlyCuts(spread, [0.2, 0.5, 0.8]);
    cuts.forEach(({ threshold }, i) => {
      const below = spread.filter((value) => value < threshold).length / spread.length;
      expect(Math.abs(below - [0.2, 0.5, 0.8][i]!)).toBeLessThan(0.03);
    });
  });
});
