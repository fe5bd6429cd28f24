import { type Matrix, makeMatrix, matrixColumn } from '../../math/matrix.js';
import type { CategoryColumn, NumberColumn, Table } from '../../tables/table.js';

/**
 * How one feature enters the design. A number fills a column of its distance from the training mean in
 * training standard deviations (0 where missing); a category one 0/1 column per level. Either has one more
 * 0/1 column for missing cells when training had some.
 */
export type Encoding =
  | { readonly kind: 'number'; readonly mean: number; readonly sd: number; readonly missing: boolean }
  | { readonly kind: 'category'; readonly levels: number; readonly missing: boolean };

/** Learns the encoding of every column; means and deviations by weight. */
export function learnEncodings(table: Table, weights: Float64Array | null): Encoding[] {
  return table.columns.map((column) =>
    column.kind === 'number'
      ? { kind: 'number', ...weightedMoments(column, weights), missing: hasMissing(column) }
      : { kind: 'category', levels: column.levels.length, missing: hasMissing(column) },
  );
}

/** Columns of the design that a feature fills. */
export function encodedWidth(encoding: Encoding): number {
  return (encoding.kind === 'number' ? 1 : encoding.levels) + (encoding.missing ? 1 : 0);
}

/** The design of a table whose columns are those that the encodings were learned from. */
export function buildDesign(table: Table, encodings: readonly Encoding[]): Matrix {
  const width = encodings.reduce((sum, encoding) => sum + encodedWidth(encoding), 0);
  const design = makeMatrix(table.rows, width);
  let at = 0;
  encodings.forEach((encoding, i) => {
    const column = table.columns[i]!;
    if (encoding.kind === 'number') fillNumber(design, at, column as NumberColumn, encoding);
    else fillCategory(design, at, column as CategoryColumn, encoding);
    at += encodedWidth(encoding);
  });
  return design;
}

function fillNumber(
  design: Matrix,
  at: number,
  { values }: NumberColumn,
  { mean, sd, missing }: Encoding & { kind: 'number' },
): void {
  const target = matrixColumn(design, at);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (!Number.isNaN(value)) target[row] = (value - mean) / sd;
    else if (missing) design.values[(at + 1) * design.rows + row] = 1;
  }
}

function fillCategory(
  design: Matrix,
  at: number,
  { codes }: CategoryColumn,
  { levels, missing }: Encoding & { kind: 'category' },
): void {
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code >= 0) design.values[(at + code) * design.rows + row] = 1;
    else if (missing) design.values[(at + levels) * design.rows + row] = 1;
  }
}

/** Weighted mean and (population) standard deviation of the values present; 0 and 1 where they say nothing. */
function weightedMoments(
  { values }: NumberColumn,
  weights: Float64Array | null,
): { mean: number; sd: number } {
  // Squares of numbers beyond 1e154 overflow.
  const scale = values.some((value) => Math.abs(value) > 1e100) ? 1e160 : 1;
  const mean = weightedMean(values, weights, (value) => value / scale);
  const variance = weightedMean(values, weights, (value) => (value / scale - mean) ** 2);
  const sd = Math.sqrt(variance);
  return { mean: mean * scale, sd: sd > 1e-12 * Math.abs(mean) && sd > 0 ? sd * scale : 1 };
}

function weightedMean(
  values: Float64Array,
  weights: Float64Array | null,
  of: (value: number) => number,
): number {
  let sum = 0;
  let all = 0;
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row]!)) continue;
    const weight = weights ? weights[row]! : 1;
    sum += weight * of(values[row]!);
    all += weight;
  }
  return all > 0 ? sum / all : 0;
}

function hasMissing(column: NumberColumn | CategoryColumn): boolean {
  return column.kind === 'number'
    ? column.values.some((value) => Number.isNaN(value))
    : column.codes.some((code) => code < 0);
}
