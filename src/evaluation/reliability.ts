import type { z } from 'zod';
import type { reliabilityBinSchema } from './evaluation.js';
import { type Tally, tallyOutcomes } from './tally.js';

export type ReliabilityBin = z.infer<typeof reliabilityBinSchema>;

/** Accounts of similar risk: their weight, mean probability and churn rate. */
export interface RiskBin {
  readonly weight: number;
  readonly meanProbability: number;
  readonly rate: number;
}

const BINS = 10;
/** The 97.5 % point of the standard normal distribution. */
const Z95 = 1.959963984540054;

/**
 * Ten bins of equal count from the lowest to the highest probability, each with its churn rate and that
 * rate's 95 % Wilson interval. Accounts with the same probability share a bin, the one in which the middle of
 * their ranks falls, so bins may be uneven and fewer than ten; a constant probability gives one. Without ties
 * and with a multiple of ten accounts these are scikit-learn's `calibration_curve(strategy="quantile")`.
 */
export function reliabilityBins(
  probabilities: Float64Array,
  churned: Uint8Array,
  weights?: Float64Array,
): ReliabilityBin[] {
  return reliabilityBinsOf(tallyOutcomes(probabilities, churned, weights));
}

/** `reliabilityBins` of accounts that are already counted. */
export function reliabilityBinsOf(tally: Tally): ReliabilityBin[] {
  return equalCountBins(tally).map(({ weight, meanProbability, rate }) => ({
    accounts: Math.round(weight),
    meanProbability,
    rate,
    ...wilsonInterval(rate, weight),
  }));
}

/**
 * Mean |mean probability − churn rate| over the ten bins of `reliabilityBins`, weighted by accounts (expected
 * calibration error). Zero only in theory: chance alone gives a perfectly calibrated model of 1,000 accounts
 * at 20 % about 0.03, of 100,000 about 0.003, and with ten accounts every bin holds one and the figure is the
 * mean |probability − outcome|. Read it with its interval.
 *
 * @example
 * calibrationError(Float64Array.of(0.25, 0.25, 0.25, 0.25), Uint8Array.of(1, 0, 0, 0)); // 0
 */
export function calibrationError(
  probabilities: Float64Array,
  churned: Uint8Array,
  weights?: Float64Array,
): number {
  return calibrationErrorOf(equalCountBins(tallyOutcomes(probabilities, churned, weights)));
}

/** `calibrationError` of bins that are already formed. */
export function calibrationErrorOf(bins: readonly RiskBin[]): number {
  let error = 0;
  let total = 0;
  for (const { weight, meanProbability, rate } of bins) {
    error += weight * Math.abs(meanProbability - rate);
    total += weight;
  }
  return error / total;
}

/** The bins of `reliabilityBins`, lowest risk first, without rounding or intervals; empty ones are left out. */
export function equalCountBins({ levels, weights, churned, totalWeight }: Tally): RiskBin[] {
  const { probabilities } = levels;
  const weight = new Float64Array(BINS);
  const expected = new Float64Array(BINS);
  const leaving = new Float64Array(BINS);
  let below = 0;
  let bin = 0;
  for (let level = weights.length - 1; level >= 0; level--) {
    const levelWeight = weights[level]!;
    while (bin < BINS - 1 && (below + levelWeight / 2) * BINS >= (bin + 1) * totalWeight) bin++;
    below += levelWeight;
    weight[bin]! += levelWeight;
    expected[bin]! += levelWeight * probabilities[level]!;
    leaving[bin]! += churned[level]!;
  }
  return Array.from(weight, (total, bin) => ({
    weight: total,
    meanProbability: expected[bin]! / total,
    rate: leaving[bin]! / total,
  })).filter((bin) => bin.weight > 0);
}

/** Wilson's (1927) score interval of a rate seen among `count` accounts; inside [0, 1] even for rates 0 and 1. */
export function wilsonInterval(rate: number, count: number): { low: number; high: number } {
  const z2 = Z95 * Z95;
  const centre = (rate + z2 / (2 * count)) / (1 + z2 / count);
  const reach = (Z95 / (1 + z2 / count)) * Math.sqrt((rate * (1 - rate)) / count + z2 / (4 * count * count));
  return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
}
