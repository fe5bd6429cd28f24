import { describe, expect, it } from 'vitest';
import { auc, rocCurve } from '../../src/evaluation/roc.js';
import { seededRandom } from '../../src/math/random.js';
import { sampleAccounts } from './sample-accounts.js';

describe('auc', () => {
  it('counts pairs, a tie one half: 3.5 of 4', () => {
    expect(auc(Float64Array.of(0.9, 0.4, 0.4, 0.1), Uint8Array.of(1, 1, 0, 0))).toBe(0.875);
  });

  it('weighs pairs by both weights: (2·3 + 2·1) of (3·4)', () => {
    const weights = Float64Array.of(2, 1, 3, 1);
    expect(auc(Float64Array.of(0.9, 0.1, 0.5, 0.2), Uint8Array.of(1, 1, 0, 0), weights)).toBeCloseTo(8 / 12);
  });

  it('refuses one outcome only', () => {
    expect(() => auc(Float64Array.of(0.1, 0.2), Uint8Array.of(0, 0))).toThrowError(
      expect.objectContaining({
        code: 'bad-target',
        message: 'auc: both outcomes are needed, found 0 churned among 2 rows',
      }),
    );
  });
});

describe('rocCurve', () => {
  it('has one point per distinct probability and its ends', () => {
    const curve = rocCurve(Float64Array.of(0.9, 0.4, 0.4, 0.1), Uint8Array.of(1, 1, 0, 0));
    expect(curve.map((point) => [point.falsePositiveRate, point.truePositiveRate])).toEqual([
      [0, 0],
      [0, 0.5],
      [0.5, 1],
      [1, 1],
    ]);
  });

  it('is thinned to 200 points without losing area', () => {
    const { probabilities, churned } = sampleAccounts(5_000, seededRandom(1));
    const curve = rocCurve(probabilities, churned);
    expect(curve.length).toBeGreaterThan(150);
    expect(curve.length).toBeLessThanOrEqual(200);
    expect(curve[0]).toEqual({ falsePositiveRate: 0, truePositiveRate: 0 });
    expect(curve.at(-1)).toEqual({ falsePositiveRate: 1, truePositiveRate: 1 });
    let area = 0;
    for (let i = 1; i < curve.length; i++) {
      const [a, b] = [curve[i - 1]!, curve[i]!];
      expect(b.falsePositiveRate).toBeGreaterThanOrEqual(a.falsePositiveRate);
      expect(b.truePositiveRate).toBeGreaterThanOrEqual(a.truePositiveRate);
      area += ((b.falsePositiveRate - a.falsePositiveRate) * (a.truePositiveRate + b.truePositiveRate)) / 2;
    }
    expect(area).toBeCloseTo(auc(probabilities, churned), 3);
  });
});
