import type { z } from 'zod';
import { partialDependence } from '../explanation/partial-dependence.js';
import { permutationImportance } from '../explanation/permutation.js';
import { permutation, type Random } from '../math/random.js';
import { type Table, takeBytes, takeRows } from '../tables/table.js';
import type { driverSchema } from './card.js';
import { type ChurnModel, explainChurn, predictChurn } from './churn-model.js';

export type Driver = z.infer<typeof driverSchema>;

/** Drivers need no more rows than this; importance and dependence are means. */
const MOST_ROWS = 1_000;
/** Drivers shown with a partial-dependence curve. */
const MOST_DRIVERS = 10;

/**
 * The features that move the model most on the given (held-back) rows, with permutation loss and partial
 * dependence; at most ten, by mean |push|. A model that knows nothing has none.
 */
export function findDrivers(model: ChurnModel, table: Table, churned: Uint8Array, random: Random): Driver[] {
  const rows = permutation(table.rows, random).subarray(0, MOST_ROWS).sort();
  const sample = takeRows(table, rows);
  const outcomes = takeBytes(churned, rows);
  const { features, values } = explainChurn(model, sample);
  const importance = features.map((feature, i) => {
    let sum = 0;
    for (let row = 0; row < sample.rows; row++) sum += Math.abs(values[row * features.length + i]!);
    return { feature, importance: sum / sample.rows };
  });
  const top = importance
    .filter((driver) => driver.importance > 1e-6)
    .sort((a, b) => b.importance - a.importance)
    .slice(0, MOST_DRIVERS);
  const predict = (changed: Table) => predictChurn(model, changed);
  const losses = new Map(
    permutationImportance(predict, sample, outcomes, {
      random,
      repeats: 3,
      features: top.map(({ feature }) => feature),
    }).map(({ feature, loss }) => [feature, loss]),
  );
  return top.map(({ feature, importance: mean }) => ({
    feature,
    importance: mean,
    permutationLoss: losses.get(feature)!,
    dependence: partialDependence(predict, sample, feature),
  }));
}
