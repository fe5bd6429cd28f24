import { cellText, type RawColumn, type RawTable } from '../tables/raw-table.js';
import type { ToCompanyCents } from './money.js';
import { type CellFault, type Cells, contractFault } from './read-column.js';
import type { PlannedColumn } from './table-plan.js';

/** Cells of a chunk that were read column by column and now depend on each other. */
export interface SettledRows {
  readonly columns: readonly PlannedColumn[];
  /** By column, one cell per row; changed in place. */
  readonly cells: readonly Cells[];
  /** Where they were read from. */
  readonly chunk: RawTable;
  readonly report: (row: number, fault: CellFault) => void;
}

/** Cells that hold a duration become instants. */
export function settleDurations(rows: SettledRows): void {
  for (const [index, { column, origin }] of rows.columns.entries()) {
    if (origin.from !== 'column' || origin.after === null) continue;
    const { after } = origin;
    const start = rows.cells[indexOf(rows, after.column)] as Float64Array;
    const instants = rows.cells[index] as Float64Array;
    for (let row = 0; row < instants.length; row++) {
      instants[row] = Math.round(start[row]! + instants[row]! * after.unitMs);
      if (!Number.isNaN(instants[row]!)) checkCell(rows, index, row, column.name);
    }
  }
}

/** Amounts become minor units of the company's currency, by the currency of their own row. */
export function settleMoney(rows: SettledRows, toCents: ToCompanyCents, companyCurrency: string): void {
  const currencies = rows.cells[indexOf(rows, 'currency')] as (string | null)[] | undefined;
  for (const [index, { column, origin }] of rows.columns.entries()) {
    if (column.kind !== 'cents' || origin.from === 'nowhere') continue;
    const unit = 'major' in origin && origin.major ? 'major' : 'minor';
    const amounts = rows.cells[index] as Float64Array;
    for (let row = 0; row < amounts.length; row++) {
      if (Number.isNaN(amounts[row]!)) continue;
      const currency = currencies?.[row] ?? companyCurrency;
      const cents = toCents(amounts[row]!, currency, unit);
      if (cents === null) {
        const reason = `has no rate to ${companyCurrency}; name it under rates`;
        rows.report(row, { column: 'currency', value: currency, reason });
        continue;
      }
      amounts[row] = cents;
      checkCell(rows, index, row, column.name);
    }
  }
}

/** Rows without a cell that their contract needs are at fault. */
export function requireCells({ columns, cells, report }: SettledRows): void {
  for (const [index, { column, origin }] of columns.entries()) {
    if (!column.required || origin.from === 'other-tables') continue;
    const own = cells[index]!;
    for (let row = 0; row < own.length; row++) {
      const cell = own[row];
      if (cell === null || Number.isNaN(cell))
        report(row, { column: column.name, value: null, reason: 'is missing' });
    }
  }
}

/** A column of a chunk by its name. */
export function rawColumn(chunk: RawTable, name: string): RawColumn {
  return chunk.columns.find((column) => column.name === name)!;
}

function checkCell(
  { columns, cells, chunk, report }: SettledRows,
  index: number,
  row: number,
  name: string,
): void {
  const { column, origin } = columns[index]!;
  const reason = contractFault(column, cells[index]![row] as number);
  if (reason === null) return;
  const value = origin.from === 'column' ? cellText(rawColumn(chunk, origin.name), row) : null;
  report(row, { column: name, value, reason });
}

function indexOf({ columns }: SettledRows, name: string): number {
  return columns.findIndex(({ column }) => column.name === name);
}
