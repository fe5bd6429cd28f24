import type { Table } from '../tables/table.js';

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
