import { ChurnError } from '../errors.js';
import { permutation, type Random } from '../math/random.js';
import type { RawColumn, RawTable } from '../tables/raw-table.js';

/** Which columns the outcomes and the accounts are in, and what deals them. */
export interface DealOptions {
  /** The column that says who churned. */
  readonly target: string;
  /** The column that names each account; its rows keep one outcome. Without one every row is an account. */
  readonly id?: string | null;
  readonly random: Random;
}

/**
 * The table in which every account has the outcome of another one, drawn by lot: as many leave as before, and nothing that
 * is known of them has to do with it. Whatever a search or a model still finds in it, it finds in noise.
 *
 * @throws ChurnError `missing-column` for a target or id that the table lacks
 * @example
 * const noise = dealOutcomes(raw, { target: 'churned', id: 'account_id', random: seededRandom(7) });
 * noise.rows === raw.rows; // true
 */
export function dealOutcomes(raw: RawTable, { target, id = null, random }: DealOptions): RawTable {
  const outcomes = columnOf(raw, target);
  const ids = id === null ? null : columnOf(raw, id);
  const keys = accountKeys(ids, raw.rows);
  /** Some row of each account. */
  const rowOf = new Map(keys.map((key, row) => [key, row]));
  const rows = [...rowOf.values()];
  const lot = permutation(rows.length, random);
  const drawn = new Map([...rowOf.keys()].map((key, place) => [key, rows[lot[place]!]!]));
  const from = keys.map((key) => drawn.get(key)!);
  const dealt: RawColumn =
    outcomes.kind === 'text'
      ? { ...outcomes, codes: Int32Array.from(from, (row) => outcomes.codes[row]!) }
      : { ...outcomes, values: Float64Array.from(from, (row) => outcomes.values[row]!) };
  return { ...raw, columns: raw.columns.map((column) => (column === outcomes ? dealt : column)) };
}

function accountKeys(ids: RawColumn | null, rows: number): unknown[] {
  if (ids === null) return Array.from({ length: rows }, (_, row) => row);
  return Array.from(ids.kind === 'text' ? ids.codes : ids.values);
}

function columnOf({ columns }: RawTable, name: string): RawColumn {
  const found = columns.find((column) => column.name === name);
  if (found) return found;
  throw new ChurnError(
    'missing-column',
    `dealOutcomes: there is no column "${name}"; the table has ${columns.map((column) => `"${column.name}"`).join(', ')}`,
    { column: name },
  );
}
