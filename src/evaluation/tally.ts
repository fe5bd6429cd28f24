import { ChurnError } from '../errors.js';

/**
 * The distinct probabilities of a set of accounts, riskiest first, and the accounts on each. Sorted once, it
 * serves every metric and every resample; ties are one level, so no metric can depend on the order of rows.
 */
export interface RiskLevels {
  readonly rows: number;
  /** Distinct probabilities, falling. */
  readonly probabilities: Float64Array;
  /** −log p of each level: its log loss on an account that churned. */
  readonly lossIfChurned: Float64Array;
  /** −log(1 − p) of each level: its log loss on an account that stayed. */
  readonly lossIfStayed: Float64Array;
  /** The row numbers, riskiest first. */
  readonly order: Int32Array;
  /** Level `l` holds the rows `order[starts[l]]` to `order[starts[l + 1] − 1]`. */
  readonly starts: Int32Array;
}

/** Accounts and churners (weighted) on each level. All metrics are read from it in one pass over the levels. */
export interface Tally {
  readonly levels: RiskLevels;
  readonly weights: Float64Array;
  readonly churned: Float64Array;
  readonly totalWeight: number;
  readonly totalChurned: number;
}

/**
 * Sorts probabilities into levels.
 *
 * @throws ChurnError `bad-table` when a value is not a number in [0, 1], `too-few-rows` when there is none.
 */
export function riskLevels(probabilities: Float64Array): RiskLevels {
  checkProbabilities(probabilities);
  const rows = probabilities.length;
  const order = Int32Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => probabilities[b]! - probabilities[a]!,
  );
  const distinct = new Float64Array(rows);
  const starts = new Int32Array(rows + 1);
  let levels = 0;
  for (let i = 0; i < rows; i++) {
    const probability = probabilities[order[i]!]!;
    if (levels > 0 && probability === distinct[levels - 1]) continue;
    distinct[levels] = probability;
    starts[levels++] = i;
  }
  starts[levels] = rows;
  const levelProbabilities = distinct.slice(0, levels);
  return {
    rows,
    probabilities: levelProbabilities,
    lossIfChurned: levelProbabilities.map(surprise),
    lossIfStayed: levelProbabilities.map((p) => surprise(1 - p)),
    order,
    starts: starts.slice(0, levels + 1),
  };
}

/**
 * −log of the probability given to what happened, in nats. It is held at least 2⁻⁵² from 0, as scikit-learn's
 * `log_loss` does, so one account called impossible that churns costs 36.
 */
export function surprise(probability: number): number {
  return -Math.log(Math.max(probability, Number.EPSILON));
}

/** Counts accounts and churners on each level. `weights` may be the counts of a bootstrap resample. */
export function tallyLevels(
  levels: RiskLevels,
  churned: Uint8Array,
  weights?: Float64Array | Uint8Array,
): Tally {
  const { order, starts } = levels;
  const count = levels.probabilities.length;
  const levelWeights = new Float64Array(count);
  const levelChurned = new Float64Array(count);
  let totalWeight = 0;
  let totalChurned = 0;
  for (let level = 0; level < count; level++) {
    let weight = 0;
    let leaving = 0;
    for (let i = starts[level]!; i < starts[level + 1]!; i++) {
      const row = order[i]!;
      const rowWeight = weights ? weights[row]! : 1;
      weight += rowWeight;
      leaving += rowWeight * churned[row]!;
    }
    levelWeights[level] = weight;
    levelChurned[level] = leaving;
    totalWeight += weight;
    totalChurned += leaving;
  }
  return { levels, weights: levelWeights, churned: levelChurned, totalWeight, totalChurned };
}

/**
 * What the plain metrics start from: checked input, sorted and counted.
 *
 * @throws ChurnError `bad-table` on lengths that differ or values out of range, `bad-target` on an outcome
 * other than 0 and 1, `too-few-rows` when there is no row or no weight.
 */
export function tallyOutcomes(
  probabilities: Float64Array,
  churned: Uint8Array,
  weights?: Float64Array,
): Tally {
  checkOutcomes(probabilities.length, churned);
  if (weights) checkWeights(probabilities.length, weights);
  return tallyLevels(riskLevels(probabilities), churned, weights);
}

/** @throws ChurnError `bad-table` when lengths differ, `bad-target` on an outcome other than 0 and 1. */
export function checkOutcomes(rows: number, churned: Uint8Array): void {
  if (churned.length !== rows) {
    throw new ChurnError('bad-table', `evaluation: ${rows} probabilities with ${churned.length} outcomes`);
  }
  const row = churned.findIndex((outcome) => outcome > 1);
  if (row >= 0) {
    throw new ChurnError(
      'bad-target',
      `evaluation: outcomes must be 0 or 1, found ${churned[row]} at index ${row}; leave out rows without a known outcome`,
    );
  }
}

/**
 * Ranking and calibration compare churners with the others.
 *
 * @throws ChurnError `bad-target` when only one outcome is present.
 */
export function needBothOutcomes(metric: string, { totalWeight, totalChurned }: Tally): void {
  if (totalChurned > 0 && totalChurned < totalWeight) return;
  throw new ChurnError(
    'bad-target',
    `${metric}: both outcomes are needed, found ${totalChurned} churned among ${totalWeight} rows`,
  );
}

function checkProbabilities(probabilities: Float64Array): void {
  if (probabilities.length === 0) throw new ChurnError('too-few-rows', 'evaluation: no rows to evaluate');
  const row = probabilities.findIndex((p) => !(p >= 0 && p <= 1));
  if (row >= 0) {
    throw new ChurnError(
      'bad-table',
      `evaluation: probabilities must lie in [0, 1], found ${probabilities[row]} at index ${row}`,
    );
  }
}

function checkWeights(rows: number, weights: Float64Array): void {
  if (weights.length !== rows) {
    throw new ChurnError('bad-table', `evaluation: ${rows} probabilities with ${weights.length} weights`);
  }
  const row = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
  if (row >= 0) {
    throw new ChurnError(
      'bad-table',
      `evaluation: weights must be finite and not negative, found ${weights[row]} at index ${row}`,
    );
  }
  if (weights.every((weight) => weight === 0)) {
    throw new ChurnError('too-few-rows', `evaluation: all ${rows} weights are 0`);
  }
}
