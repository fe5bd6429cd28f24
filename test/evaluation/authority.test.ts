import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { averagePrecision } from '../../src/evaluation/average-precision.js';
import { brierScore } from '../../src/evaluation/brier-score.js';
import { calibrationLine } from '../../src/evaluation/calibration-slope.js';
import { logLoss } from '../../src/evaluation/log-loss.js';
import { reliabilityBins, wilsonInterval } from '../../src/evaluation/reliability.js';
import { auc, rocCurve } from '../../src/evaluation/roc.js';

interface ReferenceCase {
  name: string;
  probabilities: number[];
  churned: number[];
  weights: number[] | null;
  auc: number;
  averagePrecision: number;
  logLoss: number;
  brier: number;
  roc: [number[], number[]];
  line: [number, number] | null;
  bins: [number[], number[]] | null;
}

const reference = JSON.parse(
  readFileSync(new URL('../references/evaluation.json', import.meta.url), 'utf8'),
) as {
  cases: ReferenceCase[];
  wilson: { hits: number; count: number; low: number; high: number }[];
};

const arraysOf = ({ probabilities, churned, weights }: ReferenceCase) =>
  [
    Float64Array.from(probabilities),
    Uint8Array.from(churned),
    weights ? Float64Array.from(weights) : undefined,
  ] as const;

describe.each(reference.cases)('agrees with scikit-learn: $name', (expected) => {
  const arrays = arraysOf(expected);

  it('auc is roc_auc_score', () => expect(auc(...arrays)).toBeCloseTo(expected.auc, 12));
  it('averagePrecision is average_precision_score', () =>
    expect(averagePrecision(...arrays)).toBeCloseTo(expected.averagePrecision, 12));
  it('logLoss is log_loss', () => expect(logLoss(...arrays)).toBeCloseTo(expected.logLoss, 12));
  it('brierScore is brier_score_loss', () => expect(brierScore(...arrays)).toBeCloseTo(expected.brier, 12));

  it('rocCurve has the points of roc_curve', () => {
    const distinct = (points: [number, number][]) =>
      new Set(points.map(([x, y]) => `${x.toFixed(9)} ${y.toFixed(9)}`));
    const [x, y] = expected.roc;
    const theirs = distinct(x.map((rate, i) => [rate, y[i]!]));
    const ours = distinct(rocCurve(...arrays).map((p) => [p.falsePositiveRate, p.truePositiveRate]));
    if (theirs.size <= 200) expect(ours).toEqual(theirs);
    else expect([...ours].filter((point) => !theirs.has(point))).toEqual([]);
  });
});

it.each(reference.cases.filter(({ line }) => line))(
  'calibrationLine is an unpenalised LogisticRegression on the log-odds: $name',
  (expected) => {
    const { intercept, slope } = calibrationLine(...arraysOf(expected));
    expect(intercept).toBeCloseTo(expected.line![0], 5);
    expect(slope).toBeCloseTo(expected.line![1], 5);
  },
);

it.each(reference.cases.filter(({ bins }) => bins))(
  'reliabilityBins are calibration_curve(strategy="quantile"): $name',
  (expected) => {
    const bins = reliabilityBins(...arraysOf(expected));
    const [rates, means] = expected.bins!;
    expect(bins).toHaveLength(rates.length);
    bins.forEach((bin, i) => {
      expect(bin.rate).toBeCloseTo(rates[i]!, 12);
      expect(bin.meanProbability).toBeCloseTo(means[i]!, 12);
    });
  },
);

it.each(reference.wilson)('wilsonInterval of $hits in $count is SciPy’s', ({ hits, count, low, high }) => {
  const interval = wilsonInterval(hits / count, count);
  expect(interval.low).toBeCloseTo(low, 12);
  expect(interval.high).toBeCloseTo(high, 12);
});
