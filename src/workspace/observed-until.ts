import { CONTRACTS, TABLE_NAMES } from '../contracts/catalogue.js';
import type { Database } from '../sources/duckdb/database.js';

const DAY = 86_400_000;

/**
 * First instant that is not observed any more: as configured, or midnight (UTC) after the last event, start of a
 * subscription or sign-up. Ends, renewals and due dates do not count, as they may be plans.
 */
export async function observedUntil(database: Database, configured: string | undefined): Promise<number> {
  if (configured !== undefined) return Date.parse(`${configured}T00:00:00Z`);
  const latest = TABLE_NAMES.map(
    (table) => `SELECT max(${CONTRACTS[table].knownAt[0]!}) AS last FROM ${table}`,
  );
  const last = (await database.value(`SELECT max(last) FROM (${latest.join(' UNION ALL ')})`)) as
    | number
    | null;
  return (Math.floor((last ?? 0) / DAY) + 1) * DAY;
}
