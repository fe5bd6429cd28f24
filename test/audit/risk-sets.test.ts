import { describe, expect, it } from 'vitest';
import { levelRisks } from '../../src/audit/risk-sets.js';
import { seededRandom } from '../../src/math/random.js';
import { livesOf } from './made-lives.js';

describe('levelRisks', () => {
  it('compares each leaver with those beside it, worked by hand', () => {
    // Four accounts of one moment; those of level 1 leave at 10 and 20.
    const startedAt = Float64Array.of(0, 0, 0, 0);
    const leftAt = Float64Array.of(10, 20, Number.NaN, Number.NaN);
    const [, level] = levelRisks({ startedAt, leftAt, codes: Int32Array.of(1, 1, 0, 0), levels: 2 });
    // Share of level 1 beside the first leaver 2 of 4, beside the second 1 of 3.
    expect(level!.all.logOdds).toBeCloseTo(Math.log((1 / 2 + 2 / 3 + 0.5) / 0.5), 12);
    expect(level!.all.variance).toBeCloseTo(
      (1 / 4 + 4 / 9 + 0.25) / (1 / 2 + 2 / 3 + 0.5) ** 2 + 0.25 / 0.25,
      12,
    );
  });

  it('finds the odds of a level that was known all along, early and late', () => {
    const { lives, codes } = livesOf(20_000, seededRandom(3), { hazardRatio: 3 });
    const [, level] = levelRisks({ ...lives, codes, levels: 2 });
    expect(Math.exp(level!.all.logOdds)).toBeCloseTo(3, 0);
    expect(Math.abs(level!.latest.logOdds - level!.earliest.logOdds)).toBeLessThan(
      3 * Math.sqrt(level!.latest.variance + level!.earliest.variance),
    );
  });
});
