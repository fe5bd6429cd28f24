import { type FindFlagsOptions, findFlags } from '../../src/flags/find.js';
import type { Ledger } from '../../src/flags/ledger.js';
import { permutation, seededRandom } from '../../src/math/random.js';
import type { CategoryColumn, Table } from '../../src/tables/table.js';
import { flagParts } from '../../src/training/flag-parts.js';
import { flagStrata } from '../../src/training/flag-strata.js';

/** Rows of which each is an account. */
export interface FlatRows {
  readonly table: Table;
  readonly churned: Uint8Array;
}

/** Finds flags in a flat table, parted at random. */
export function findIn(
  { table, churned }: FlatRows,
  { seed, ...options }: Omit<FindFlagsOptions, 'random'>,
  strata?: (part: Int32Array) => CategoryColumn[],
): Promise<Ledger> {
  const random = seededRandom(seed).fork('find in');
  const parts = flagParts({ table, churned, groups: null, time: null }, null, random.fork('parts'));
  return findFlags(
    {
      discovery: parts.discovery,
      confirmation: parts.confirmation,
      strata:
        strata?.(parts.rows.confirmation) ?? flagStrata(parts.confirmation, null, parts.rows.confirmation),
      population: churned.length,
    },
    { data: { file: 'world.csv', sha256: '' }, dates: parts.dates, publishedOn: null, expiresOn: null },
    { seed, random, ...options },
  );
}

/** The same outcomes dealt to other accounts. */
export function shuffled(rows: FlatRows, seed: number): FlatRows {
  const order = permutation(rows.churned.length, seededRandom(seed).fork('shuffled'));
  return { table: rows.table, churned: Uint8Array.from(order, (row) => rows.churned[row]!) };
}
