import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiYekutieli } from '../../src/math/benjamini-yekutieli.js';

const { pValues, adjusted } = JSON.parse(
  readFileSync(new URL('../references/exact-tests.json', import.meta.url), 'utf8'),
) as { pValues: number[]; adjusted: number[] };

describe('benjaminiYekutieli', () => {
  it("agrees with statsmodels' multipletests(method='fdr_by')", () => {
    const corrected = benjaminiYekutieli(pValues, pValues.length);
    for (const [i, p] of adjusted.entries()) expect(corrected[i]).toBeCloseTo(p, 14);
    const turned = benjaminiYekutieli([...pValues].reverse(), pValues.length).reverse();
    expect(turned).toEqual(corrected);
  });

  it('is worked by hand: 0.01 and 0.02 as the smallest of four', () => {
    // 1 + 1/2 + 1/3 + 1/4 = 25/12; the second is 4 · 25/12 · 0.02 ÷ 2 and the first no more than that.
    const corrected = benjaminiYekutieli([0.02, 0.01], 4);
    expect(corrected[0]).toBeCloseTo(1 / 12, 15);
    expect(corrected[1]).toBeCloseTo(1 / 12, 15);
  });

  it('is never smaller with the smallest alone than with all', () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(chance, { minLength: 1, maxLength: 20 }), fc.nat(), (all, cut) => {
        const sorted = all.sort((a, b) => a - b);
        const known = sorted.slice(0, 1 + (cut % sorted.length));
        const complete = benjaminiYekutieli(sorted, sorted.length);
        benjaminiYekutieli(known, sorted.length).forEach((p, i) => {
          expect(p).toBeGreaterThanOrEqual(complete[i]!);
          expect(p).toBeGreaterThanOrEqual(known[i]!);
          expect(p).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it('sums a long harmonic series: 1 + 1/2 + … + 1/10⁶ = 14.392726722865724', () => {
    expect(benjaminiYekutieli([1e-9], 1e6)[0]! / (1e-3 * 14.392726722865724)).toBeCloseTo(1, 14);
    expect(benjaminiYekutieli([1e-12], 1e9)[0]! / (1e-3 * 21.300481502347942)).toBeCloseTo(1, 13);
    expect(benjaminiYekutieli([], 5)).toEqual([]);
  });
});
