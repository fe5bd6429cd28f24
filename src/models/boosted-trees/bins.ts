import { alignTable, type FeatureSpec } from '../../tables/align.js';
import { type CategoryColumn, type Column, columnLength, type Table } from '../../tables/table.js';
import { STATISTICS } from './gradients.js';
import { OTHER_LEVELS } from './model.js';
import { binOf, numberThresholds } from './thresholds.js';

/** How one column is cut into bins; the last bin holds missing values. */
export interface ColumnBins {
  readonly kind: Column['kind'];
  readonly bins: number;
  /** Of a number column: bin b holds values above threshold b − 1 and up to threshold b. */
  readonly thresholds: Float64Array;
}

/** Rows as small integers, ready for the plain histograms. */
export interface BinnedTable {
  readonly rows: number;
  readonly columns: readonly ColumnBins[];
  /** `bytes[column][row]` is the row's bin: read by the partition, which needs one column of many rows. */
  readonly bytes: readonly Uint8Array[];
  /** Where in a histogram each column's sums begin, and how long a histogram is. */
  readonly firstPlace: Int32Array;
  /**
   * `places[row * columns + column]`, where in a histogram the sums of the row's bin begin: read by the
   * histogram, one row at a time.
   */
  readonly places: Uint16Array | Uint32Array;
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
 * Cuts every column into at most `maxBins` bins of training rows and one for missing values, and bins the
 * rows of all tables, one after the other.
 *
 * @param tables training rows first
 * @param weights one per training row, above 0; a row of weight 2 counts as two
 */
export function binTables(
  features: readonly FeatureSpec[],
  tables: readonly Table[],
  weights: Float64Array | null,
  maxBins: number,
): BinnedTable {
  const aligned = tables.map((table) => alignTable(features, table).columns);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const columns = aligned[0]!.map((column) => columnBins(column, weights, maxBins));
  const bytes = columns.map((cut, index) => {
    const all = new Uint8Array(rows);
    let begin = 0;
    for (const table of aligned) {
      binColumn(table[index]!, cut, all.subarray(begin));
      begin += columnLength(table[index]!);
    }
    return all;
  });
  const firstPlace = new Int32Array(columns.length + 1);
  columns.forEach(({ bins }, index) => {
    firstPlace[index + 1] = firstPlace[index]! + bins * STATISTICS;
  });
  return { rows, columns, bytes, firstPlace, places: placesByRow(bytes, firstPlace, rows) };
}

function columnBins(column: Column, weights: Float64Array | null, maxBins: number): ColumnBins {
  if (column.kind === 'category') return categoryBins(column.levels.length);
  return numberBins(numberThresholds(column.values, weights, maxBins));
}

export function numberBins(thresholds: Float64Array): ColumnBins {
  return { kind: 'number', bins: thresholds.length + 2, thresholds };
}

export function categoryBins(levels: number): ColumnBins {
  return {
    kind: 'category',
    bins: Math.min(levels, OTHER_LEVELS + 1) + 1,
    thresholds: new Float64Array(0),
  };
}

/** Writes the bin of every value of the column to the beginning of `bytes`. */
export function binColumn(column: Column, cut: ColumnBins, bytes: Uint8Array): void {
  const missing = cut.bins - 1;
  const rows = columnLength(column);
  for (let row = 0; row < rows; row++) {
    if (column.kind === 'category') {
      const code = column.codes[row]!;
      bytes[row] = code < 0 ? missing : Math.min(code, OTHER_LEVELS);
    } else {
      const value = column.values[row]!;
      bytes[row] = Number.isNaN(value) ? missing : binOf(cut.thresholds, value);
    }
  }
}

function placesByRow(bytes: readonly Uint8Array[], firstPlace: Int32Array, rows: number) {
  const width = bytes.length;
  const Places = firstPlace[width]! <= 65_536 ? Uint16Array : Uint32Array;
  const places = new Places(rows * width);
  bytes.forEach((column, index) => {
    const first = firstPlace[index]!;
    for (let row = 0, at = index; row < rows; row++, at += width) {
      places[at] = first + column[row]! * STATISTICS;
    }
  });
  return places;
}
