import { cellText, type Note, type RawColumn, type RawTable, type Reject } from '../tables/raw-table.js';
import { type Column, makeTable, type Table, takeRows } from '../tables/table.js';
import { codeLevels } from './code-levels.js';
import { coerceColumn, Fault, type NumericReading } from './coerce.js';
import { daysOf } from './instant-days.js';
import { isMissingText } from './missing.js';
import { rawColumns } from './nearest-name.js';
import { type FeatureRecipe, type Recipe, requiredColumns } from './recipe-record.js';

/** What a recipe makes of a raw table. `kept` and the rows of `rejects` together are all its rows. */
export interface CleanedTable {
  /** The features, in the recipe's order. */
  readonly table: Table;
  /** For each row of `table`, its row in the raw table, rising. */
  readonly kept: Int32Array;
  /** As they stand in the file, `null` where missing; all `null` when the recipe knows no id. */
  readonly ids: (string | null)[];
  /** One per rejected row: its first cell, in the order of features, that cannot be read. */
  readonly rejects: Reject[];
  readonly notes: Note[];
}

/**
 * Makes features of raw rows: each row on its own, so a table in chunks gives the same as the whole. Extra
 * columns, another order of columns and other types of file (text `1` for the number 1) are fine. A level
 * that training did not see is `(other)` where the recipe has it, else missing. A row with a cell that is
 * no number (or date) where one is needed is rejected.
 *
 * @throws ChurnError `missing-column` naming every required column that is missing
 * @example
 * const { table, rejects } = applyRecipe(recipe, raw);
 * table.rows + rejects.length === raw.rows; // true
 */
export function applyRecipe(recipe: Recipe, raw: RawTable): CleanedTable {
  rawColumns('applyRecipe', raw, requiredColumns(recipe));
  const named = new Map(raw.columns.map((column) => [column.name, column]));
  const time = cleanTime(recipe, named);
  const cleaned = recipe.features.map((feature) =>
    cleanColumn(feature, named.get(feature.name)!, time?.values ?? null),
  );
  const { kept, rejects } = sortRows(
    raw.rowNumbers,
    [time, ...cleaned].flatMap((found) => found?.faults ?? []),
  );
  const columns = cleaned.map(({ column }) => column);
  const table = makeTable(columns, raw.rows);
  const idColumn = recipe.id === null ? undefined : named.get(recipe.id);
  const ids = Array.from(kept, (row) => (idColumn ? idText(idColumn, row) : null));
  return {
    table: rejects.length === 0 ? table : takeRows(table, kept),
    kept,
    ids,
    rejects,
    notes: [...cleaned.flatMap(({ notes }) => notes), ...missingIds(recipe.id, ids)],
  };
}

/** The cells of a column that cannot be read, one `Fault` per row. */
interface ColumnFaults {
  readonly raw: RawColumn;
  readonly kind: NumericReading['kind'];
  readonly perRow: Uint8Array;
}

interface CleanedColumn {
  readonly column: Column;
  readonly faults: readonly ColumnFaults[];
  readonly notes: readonly Note[];
}

/** Each row's own time, where dates are counted from it. */
function cleanTime(
  recipe: Recipe,
  named: ReadonlyMap<string, RawColumn>,
): { values: Float64Array; faults: readonly ColumnFaults[] } | null {
  const raw = recipe.time && named.get(recipe.time.name);
  if (!recipe.time || !raw || !requiredColumns(recipe).includes(raw.name)) return null;
  return readNumeric(raw, { kind: 'instant', order: recipe.time.order });
}

function cleanColumn(feature: FeatureRecipe, raw: RawColumn, times: Float64Array | null): CleanedColumn {
  if (feature.kind === 'category') {
    const { column, notes } = codeLevels(feature, raw);
    return { column, faults: [], notes };
  }
  const { values, faults } = readNumeric(raw, feature);
  const numbers = feature.kind === 'number' ? values : daysOf(values, times);
  return { column: { kind: 'number', name: feature.name, values: numbers }, faults, notes: [] };
}

function readNumeric(raw: RawColumn, reading: NumericReading) {
  const { values, faults } = coerceColumn(raw, reading);
  const found: ColumnFaults[] = faults ? [{ raw, kind: reading.kind, perRow: faults }] : [];
  return { values, faults: found };
}

/** Parts the rows into those kept and those with a fault; the first column at fault is named. */
function sortRows(rowNumbers: Float64Array, faults: readonly ColumnFaults[]) {
  const rejects: Reject[] = [];
  const kept = new Int32Array(rowNumbers.length);
  for (let row = 0; row < rowNumbers.length; row++) {
    const fault = faults.find(({ perRow }) => perRow[row] !== Fault.none);
    if (fault) rejects.push(describeReject(fault, row, rowNumbers[row]!));
    else kept[row - rejects.length] = row;
  }
  return { kept: kept.subarray(0, rowNumbers.length - rejects.length), rejects };
}

const longestValue = 200;

function describeReject({ raw, kind, perRow }: ColumnFaults, row: number, rowNumber: number): Reject {
  const notFinite = perRow[row] === Fault.notFinite;
  const reason = kind === 'instant' ? 'not a date' : notFinite ? 'not a finite number' : 'not a number';
  return { rowNumber, column: raw.name, value: cellText(raw, row)?.slice(0, longestValue) ?? null, reason };
}

function idText(column: RawColumn, row: number): string | null {
  const text = cellText(column, row);
  return text === null || isMissingText(text) ? null : text;
}

function missingIds(id: string | null, ids: readonly (string | null)[]): Note[] {
  const missing = id === null ? 0 : ids.filter((text) => text === null).length;
  if (id === null || missing === 0) return [];
  return [
    { kind: 'missing-id', column: id, message: `"${id}" is missing in ${missing} of ${ids.length} rows` },
  ];
}
