import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRange, levelSpread, poissonBinomial } from '../../src/evaluation/count-range.js';
import { seededRandom } from '../../src/math/random.js';

describe('countRange', () => {
  it('of two coins holds everything, of one sure leaver just that', () => {
    expect(countRange(Float64Array.of(0.5, 0.5))).toEqual({ expected: 1, low: 0, high: 2 });
    expect(countRange(Float64Array.of(1, 0, 0))).toEqual({ expected: 1, low: 1, high: 1 });
    expect(countRange(new Float64Array(0))).toEqual({ expected: 0, low: 0, high: 0 });
  });

  it('agrees with the binomial in its 5 % and 95 % quantiles, 25 and 39 for 70 accounts at 32 ÷ 70', () => {
    const { low, high } = countRange(new Float64Array(70).fill(32 / 70));
    expect([low, high]).toEqual([25, 39]);
  });

  it('sums every subset: the distribution of three accounts by hand', () => {
    const [a, b, c] = [0.1, 0.5, 0.8];
    const chance = poissonBinomial(Float64Array.of(a, b, c));
    expect(chance[0]).toBeCloseTo(0.9 * 0.5 * 0.2, 12);
    expect(chance[1]).toBeCloseTo(a * 0.5 * 0.2 + 0.9 * b * 0.2 + 0.9 * 0.5 * c, 12);
    expect(chance[3]).toBeCloseTo(a * b * c, 12);
  });

  it('is nearly the same just below and above the size at which it stops being exact', () => {
    const exact = countRange(new Float64Array(3_000).fill(0.1));
    const approximate = countRange(new Float64Array(3_001).fill(0.1));
    expect(Math.abs(exact.low - approximate.low)).toBeLessThanOrEqual(1);
    expect(Math.abs(exact.high - approximate.high)).toBeLessThanOrEqual(1);
  });

  it('widens with the spread between months and holds the expectation', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }),
        (p) => {
          const narrow = countRange(Float64Array.from(p));
          expect(narrow.low).toBeLessThanOrEqual(Math.ceil(narrow.expected));
          expect(narrow.high).toBeGreaterThanOrEqual(Math.floor(narrow.expected));
        },
      ),
      { seed: 1 },
    );
    const p = new Float64Array(500).fill(0.1);
    const width = (levelSpread: number) =>
      countRange(p, { levelSpread }).high - countRange(p, { levelSpread }).low;
    expect(width(0.3)).toBeGreaterThan(width(0.1));
    expect(width(0.1)).toBeGreaterThan(width(0));
  });

  it('covers about 90 % of months whose level moves', () => {
    const random = seededRandom(3);
    const p = new Float64Array(400).fill(0.08);
    const { low, high } = countRange(p, { levelSpread: 0.25 });
    let covered = 0;
    for (let month = 0; month < 500; month++) {
      const factor = Math.exp(0.25 * random.normal() - 0.25 ** 2 / 2);
      const count = p.reduce((sum, chance) => sum + (random.uniform() < chance * factor ? 1 : 0), 0);
      if (count >= low && count <= high) covered++;
    }
    expect(covered / 500).toBeGreaterThan(0.86);
    expect(covered / 500).toBeLessThan(0.95);
  });

  it('refuses a confidence of 1', () => {
    expect(() => countRange(Float64Array.of(0.5), { confidence: 1 })).toThrow(/confidence/);
  });
});

describe('levelSpread', () => {
  const months = (spread: number, seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 300 }, () => {
      const factor = Math.exp(spread * random.normal() - spread ** 2 / 2);
      let actual = 0;
      for (let account = 0; account < 1_000; account++) if (random.uniform() < 0.1 * factor) actual++;
      return { expected: 100, actual, variance: 90 };
    });
  };

  it('finds the spread that was planted, and little where there is none', () => {
    expect(levelSpread(months(0.3, 1))).toBeCloseTo(0.3, 1);
    expect(levelSpread(months(0, 2))).toBeLessThan(0.05);
  });

  it('claims nothing from two months', () => {
    expect(levelSpread(months(0.5, 3).slice(0, 2))).toBe(0);
  });
});
