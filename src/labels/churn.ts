import { ChurnError } from '../errors.js';
import { sqlInstant } from '../timeline/as-of.js';
import { addDays, dayText } from '../timeline/snapshot.js';
import { activitySql, createSpells, SPELLS_TABLE } from '../timeline/spells.js';
import type { Company } from '../workspace/company.js';

/** The table that {@link labelSnapshots} makes. */
export const SNAPSHOT_ACCOUNTS_TABLE = 'snapshot_accounts';

/** When leaving counts: in `[snapshot + gapDays, snapshot + gapDays + horizonDays)`. */
export interface LabelWindow {
  /** Days left for acting; who leaves in them is set apart, as it is too late to act. */
  readonly gapDays: number;
  readonly horizonDays: number;
}

/**
 * What became of an account that was active at a snapshot: `churned` 1 only for `left`, 0 only for `stayed`. The
 * others are set apart, with `churned` NULL: `left_in_gap`; `censored`, as the horizon is not over; `involuntary`,
 * where the workspace counts voluntary leaving alone.
 */
export type Outcome = 'stayed' | 'left' | 'left_in_gap' | 'censored' | 'involuntary';

/** How many accounts of a snapshot had which outcome. */
export interface OutcomeCounts {
  readonly snapshotAt: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

/**
 * Makes the table `snapshot_accounts`: each account that was active at a snapshot, and what became of it. Columns
 * `account_id`, `snapshot_at`, `mrr_cents` (paid at the snapshot), `outcome`, `churned` (0, 1 or NULL), `left_at`,
 * `left_how` (`non_renewal`, `cancelled`, `closed`, `inactive`, `downgrade`), `churn_kind`.
 *
 * Active is who had begun a stay before the snapshot that was not over at it. Leaving is the end of that stay,
 * whether or not the account comes back later; or, with `downgradeShare`, the first moment at which it pays less than
 * that share of what it paid at the snapshot. By inactivity, leaving is to have no activity within the horizon. All
 * accounts of a snapshot whose horizon is not over are censored, also those already gone: to keep only these would
 * make leaving look more frequent than it is.
 *
 * @throws ChurnError `bad-option` on a horizon below 1 day or a gap below 0
 */
export async function labelSnapshots(
  company: Company,
  snapshots: readonly number[],
  window: LabelWindow,
): Promise<OutcomeCounts[]> {
  requireWindow(window);
  await createSpells(company);
  const { database } = company;
  await database.run(
    `CREATE OR REPLACE TABLE ${SNAPSHOT_ACCOUNTS_TABLE} (account_id VARCHAR, snapshot_at TIMESTAMP, mrr_cents BIGINT,
      outcome VARCHAR, churned TINYINT, left_at TIMESTAMP, left_how VARCHAR, churn_kind VARCHAR)`,
  );
  for (const snapshot of snapshots) {
    await database.run(
      `INSERT INTO ${SNAPSHOT_ACCOUNTS_TABLE} ${snapshotSql(company, snapshot, window)} ORDER BY account_id`,
    );
  }
  return countOutcomes(company);
}

function requireWindow({ gapDays, horizonDays }: LabelWindow): void {
  if (
    Number.isSafeInteger(horizonDays) &&
    horizonDays >= 1 &&
    Number.isSafeInteger(gapDays) &&
    gapDays >= 0
  ) {
    return;
  }
  throw new ChurnError(
    'bad-option',
    `labels need a horizon of at least 1 whole day and a gap of at least 0, found ${horizonDays} and ${gapDays}`,
  );
}

function snapshotSql(company: Company, snapshot: number, { gapDays, horizonDays }: LabelWindow): string {
  const { churn, observedUntil } = company.settings;
  const at = sqlInstant(snapshot);
  const opens = sqlInstant(addDays(snapshot, gapDays));
  const closes = sqlInstant(addDays(snapshot, gapDays + horizonDays));
  const isOver = addDays(snapshot, gapDays + horizonDays) <= observedUntil;
  const leaving = churn.by === 'inactivity' ? silence(company, opens, closes) : endings(company, at, closes);
  const involuntary = churn.kinds === 'voluntary' ? `WHEN churn_kind = 'involuntary' THEN 'involuntary'` : '';
  return `
    WITH active AS (
      SELECT account_id, left_at, left_how, churn_kind FROM ${SPELLS_TABLE}
      WHERE started_at < ${at} AND (left_at IS NULL OR left_at > ${at})
    ),
    revenue AS (
      SELECT account_id, CAST(sum(mrr_cents) AS BIGINT) AS mrr_cents FROM subscriptions
      WHERE started_at < ${at} AND (ended_at IS NULL OR ended_at >= ${at}) GROUP BY account_id
    ),
    leaving AS (${leaving}),
    judged AS (
      SELECT account_id, mrr_cents, left_at, left_how, churn_kind,
        CASE WHEN NOT ${isOver} THEN 'censored'
          WHEN left_at IS NULL OR left_at >= ${closes} THEN 'stayed'
          ${involuntary}
          WHEN left_at < ${opens} THEN 'left_in_gap'
          ELSE 'left' END AS outcome
      FROM leaving LEFT JOIN revenue USING (account_id)
    )
    SELECT account_id, ${at}, mrr_cents, outcome,
      CASE outcome WHEN 'left' THEN 1 WHEN 'stayed' THEN 0 END,
      CASE WHEN outcome <> 'stayed' THEN left_at END,
      CASE WHEN outcome <> 'stayed' THEN left_how END,
      CASE WHEN outcome <> 'stayed' THEN churn_kind END
    FROM judged`;
}

/** Ends of stays, or the first deep downgrade where that comes earlier. */
function endings(company: Company, at: string, closes: string): string {
  const { downgradeShare, graceDays } = company.settings.churn;
  if (downgradeShare === null) return 'SELECT * FROM active';
  const runs = (instant: string) =>
    `started_at <= ${instant} AND (ended_at IS NULL OR ended_at + INTERVAL ${graceDays} DAY > ${instant})`;
  return `
    SELECT account_id, coalesce(least(left_at, downgraded_at), left_at) AS left_at,
      CASE WHEN downgraded_at < coalesce(left_at, ${closes}) THEN 'downgrade' ELSE left_how END AS left_how,
      CASE WHEN downgraded_at < coalesce(left_at, ${closes}) THEN 'voluntary' ELSE churn_kind END AS churn_kind
    FROM active LEFT JOIN (
      SELECT account_id, min(changed_at) AS downgraded_at
      FROM (
        SELECT changes.account_id, changed_at, sum(s.mrr_cents) AS then_cents
        FROM (
          SELECT account_id, started_at AS changed_at FROM subscriptions
          UNION SELECT account_id, ended_at + INTERVAL ${graceDays} DAY FROM subscriptions
        ) changes
        LEFT JOIN subscriptions s ON s.account_id = changes.account_id AND ${runs('changed_at')}
        WHERE changed_at > ${at} AND changed_at < ${closes}
        GROUP BY ALL
      ) JOIN revenue USING (account_id)
      WHERE coalesce(then_cents, 0) < ${downgradeShare} * mrr_cents
      GROUP BY account_id
    ) USING (account_id)`;
}

/** Accounts without activity in the horizon left when it opens. */
function silence({ settings }: Company, opens: string, closes: string): string {
  return `
    SELECT account_id, CASE WHEN seen IS NULL THEN ${opens} END AS left_at,
      CASE WHEN seen IS NULL THEN 'inactive' END AS left_how, NULL::VARCHAR AS churn_kind
    FROM active LEFT JOIN (
      SELECT account_id, true AS seen FROM (${activitySql(settings.churn)})
      WHERE active_at >= ${opens} AND active_at < ${closes} GROUP BY account_id
    ) USING (account_id)`;
}

async function countOutcomes({ database }: Company): Promise<OutcomeCounts[]> {
  const rows = await database.rows<{ snapshot_at: number; outcome: Outcome; accounts: number }>(
    `SELECT snapshot_at, outcome, count(*) AS accounts FROM ${SNAPSHOT_ACCOUNTS_TABLE} GROUP BY ALL ORDER BY ALL`,
  );
  const counts = new Map<number, Record<Outcome, number>>();
  for (const { snapshot_at, outcome, accounts } of rows) {
    const found = counts.get(snapshot_at) ?? {
      stayed: 0,
      left: 0,
      left_in_gap: 0,
      censored: 0,
      involuntary: 0,
    };
    counts.set(snapshot_at, { ...found, [outcome]: accounts });
  }
  return [...counts].map(([snapshotAt, outcomes]) => ({ snapshotAt, outcomes }));
}

/** The snapshots whose horizon is over. */
export function labelledSnapshots(counts: readonly OutcomeCounts[]): number[] {
  return counts.filter(({ outcomes }) => outcomes.censored === 0).map(({ snapshotAt }) => snapshotAt);
}

/** For messages: `2024-03-01 (1,200 accounts, 31 left)`. */
export function describeOutcomes({ snapshotAt, outcomes }: OutcomeCounts): string {
  const accounts = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return `${dayText(snapshotAt)} (${accounts} accounts, ${outcomes.left} left)`;
}
