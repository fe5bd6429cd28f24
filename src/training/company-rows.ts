import { CONTRACTS, TABLE_NAMES } from '../contracts/catalogue.js';
import { ChurnError } from '../errors.js';
import { buildFeatures } from '../features/build.js';
import type { Feature } from '../features/catalogue.js';
import { createStages } from '../journey/stage.js';
import {
  type LabelWindow,
  labelSnapshots,
  type OutcomeCounts,
  SNAPSHOT_ACCOUNTS_TABLE,
} from '../labels/churn.js';
import type { RawTable } from '../tables/raw-table.js';
import { rowInstant } from '../timeline/as-of.js';
import { addDays, dayText, type SnapshotRhythm, snapshotDates } from '../timeline/snapshot.js';
import type { Company } from '../workspace/company.js';

/** Names of the columns that every table of features has besides the features. */
export const ACCOUNT_COLUMN = 'account_id';
export const SNAPSHOT_COLUMN = 'snapshot_at';
export const STAGE_COLUMN = 'journey_stage';
export const CHURNED_COLUMN = 'churned';

/** The accounts and snapshots that features are computed for. */
export const LOOKED_AT_TABLE = 'looked_at';

/** Days of history that the first snapshot looks back on at least; longer lookbacks see what there is. */
const HISTORY_DAYS = 28;

/** Tables whose first row marks the beginning of observation; agreements may be older than the records of events. */
const EVENT_TABLES = TABLE_NAMES.filter((table) => table !== 'accounts' && table !== 'subscriptions');

export interface SnapshotPlan extends LabelWindow {
  readonly rhythm: SnapshotRhythm;
  /** The latest so many snapshots are used. */
  readonly snapshots: number;
}

/**
 * The snapshots to learn from: those of the rhythm that look back on four weeks of events and whose horizon is over, the
 * latest of them.
 *
 * @throws ChurnError `too-few-rows` when there is none
 * @example
 * const plan = { gapDays: 0, horizonDays: 60, rhythm: 'month', snapshots: 2 } as const;
 * const snapshots = await learningSnapshots(company, plan);
 * snapshots.map((snapshot) => new Date(snapshot).toISOString().slice(0, 10)); // ['2023-07-01', '2023-08-01']
 */
export async function learningSnapshots(company: Company, plan: SnapshotPlan): Promise<number[]> {
  const begins = await firstRecord(company);
  const { observedUntil } = company.settings;
  const from = addDays(begins, HISTORY_DAYS);
  const until = addDays(observedUntil, -plan.gapDays - plan.horizonDays);
  const dates = from <= until ? snapshotDates({ from, until }, plan.rhythm) : [];
  if (dates.length > 0) return dates.slice(-plan.snapshots);
  throw new ChurnError(
    'too-few-rows',
    `${company.settings.name}: no snapshot fits between ${dayText(from)} (${HISTORY_DAYS} days after the first record) and ` +
      `${dayText(until)} (${plan.gapDays + plan.horizonDays} days of gap and horizon before ${dayText(observedUntil)}); ` +
      'a shorter --horizon or a longer history helps',
  );
}

async function firstRecord({ database, tables, settings }: Company): Promise<number> {
  const events = EVENT_TABLES.filter((table) => tables.has(table));
  const sources = events.length > 0 ? events : (['subscriptions'] as const);
  const firsts = sources.map(
    (table) => `SELECT min(${rowInstant(CONTRACTS[table])}) AS first_at FROM ${table}`,
  );
  const first = await database.value(`SELECT min(first_at) FROM (${firsts.join(' UNION ALL ')})`);
  if (typeof first === 'number') return first;
  throw new ChurnError('too-few-rows', `${settings.name}: subscriptions and event tables have no rows`);
}

/** The rows of a company's snapshots. */
export interface CompanyRows {
  /** `account_id`, `snapshot_at`, the features, `journey_stage`, `churned` (`yes`, `no`). */
  readonly raw: RawTable;
  readonly outcomes: readonly OutcomeCounts[];
}

/**
 * Labels the snapshots and computes the features of every account whose outcome is known, or of all active accounts
 * where outcomes are not asked for.
 *
 * @param stage only accounts in this stage of their journey, `null` for all
 * @example
 * const window = { gapDays: 0, horizonDays: 60 };
 * const snapshots = await learningSnapshots(company, { ...window, rhythm: 'month', snapshots: 2 });
 * const features = featureCatalogue(company).filter(({ aspect }) => aspect === 'usage');
 * const { raw } = await companyRows(company, snapshots, window, { labelled: true, features });
 * raw.columns.at(-1)?.name; // 'churned'
 */
export async function companyRows(
  company: Company,
  snapshots: readonly number[],
  window: LabelWindow,
  { labelled, features, stage = null, onProgress = () => {} }: RowOptions,
): Promise<CompanyRows> {
  const { database } = company;
  const outcomes = await labelSnapshots(company, snapshots, window);
  const wanted = labelled ? `${CHURNED_COLUMN} IS NOT NULL` : 'true';
  await database.run(`CREATE OR REPLACE TABLE ${LOOKED_AT_TABLE} AS
    SELECT account_id, snapshot_at FROM ${SNAPSHOT_ACCOUNTS_TABLE} WHERE ${wanted}`);
  await createStages(company, { accounts: LOOKED_AT_TABLE, into: 'stages' });
  if (stage !== null) {
    await database.run(`DELETE FROM ${LOOKED_AT_TABLE} WHERE (account_id, snapshot_at) NOT IN
      (SELECT (account_id, snapshot_at) FROM stages WHERE stage = '${stage.replaceAll("'", "''")}')`);
  }
  await buildFeatures(company, { accounts: LOOKED_AT_TABLE, into: 'features', features, onProgress });
  const raw = await database.table(`
    SELECT f.*, s.stage AS ${STAGE_COLUMN}, CASE a.churned WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS ${CHURNED_COLUMN}
    FROM features f
    JOIN stages s USING (account_id, snapshot_at)
    JOIN ${SNAPSHOT_ACCOUNTS_TABLE} a USING (account_id, snapshot_at)
    ORDER BY f.snapshot_at, f.account_id`);
  return { raw, outcomes };
}

export interface RowOptions {
  /** Only rows whose outcome is known. */
  readonly labelled: boolean;
  readonly features: readonly Feature[];
  readonly stage?: string | null;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Each account's segment, for figures by segment; empty where the company has none. */
export async function accountSegments({ database }: Company): Promise<ReadonlyMap<string, string>> {
  const rows = await database.rows<{ account_id: string; segment: string }>(
    'SELECT account_id, segment FROM accounts WHERE segment IS NOT NULL',
  );
  return new Map(rows.map(({ account_id, segment }) => [account_id, segment]));
}
