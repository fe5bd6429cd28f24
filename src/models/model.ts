import { ChurnError } from '../errors.js';
import type { Table } from '../tables/table.js';

/** Rows to learn from: features, the outcome (1 churned, 0 stayed), and row weights (`null`: all 1). */
export interface TrainingSet {
  readonly table: Table;
  readonly churned: Uint8Array;
  readonly weights: Float64Array | null;
}

/**
 * Pushes of each feature on each row's score, in log-odds.
 * `values[row * features.length + feature]`; each row's pushes and `baseline` sum to its score
 * (exactly where the family says so).
 */
export interface Contributions {
  readonly features: readonly string[];
  readonly baseline: number;
  readonly values: Float64Array;
}

/** log(p / (1 − p)), with p held inside [1e-12, 1 − 1e-12]. */
export function logit(probability: number): number {
  const p = Math.min(Math.max(probability, 1e-12), 1 - 1e-12);
  return Math.log(p / (1 - p));
}

/**
 * 1 / (1 + e^−score), without overflow at either end.
 *
 * @example
 * sigmoid(0); // 0.5
 */
export function sigmoid(score: number): number {
  if (score >= 0) return 1 / (1 + Math.exp(-score));
  const odds = Math.exp(score);
  return odds / (1 + odds);
}

/**
 * Holds a training set to what every learner needs.
 *
 * @throws ChurnError `bad-table` when lengths differ, `too-few-rows` when there is no row,
 * `bad-target` when only one outcome is present.
 */
export function checkTrainingSet(name: string, { table, churned, weights }: TrainingSet): void {
  if (churned.length !== table.rows || (weights && weights.length !== table.rows)) {
    throw new ChurnError(
      'bad-table',
      `${name}: ${table.rows} rows with ${churned.length} outcomes and ${weights?.length ?? 'no'} weights`,
    );
  }
  if (table.rows === 0) throw new ChurnError('too-few-rows', `${name}: no rows to learn from`);
  const leavers = churned.reduce((sum, y) => sum + y, 0);
  if (leavers === 0 || leavers === table.rows) {
    throw new ChurnError(
      'bad-target',
      `${name}: both outcomes are needed, found ${leavers} churned among ${table.rows} rows`,
    );
  }
}
