import { alignTable, type FeatureSpec } from '../../tables/align.js';
import type { CategoryColumn, Column, NumberColumn, Table } from '../../tables/table.js';
import { OTHER_LEVELS } from './model.js';

/** How one column is cut into bins; the last bin holds missing values. */
export type ColumnBins =
  | { readonly kind: 'number'; readonly bins: number; readonly thresholds: Float64Array }
  | { readonly kind: 'category'; readonly bins: number };

/** The training rows as small integers, ready for histograms. */
export interface BinnedTable {
  readonly rows: number;
  readonly columns: readonly ColumnBins[];
  /** `bytes[column][row]` is the row's bin: read by the partition, which needs one column of many rows. */
  readonly bytes: readonly Uint8Array[];
  /** First histogram slot of each column, and the number of slots behind the last. */
  readonly firstSlot: Int32Array;
  /** `slots[row * columns + column]`, the same bins as slots: read by the histogram, one row at a time. */
  readonly slots: Uint16Array | Uint32Array;
}

/**
 * The features as the model will know them: levels that have training weight, heaviest first, so that the
 * 254 commonest keep a bin of their own.
 */
export function learnFeatures(table: Table, weights: Float64Array | null): FeatureSpec[] {
  return table.columns.map((column) =>
    column.kind === 'number'
      ? { kind: 'number', name: column.name }
      : { kind: 'category', name: column.name, levels: levelsByWeight(column, weights) },
  );
}

function levelsByWeight({ codes, levels }: CategoryColumn, weights: Float64Array | null): string[] {
  const weight = new Float64Array(levels.length);
  codes.forEach((code, row) => {
    if (code >= 0) weight[code]! += weights ? weights[row]! : 1;
  });
  const codesLeft = [...levels.keys()].filter((code) => weight[code]! > 0);
  return codesLeft.sort((a, b) => weight[b]! - weight[a]!).map((code) => levels[code]!);
}

/**
 * Cuts every column into at most `maxBins` bins of training rows and one for missing values.
 *
 * @param weights one per row, above 0; a row of weight 2 counts as two
 */
export function binTable(
  features: readonly FeatureSpec[],
  table: Table,
  weights: Float64Array | null,
  maxBins: number,
): BinnedTable {
  const aligned = alignTable(features, table);
  const columns = aligned.columns.map((column) => columnBins(column, weights, maxBins));
  const bytes = aligned.columns.map((column, index) => binColumn(column, columns[index]!));
  const firstSlot = new Int32Array(columns.length + 1);
  columns.forEach(({ bins }, index) => {
    firstSlot[index + 1] = firstSlot[index]! + bins;
  });
  return { rows: table.rows, columns, bytes, firstSlot, slots: rowMajorSlots(bytes, firstSlot, table.rows) };
}

function columnBins(column: Column, weights: Float64Array | null, maxBins: number): ColumnBins {
  if (column.kind === 'category') {
    return { kind: 'category', bins: Math.min(column.levels.length, OTHER_LEVELS + 1) + 1 };
  }
  const thresholds = numberThresholds(column.values, weights, maxBins);
  return { kind: 'number', bins: thresholds.length + 2, thresholds };
}

function binColumn(column: Column, { bins, ...cut }: ColumnBins): Uint8Array {
  const missing = bins - 1;
  if (column.kind === 'category') {
    return Uint8Array.from(column.codes, (code) => (code < 0 ? missing : Math.min(code, OTHER_LEVELS)));
  }
  const { thresholds } = cut as { thresholds: Float64Array };
  const bytes = new Uint8Array(column.values.length);
  for (let row = 0; row < bytes.length; row++) {
    const value = column.values[row]!;
    bytes[row] = Number.isNaN(value) ? missing : binOf(thresholds, value);
  }
  return bytes;
}

/** The number of thresholds below the value: bin b holds values in (threshold b − 1, threshold b]. */
function binOf(thresholds: Float64Array, value: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (thresholds[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rowMajorSlots(bytes: readonly Uint8Array[], firstSlot: Int32Array, rows: number) {
  const width = bytes.length;
  const Slots = firstSlot[width]! <= 65_536 ? Uint16Array : Uint32Array;
  const slots = new Slots(rows * width);
  bytes.forEach((column, index) => {
    const first = firstSlot[index]!;
    for (let row = 0, at = index; row < rows; row++, at += width) slots[at] = first + column[row]!;
  });
  return slots;
}

/**
 * Thresholds midway between neighbouring distinct values: between all of them when they fit, else where
 * the bins come nearest to equal weight. A value that alone outweighs an average bin gets its own, and
 * the rest share what is left.
 */
function numberThresholds(
  values: NumberColumn['values'],
  weights: Float64Array | null,
  maxBins: number,
): Float64Array {
  const { distinct, weight } = weightedDistinct(values, weights);
  const thresholds: number[] = [];
  const lastOfBin = distinct.length <= maxBins ? () => true : equalWeightBins(weight, maxBins);
  for (let i = 0; i + 1 < distinct.length; i++) {
    if (lastOfBin(i)) thresholds.push(between(distinct[i]!, distinct[i + 1]!));
  }
  return Float64Array.from(thresholds);
}

/** The finite threshold t with a <= t < b that is nearest to the middle. */
function between(a: number, b: number): number {
  const middle = a / 2 + b / 2;
  return Math.max(middle >= a && middle < b ? middle : a, -Number.MAX_VALUE);
}

function weightedDistinct(values: Float64Array, weights: Float64Array | null) {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const distinct = sorted.filter((value, i) => i === 0 || value !== sorted[i - 1]);
  const weight = new Float64Array(distinct.length);
  if (weights) {
    values.forEach((value, row) => {
      if (!Number.isNaN(value)) weight[binOf(distinct, value)]! += weights[row]!;
    });
  } else {
    for (let i = 0, at = -1; i < sorted.length; i++) {
      if (i === 0 || sorted[i] !== sorted[i - 1]) at++;
      weight[at]! += 1;
    }
  }
  return { distinct, weight };
}

/** Tells, asked for 0, 1, 2, … in turn, whether a bin ends behind that distinct value. */
function equalWeightBins(weight: Float64Array, maxBins: number): (index: number) => boolean {
  const heavy = heavyValues(weight, maxBins);
  let lightWeight = 0;
  let binsLeft = maxBins;
  weight.forEach((w, i) => {
    if (heavy[i]) binsLeft--;
    else lightWeight += w;
  });
  let filled = 0;
  return (index) => {
    if (heavy[index]) {
      filled = 0;
      return true;
    }
    filled += weight[index]!;
    lightWeight -= weight[index]!;
    const full = binsLeft > 1 && filled * binsLeft >= filled + lightWeight;
    const cut = full || (heavy[index + 1] === 1 && binsLeft > 1);
    if (cut) {
      filled = 0;
      binsLeft--;
    }
    return cut;
  };
}

/** Marks values that weigh at least an average bin of the values not yet marked. */
function heavyValues(weight: Float64Array, maxBins: number): Uint8Array {
  const heavy = new Uint8Array(weight.length);
  let lightWeight = weight.reduce((sum, w) => sum + w, 0);
  let binsLeft = maxBins;
  for (let found = true; found; ) {
    found = false;
    for (let i = 0; i < weight.length && binsLeft > 1; i++) {
      if (heavy[i] || weight[i]! * binsLeft < lightWeight) continue;
      heavy[i] = 1;
      lightWeight -= weight[i]!;
      binsLeft--;
      found = true;
    }
  }
  return heavy;
}
