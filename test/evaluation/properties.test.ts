import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision } from '../../src/evaluation/average-precision.js';
import { brierParts, brierScore } from '../../src/evaluation/brier-score.js';
import { calibrationLine } from '../../src/evaluation/calibration-slope.js';
import { expectedCount } from '../../src/evaluation/expected-count.js';
import { liftAt } from '../../src/evaluation/lift.js';
import { logLoss } from '../../src/evaluation/log-loss.js';
import { placeholderTerms, profitCurve } from '../../src/evaluation/profit.js';
import { calibrationError, reliabilityBins } from '../../src/evaluation/reliability.js';
import { auc, rocCurve } from '../../src/evaluation/roc.js';
import { permutation, seededRandom } from '../../src/math/random.js';
import { takeBytes, takeNumbers } from '../../src/tables/table.js';

/** Two to sixty accounts, at least one of each outcome, probabilities often tied. */
const accounts = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.integer({ min: 0, max: 8 }).map((k) => k / 8),
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      fc.boolean(),
    ),
    {
      minLength: 2,
      maxLength: 60,
    },
  )
  .filter((rows) => new Set(rows.map(([, churned]) => churned)).size === 2)
  .map((rows) => ({
    p: Float64Array.from(rows, ([p]) => p),
    y: Uint8Array.from(rows, ([, churned]) => Number(churned)),
  }));

type Metric = (p: Float64Array, y: Uint8Array, w?: Float64Array) => unknown;
const metrics: [string, Metric][] = [
  ['auc', auc],
  ['rocCurve', rocCurve],
  ['averagePrecision', averagePrecision],
  ['logLoss', logLoss],
  ['brierScore', brierScore],
  ['brierParts', brierParts],
  ['calibrationError', calibrationError],
  ['reliabilityBins', reliabilityBins],
  ['expectedCount', expectedCount],
  ['liftAt', (p, y, w) => liftAt(0.2, p, y, w)],
  ['profitCurve', (p, y, w) => profitCurve(p, y, placeholderTerms, w)],
];

/** Every number of a result, rounded to ten digits, so that only the order of summation may differ. */
const rounded = (result: unknown): unknown =>
  JSON.parse(JSON.stringify({ result }), (_, value) =>
    typeof value === 'number' ? Math.round(value * 1e10) / 1e10 + 0 : value,
  );

describe.each(metrics)('%s', (_, metric) => {
  it('takes a weight of 2 as the row twice', () => {
    fc.assert(
      fc.property(accounts, fc.integer(), ({ p, y }, seed) => {
        const random = seededRandom(seed);
        const weights = Float64Array.from(p, () => 1 + random.integer(3));
        const rows = Array.from(weights, (weight, row) => new Array<number>(weight).fill(row)).flat();
        expect(rounded(metric(p, y, weights))).toEqual(
          rounded(metric(takeNumbers(p, rows), takeBytes(y, rows))),
        );
      }),
    );
  });

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(accounts, fc.integer(), ({ p, y }, seed) => {
        const order = permutation(p.length, seededRandom(seed));
        expect(metric(takeNumbers(p, order), takeBytes(y, order))).toEqual(metric(p, y));
      }),
    );
  });
});

it('auc sees ranks only, and turns round with them', () => {
  fc.assert(
    fc.property(accounts, ({ p, y }) => {
      const eighths = p.map((value) => Math.round(value * 8) / 8);
      const value = auc(eighths, y);
      expect(
        auc(
          eighths.map((q) => q ** 3 / 2),
          y,
        ),
      ).toBe(value);
      expect(
        auc(
          eighths.map((q) => 1 - q),
          y,
        ),
      ).toBeCloseTo(1 - value, 12);
    }),
  );
});

it('the Brier score’s parts add up where every bin holds one probability', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (outcomes) => {
      const p = Float64Array.from(outcomes, (_, row) => (0.5 + (row % 10)) / 10);
      const y = Uint8Array.from(outcomes, Number);
      const { reliability, resolution, uncertainty } = brierParts(p, y);
      expect(reliability - resolution + uncertainty).toBeCloseTo(brierScore(p, y), 12);
    }),
  );
});

it('a constant is worth as much as a guess', () => {
  fc.assert(
    fc.property(
      accounts,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      ({ y }, constant, share) => {
        const p = new Float64Array(y.length).fill(constant);
        const rate = y.reduce((sum, churned) => sum + churned, 0) / y.length;
        expect(auc(p, y)).toBe(0.5);
        expect(averagePrecision(p, y)).toBeCloseTo(rate, 12);
        expect(liftAt(share, p, y).lift).toBeCloseTo(1, 12);
        expect(calibrationError(p, y)).toBeCloseTo(Math.abs(constant - rate), 12);
      },
    ),
  );
});

it('the calibration line leaves no gap on average and no trend', () => {
  fc.assert(
    fc.property(accounts, ({ p, y }) => {
      const held = p.map((value) => Math.min(Math.max(value, 0.02), 0.98));
      const { intercept, slope } = calibrationLine(held, y);
      let gap = 0;
      held.forEach((value, row) => {
        const logOdds = intercept + slope * Math.log(value / (1 - value));
        gap += y[row]! - 1 / (1 + Math.exp(-logOdds));
      });
      expect(Math.abs(gap)).toBeLessThan(1e-6 * y.length);
    }),
  );
});
