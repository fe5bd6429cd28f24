import { ChurnError } from '../errors.js';
import { type Table, takeBytes, takeCodes, takeRows } from '../tables/table.js';

/**
 * Rows that flags are looked for in, or tested on: each an account as of one snapshot, at most one row of an account
 * per snapshot, and snapshots so far apart that no outcome counts twice.
 */
export interface FlagRows {
  readonly table: Table;
  /** 1 left, 0 stayed. */
  readonly churned: Uint8Array;
  /**
   * Which snapshot a row is of, from 0; all 0 in one flat table. Without any fact, outcomes of one snapshot could be
   * dealt anew among its accounts and nobody would notice: that is what every test here is conditional on.
   */
  readonly snapshot: Int32Array;
}

/**
 * Weighted rows: each stands there as often as its weight says, as accounts that look alike. All counts, tests and
 * corrections are then of accounts.
 *
 * @throws ChurnError `bad-option` when a weight is no whole number of at least 0, or there is not one for each row
 * @example
 * const seats = { kind: 'number', name: 'seats', values: Float64Array.of(3, 40) } as const;
 * const rows = { table: makeTable([seats]), churned: Uint8Array.of(0, 1), snapshot: new Int32Array(2) };
 * repeatRows(rows, [1, 2]).churned; // [0, 1, 1]
 */
export function repeatRows({ table, churned, snapshot }: FlagRows, weights: ArrayLike<number>): FlagRows {
  const bad = Array.from(weights).find((weight) => !Number.isInteger(weight) || weight < 0);
  if (bad !== undefined || weights.length !== churned.length) {
    throw new ChurnError(
      'bad-option',
      `flags: needed one whole weight of at least 0 for each of ${churned.length} rows, found ${bad ?? `${weights.length} weights`}`,
    );
  }
  const rows = Int32Array.from(
    [...churned.keys()].flatMap((row) => new Array<number>(weights[row]!).fill(row)),
  );
  return {
    table: takeRows(table, rows),
    churned: takeBytes(churned, rows),
    snapshot: takeCodes(snapshot, rows),
  };
}
