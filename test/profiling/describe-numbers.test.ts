import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeNumbers, numbersProfileSchema } from '../../src/profiling/describe-numbers.js';

describe('describeNumbers', () => {
  it('by hand', () => {
    // Mean 30 ÷ 5 = 6; Σ(x − 6)² = 25 + 16 + 9 + 4 + 196 = 250, divided by n − 1 = 4.
    expect(describeNumbers(Float64Array.of(1, 2, 3, 4, 20))).toEqual({
      min: 1,
      q1: 2,
      median: 3,
      q3: 4,
      max: 20,
      mean: 6,
      sd: Math.sqrt(250 / 4),
      // The fences are 2 − 3 · 2 and 4 + 3 · 2.
      outliers: { count: 1, examples: [20] },
    });
    expect(describeNumbers(Float64Array.of(1, 2, 3, 4, 10))!.outliers.count).toBe(0);
    expect(describeNumbers(new Float64Array(0))).toBeNull();
    expect(describeNumbers(Float64Array.of(7))).toMatchObject({ mean: 7, sd: 0, q1: 7 });
  });

  it('shows the five furthest outliers, and none where the quartiles coincide', () => {
    const middle = Array.from({ length: 100 }, (_, i) => i);
    const sorted = Float64Array.from([-1000, ...middle, 500, 500, 600, 700, 800, 900]);
    expect(describeNumbers(sorted)!.outliers).toEqual({ count: 7, examples: [-1000, 900, 800, 700, 600] });
    expect(describeNumbers(Float64Array.of(0, 0, 0, 0, 0, 0, 0, 5))!.outliers.count).toBe(0);
  });

  it('stays finite and in order for any finite numbers', () => {
    const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 });
    fc.assert(
      fc.property(numbers, (values) => {
        const found = describeNumbers(Float64Array.from(values).sort())!;
        expect(numbersProfileSchema.safeParse(found).success).toBe(true);
        const { min, q1, median, q3, max } = found;
        expect([min, q1, median, q3, max].toSorted((a, b) => a - b)).toEqual([min, q1, median, q3, max]);
      }),
    );
  });
});
