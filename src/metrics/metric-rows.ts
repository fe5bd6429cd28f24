import { ChurnError } from '../errors.js';
import type { RawTable } from '../tables/raw-table.js';

/** Rows of one family, of one month and one group. Several rows may belong to one account. */
export interface MetricRows {
  readonly count: number;
  /** For each row the code of its account. */
  readonly accounts: Int32Array;
  /** A column; `NaN` is missing. */
  column(name: string): Float64Array;
  /** The sum of a column, missing cells apart. */
  sum(name: string): number;
  /** Sums by account, in the order in which accounts first appear. */
  sumsByAccount<Name extends string>(...names: readonly Name[]): Record<Name, Float64Array>;
  /** Rows where a column is not missing. */
  filled(name: string): MetricRows;
  /** Rows where a column is above 0. */
  above(name: string): MetricRows;
}

/** No rows, of any family. */
export const NO_ROWS: MetricRows = makeRows(new Int32Array(0), () => new Float64Array(0));

/** The rows of a result with a column `account_id` and numbers. */
export function rowsOf(table: RawTable): MetricRows {
  const account = table.columns.find(({ name }) => name === 'account_id');
  const codes = account?.kind === 'text' ? account.codes : new Int32Array(table.rows);
  return makeRows(codes, (name) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    if (column === undefined || column.kind === 'text') {
      // A column of a result without rows, or of nothing but NULL, may come as text.
      if (column !== undefined) return new Float64Array(table.rows).fill(Number.NaN);
      throw new ChurnError('internal', `metrics: no column ${name} among these rows`);
    }
    return column.values;
  });
}

/** The rows at the given places. */
export function pickRows(rows: MetricRows, picked: ArrayLike<number>): MetricRows {
  const accounts = new Int32Array(picked.length);
  for (let i = 0; i < accounts.length; i++) accounts[i] = rows.accounts[picked[i]!]!;
  return makeRows(accounts, (name) => {
    const all = rows.column(name);
    const values = new Float64Array(picked.length);
    for (let i = 0; i < values.length; i++) values[i] = all[picked[i]!]!;
    return values;
  });
}

function makeRows(accounts: Int32Array, read: (name: string) => Float64Array): MetricRows {
  const columns = new Map<string, Float64Array>();
  const column = (name: string): Float64Array => {
    const values = columns.get(name) ?? read(name);
    columns.set(name, values);
    return values;
  };
  const rows: MetricRows = {
    count: accounts.length,
    accounts,
    column,
    sum: (name) => {
      let sum = 0;
      for (const value of column(name)) if (!Number.isNaN(value)) sum += value;
      return sum;
    },
    sumsByAccount: (...names) => sumsByAccount(accounts, names, column),
    filled: (name) => {
      const values = column(name);
      return where(rows, (row) => !Number.isNaN(values[row]!));
    },
    above: (name) => {
      const values = column(name);
      return where(rows, (row) => values[row]! > 0);
    },
  };
  return rows;
}

function where(rows: MetricRows, test: (row: number) => boolean): MetricRows {
  const picked: number[] = [];
  for (let row = 0; row < rows.count; row++) if (test(row)) picked.push(row);
  return pickRows(rows, picked);
}

function sumsByAccount<Name extends string>(
  accounts: Int32Array,
  names: readonly Name[],
  column: (name: string) => Float64Array,
): Record<Name, Float64Array> {
  const places = new Map<number, number>();
  const placeOf = new Int32Array(accounts.length);
  for (let row = 0; row < accounts.length; row++) {
    const account = accounts[row]!;
    const place = places.get(account) ?? places.size;
    if (place === places.size) places.set(account, place);
    placeOf[row] = place;
  }
  const sums = names.map((name) => {
    const values = column(name);
    const perAccount = new Float64Array(places.size);
    for (let row = 0; row < values.length; row++) {
      if (!Number.isNaN(values[row]!)) perAccount[placeOf[row]!]! += values[row]!;
    }
    return [name, perAccount] as const;
  });
  return Object.fromEntries(sums) as Record<Name, Float64Array>;
}
