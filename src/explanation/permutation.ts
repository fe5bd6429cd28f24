import { ChurnError } from '../errors.js';
import type { Estimate } from '../evaluation/evaluation.js';
import { accountLogLosses } from '../evaluation/log-loss.js';
import { checkOutcomes } from '../evaluation/tally.js';
import { bootstrap, percentileInterval } from '../math/bootstrap.js';
import { permutation, type Random } from '../math/random.js';
import { type Column, columnLength, columnNamed, type Table, takeRows } from '../tables/table.js';

/** A model as a function: one probability of churning per row. */
export type Predict = (table: Table) => Float64Array;

export interface PermutationOptions {
  random: Random;
  /** Shuffles per feature, averaged. */
  repeats?: number;
  /** Which features to shuffle; all columns unless given. */
  features?: readonly string[];
}

export interface PermutationImportance {
  readonly feature: string;
  /** Increase of log loss when the feature's values are shuffled among the rows. */
  readonly loss: Estimate;
}

/**
 * What each feature is worth to the model (Breiman 2001; Fisher, Rudin and Dominici 2019): the increase of the
 * mean log loss when its values are shuffled among accounts, so that they tell nothing any more. A feature
 * that the model does not use gives exactly 0. Use rows that the model has not learned from. Two features
 * that say the same stand in for each other, and each alone may look worthless.
 *
 * The interval is the percentile bootstrap over rows of each row's increase, averaged over the shuffles: it
 * holds the chance in the rows and, through the rows' own spread, that of the shuffles. Predictions made:
 * rows × (1 + features × repeats); hand over a sample of a large table.
 *
 * @throws ChurnError `bad-option` when `repeats` is not a whole number of at least 1, `missing-column` for a
 * feature without a column, `bad-table` when the outcomes are not as many as the rows, `bad-target` when one is
 * neither 0 nor 1.
 *
 * @example
 * const worth = permutationImportance(predict, heldBack, churned, { random: seededRandom(7) });
 * const needed = worth.filter(({ loss }) => loss.low > 0); // worthless ones left out
 */
export function permutationImportance(
  predict: Predict,
  table: Table,
  churned: Uint8Array,
  { random, repeats = 5, features = table.columns.map(({ name }) => name) }: PermutationOptions,
): PermutationImportance[] {
  if (!Number.isInteger(repeats) || repeats < 1) {
    throw new ChurnError(
      'bad-option',
      `permutationImportance: repeats must be a whole number from 1, found ${repeats}`,
    );
  }
  checkOutcomes(table.rows, churned);
  const plain = accountLogLosses(predict(table), churned);
  const increases = features.map((feature) => {
    const column = columnNamed(table, feature);
    const stream = random.fork(`permutation of ${feature}`);
    const increase = new Float64Array(table.rows);
    for (let repeat = 0; repeat < repeats; repeat++) {
      const shuffled = accountLogLosses(predict(withColumn(table, shuffle(column, stream))), churned);
      for (let row = 0; row < table.rows; row++) increase[row]! += (shuffled[row]! - plain[row]!) / repeats;
    }
    return increase;
  });
  const ones = new Uint8Array(table.rows).fill(1);
  const value = increases.map((increase) => meanOver(increase, ones));
  const resampled = bootstrap(
    table.rows,
    (counts) => increases.map((increase) => meanOver(increase, counts)),
    { random: random.fork('permutation resamples') },
  );
  return features.map((feature, i) => ({
    feature,
    loss: { value: value[i]!, ...percentileInterval(resampled.map((means) => means[i]!)) },
  }));
}

/** The table with one column in the place of the column of the same name. */
export function withColumn(table: Table, column: Column): Table {
  return {
    rows: table.rows,
    columns: table.columns.map((other) => (other.name === column.name ? column : other)),
  };
}

/** Shuffles values among rows, missing ones too. */
function shuffle(column: Column, random: Random): Column {
  const rows = columnLength(column);
  return takeRows({ rows, columns: [column] }, permutation(rows, random)).columns[0]!;
}

function meanOver(values: Float64Array, counts: Uint8Array): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += counts[row]! * values[row]!;
  return sum / values.length;
}
