import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationLine } from '../../src/evaluation/calibration-slope.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import { type Estimate, evaluationSchema } from '../../src/evaluation/evaluation.js';
import { liftAt } from '../../src/evaluation/lift.js';
import { calibrationError } from '../../src/evaluation/reliability.js';
import { auc } from '../../src/evaluation/roc.js';
import { seededRandom } from '../../src/math/random.js';
import { sampleAccounts } from './sample-accounts.js';

const { probabilities, churned } = sampleAccounts(400, seededRandom(5));
const evaluation = evaluate(probabilities, churned, { random: seededRandom(1) });

function estimates(value: unknown): Estimate[] {
  if (value === null || typeof value !== 'object') return [];
  if ('value' in value) return [value as Estimate];
  return Object.values(value).flatMap(estimates);
}

describe('evaluate', () => {
  it('gives the metrics’ own values, each inside its interval', () => {
    expect(evaluationSchema.parse(evaluation)).toEqual(evaluation);
    expect(evaluation.rows).toBe(400);
    expect(evaluation.churned).toBe(churned.reduce((sum, y) => sum + y, 0));
    expect(evaluation.auc.value).toBeCloseTo(auc(probabilities, churned), 12);
    expect(evaluation.calibrationError.value).toBeCloseTo(calibrationError(probabilities, churned), 12);
    const { slope, intercept } = calibrationLine(probabilities, churned);
    expect(evaluation.calibrationSlope.value).toBeCloseTo(slope, 10);
    expect(evaluation.calibrationIntercept.value).toBeCloseTo(intercept, 10);
    expect(evaluation.liftAt.map(({ share, accounts }) => [share, accounts])).toEqual([
      [0.01, 4],
      [0.05, 20],
      [0.1, 40],
      [0.2, 80],
    ]);
    expect(evaluation.liftAt[2]!.lift.value).toBeCloseTo(liftAt(0.1, probabilities, churned).lift, 12);
    for (const { low, value, high } of estimates(evaluation)) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
  });

  it('is the same for the same seed, and another for another', () => {
    expect(evaluate(probabilities, churned, { random: seededRandom(1) })).toEqual(evaluation);
    expect(evaluate(probabilities, churned, { random: seededRandom(2) }).auc).not.toEqual(evaluation.auc);
  });

  it('takes the best contact share’s interval down by the optimism of picking it', () => {
    const { best, curve } = evaluation.profit;
    const point = curve.find(({ share }) => share === best.share)!;
    expect(best.profit.value).toBe(point.profit.value);
    expect(best.profit.value).toBe(Math.max(...curve.map(({ profit }) => profit.value)));
    expect(best.profit.low).toBeLessThan(point.profit.low);
    expect(best.profit.high).toBeLessThan(point.profit.high);
  });

  it('contacts nobody, for certain, where contacts do not pay, though in some resamples they would', () => {
    const evens = {
      probabilities: new Float64Array(20).fill(0.3),
      churned: new Uint8Array(20).fill(1, 0, 6),
    };
    const { best, curve } = evaluate(evens.probabilities, evens.churned, {
      random: seededRandom(1),
      profit: { contactCost: 0.35, saveValue: 1, saveRate: 1 },
    }).profit;
    expect(curve.at(-1)!.profit.high).toBeGreaterThan(0);
    expect(best).toEqual({ share: 0, accounts: 0, profit: { value: 0, low: 0, high: 0 } });
  });

  it('judges a constant as a guess', () => {
    const constant = evaluate(new Float64Array(400).fill(0.2), churned, { random: seededRandom(1) });
    expect(constant.auc).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
    expect(constant.brierParts.resolution).toEqual({ value: 0, low: 0, high: 0 });
    expect(constant.calibrationSlope.value).toBeCloseTo(1, 9);
    for (const { lift } of constant.liftAt) expect(lift.value).toBeCloseTo(1, 12);
    expect(constant.reliability).toHaveLength(1);
  });

  it('gives finite figures for any ten accounts with both outcomes', () => {
    const probability = fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(probability, { minLength: 10, maxLength: 10 }),
        fc.integer({ min: 1, max: 9 }),
        (values, leavers) => {
          const outcomes = new Uint8Array(10).fill(1, 0, leavers);
          const result = evaluate(Float64Array.from(values), outcomes, {
            random: seededRandom(leavers),
            resamples: 20,
          });
          expect(evaluationSchema.safeParse(result).error).toBeUndefined();
        },
      ),
    );
  });

  it.each([
    ['one outcome only', [0.1, 0.2], [0, 0], 'bad-target', 'evaluate: both outcomes are needed'],
    ['no rows', [], [], 'too-few-rows', 'no rows'],
    ['lengths that differ', [0.1, 0.2], [1], 'bad-table', '2 probabilities with 1 outcomes'],
  ])('refuses %s', (_, values, outcomes, code, message) => {
    expect(() =>
      evaluate(Float64Array.from(values), Uint8Array.from(outcomes), { random: seededRandom(1) }),
    ).toThrowError(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});

it('intervals cover the true figures in about 95 % of 200 data sets', () => {
  const world = sampleAccounts(200_000, seededRandom(6));
  const truth = auc(world.probabilities, world.churned);
  const random = seededRandom(7);
  const covered = { auc: 0, slope: 0, calibrationError: 0, ratio: 0 };
  for (let set = 0; set < 200; set++) {
    const sample = sampleAccounts(200, random);
    const found = evaluate(sample.probabilities, sample.churned, {
      random: seededRandom(set),
      resamples: 200,
    });
    const holds = ({ low, high }: Estimate, value: number) => Number(low <= value && value <= high);
    covered.auc += holds(found.auc, truth);
    covered.slope += holds(found.calibrationSlope, 1);
    covered.calibrationError += holds(found.calibrationError, 0);
    covered.ratio += holds(found.expectedCount.ratio, 1);
  }
  // Binomial(200, 0.94) is at least 176 with a chance of 0.999. The probabilities here are calibrated, the
  // true error is 0, and an interval that is cut at 0 may well cover it always.
  for (const count of Object.values(covered)) expect(count).toBeGreaterThanOrEqual(176);
  expect(Math.max(covered.auc, covered.slope, covered.ratio)).toBeLessThan(200);
});

it('accounts with several rows widen the intervals when told of', () => {
  const rows = Array.from({ length: 1200 }, (_, i) => i % 400);
  const repeated = Float64Array.from(rows, (row) => probabilities[row]!);
  const outcomes = Uint8Array.from(rows, (row) => churned[row]!);
  const width = ({ low, high }: Estimate) => high - low;
  const blind = evaluate(repeated, outcomes, { random: seededRandom(1) });
  const told = evaluate(repeated, outcomes, { random: seededRandom(1), clusters: Int32Array.from(rows) });
  expect(told.auc.value).toBe(blind.auc.value);
  // Three copies of each row pretend to three times the evidence: √3 = 1.73.
  for (const figure of ['auc', 'logLoss', 'brier'] as const) {
    expect(width(told[figure]) / width(blind[figure])).toBeGreaterThan(1.5);
    expect(width(told[figure]) / width(evaluation[figure])).toBeCloseTo(1, 0.7);
  }
});

it('small tables with clusters of different sizes have every figure in every resample', () => {
  const clusters = Int32Array.from({ length: 60 }, (_, row) => (row < 30 ? 0 : row));
  const small = sampleAccounts(60, seededRandom(8));
  const { profit } = evaluate(small.probabilities, small.churned, { random: seededRandom(2), clusters });
  for (const { profit: estimate } of profit.curve) {
    expect(Number.isFinite(estimate.low) && Number.isFinite(estimate.high)).toBe(true);
  }
});
