import { ChurnError } from '../errors.js';
import {
  type CategoryColumn,
  type Column,
  columnNamed,
  type NumberColumn,
  type Table,
  takeRows,
} from '../tables/table.js';
import { type Predict, withColumn } from './permutation.js';

/** The model's mean answer when every account takes one value of a feature. */
export interface DependencePoint {
  /** The value in words: a number to four digits or more, a category's level, or `missing`. */
  readonly label: string;
  /** The number; `null` for categories and for missing. */
  readonly value: number | null;
  /** Mean probability of churning over the rows. */
  readonly probability: number;
  /** Accounts that stand here: of that level, missing, or with this as the nearest of the numbers. */
  readonly rows: number;
}

/** A value to put in every row. */
interface Replacement {
  readonly label: string;
  readonly value: number | null;
  readonly rows: number;
  /** What is written into the column: the number, the level's code, NaN or −1 for missing. */
  readonly entry: number;
}

/** More rows make the mean no better than a chart can show. */
const MOST_ROWS = 2_000;

/**
 * How the model's probability moves with one feature, the others as they are (Friedman 2001): the feature is
 * set to one value in every row and the predictions are averaged. Numbers take up to `points` values that
 * occur, the medians of as many equal-count parts, so outliers have no say; categories their `points` most
 * frequent levels; missing comes last where it occurs. Predictions are averaged over at most 2,000 rows,
 * evenly spaced through the table; `rows` counts the whole table.
 *
 * A picture of the model, not of what would happen if accounts changed: where features move together it
 * asks about accounts that do not exist.
 *
 * @throws ChurnError `missing-column` for a feature without a column, `too-few-rows` for an empty table,
 * `bad-option` when `points` is not a whole number of at least 1.
 *
 * @example
 * partialDependence(predict, heldBack, 'contract');
 * // [{ label: 'Month-to-month', value: null, probability: …, rows: … }, { label: 'Two year', … }, …]
 */
export function partialDependence(
  predict: Predict,
  table: Table,
  feature: string,
  { points = 12 }: { points?: number } = {},
): DependencePoint[] {
  if (!Number.isInteger(points) || points < 1) {
    throw new ChurnError(
      'bad-option',
      `partialDependence: points must be a whole number from 1, found ${points}`,
    );
  }
  const column = columnNamed(table, feature);
  if (table.rows === 0) throw new ChurnError('too-few-rows', 'partialDependence: the table has no rows');
  const sample = evenlySpaced(table, MOST_ROWS);
  const replacements =
    column.kind === 'number' ? numberReplacements(column, points) : levelReplacements(column, points);
  return replacements.map(({ label, value, rows, entry }) => {
    const probabilities = predict(withColumn(sample, constantColumn(column, entry, sample.rows)));
    const probability = probabilities.reduce((sum, p) => sum + p, 0) / sample.rows;
    return { label, value, probability, rows };
  });
}

function numberReplacements({ values }: NumberColumn, points: number): Replacement[] {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = distinctUpTo(sorted, points);
  const grid = distinct ?? middlesOfParts(sorted, points);
  const rows = countNearest(sorted, grid);
  const labels = numberLabels(grid);
  const replacements = grid.map((value, i) => ({
    label: labels[i]!,
    value,
    rows: rows[i]!,
    entry: value,
  }));
  return withMissing(replacements, values.length - sorted.length, Number.NaN);
}

function levelReplacements({ codes, levels }: CategoryColumn, points: number): Replacement[] {
  const counts = new Int32Array(levels.length);
  let missing = 0;
  for (const code of codes) {
    if (code < 0) missing++;
    else counts[code]!++;
  }
  const frequent = Array.from(counts.keys())
    .filter((code) => counts[code]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, points);
  const replacements = frequent.map((code) => ({
    label: levels[code]!,
    value: null,
    rows: counts[code]!,
    entry: code,
  }));
  return withMissing(replacements, missing, -1);
}

function withMissing(replacements: Replacement[], rows: number, entry: number): Replacement[] {
  return rows > 0 ? [...replacements, { label: 'missing', value: null, rows, entry }] : replacements;
}

/** Numbers to four digits, or as many more as tell them apart. */
function numberLabels(grid: readonly number[]): string[] {
  for (let digits = 4; ; digits++) {
    const labels = grid.map((value) => String(Number(value.toPrecision(digits))));
    if (digits === 17 || new Set(labels).size === grid.length) return labels;
  }
}

/** The distinct values if there are at most `most`, else `null`. */
function distinctUpTo(sorted: Float64Array, most: number): number[] | null {
  const distinct: number[] = [];
  for (const value of sorted) {
    if (value === distinct.at(-1)) continue;
    if (distinct.length === most) return null;
    distinct.push(value);
  }
  return distinct;
}

/** The median of each of `parts` equal-count parts, a value that occurs; equal ones once. */
function middlesOfParts(sorted: Float64Array, parts: number): number[] {
  const middles = Array.from(
    { length: parts },
    (_, i) => sorted[Math.floor(((i + 0.5) / parts) * sorted.length)]!,
  );
  return [...new Set(middles)];
}

/** How many of the sorted values have each grid value as their nearest, the lower one at equal distance. */
function countNearest(sorted: Float64Array, grid: readonly number[]): number[] {
  const counts = grid.map(() => 0);
  let nearest = 0;
  for (const value of sorted) {
    while (nearest + 1 < grid.length && grid[nearest + 1]! - value < value - grid[nearest]!) nearest++;
    counts[nearest]!++;
  }
  return counts;
}

function constantColumn(column: Column, entry: number, rows: number): Column {
  return column.kind === 'number'
    ? { ...column, values: new Float64Array(rows).fill(entry) }
    : { ...column, codes: new Int32Array(rows).fill(entry) };
}

function evenlySpaced(table: Table, most: number): Table {
  if (table.rows <= most) return table;
  return takeRows(
    table,
    Int32Array.from({ length: most }, (_, i) => Math.floor((i * table.rows) / most)),
  );
}
