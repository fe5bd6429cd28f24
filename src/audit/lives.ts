import { sqlInstant } from '../timeline/as-of.js';
import { SPELLS_TABLE } from '../timeline/spells.js';
import type { Company } from '../workspace/company.js';

/** From when to when each account was with the company, as known at the extraction. */
export interface Lives {
  readonly accountIds: readonly string[];
  /** In milliseconds since 1970 UTC. */
  readonly startedAt: Float64Array;
  /** `NaN` for accounts that are still there. */
  readonly leftAt: Float64Array;
}

/** Table of one row per account in the order of {@link Lives}: `account_id`, `started_at`, `left_at`, `until`. */
export const LIVES_TABLE = 'audit_lives';

/**
 * Makes {@link LIVES_TABLE} from the stays and reads it: first start and last leaving; an account that came back and is
 * there has not left. `until` is the leaving or the end of observation.
 */
export async function createLives({ database, settings }: Company): Promise<Lives> {
  await database.run(`
    CREATE OR REPLACE TEMP TABLE ${LIVES_TABLE} AS
    SELECT account_id, started_at, left_at, coalesce(left_at, ${sqlInstant(settings.observedUntil)}) AS until
    FROM (
      SELECT account_id, min(started_at) AS started_at,
        CASE WHEN bool_and(left_at IS NOT NULL) THEN max(left_at) END AS left_at
      FROM ${SPELLS_TABLE} GROUP BY account_id
    ) ORDER BY account_id`);
  const rows = await database.rows<{ account_id: string; started_at: number; left_at: number | null }>(
    `SELECT account_id, started_at, left_at FROM ${LIVES_TABLE} ORDER BY account_id`,
  );
  return {
    accountIds: rows.map(({ account_id }) => account_id),
    startedAt: Float64Array.from(rows, ({ started_at }) => started_at),
    leftAt: Float64Array.from(rows, ({ left_at }) => left_at ?? Number.NaN),
  };
}
