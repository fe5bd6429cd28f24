import { quoteName } from '../sources/duckdb/sql-text.js';
import { knownView, lookBackFrom, sqlInstant } from '../timeline/as-of.js';
import type { Company, StageRules } from '../workspace/company.js';
import { presentStaysSql, productUseSql } from './present-stay.js';

/** Where an account stands on its way with the company. */
export type Stage = 'land' | 'adopt' | 'expand' | 'renew';

/** Every stage, in the order of a journey. */
export const STAGES: readonly Stage[] = ['land', 'adopt', 'expand', 'renew'];

/** A stage's rule in words, with the company's own numbers in it. */
export interface StageDefinition {
  readonly stage: Stage;
  readonly description: string;
}

/** Which accounts are placed, and where the stages go. */
export interface StagePlan {
  /** Table with `account_id`, `snapshot_at`. */
  readonly accounts: string;
  /** Table to make anew: `account_id`, `snapshot_at`, `stage`. */
  readonly into: string;
}

/**
 * The rules in words. An account stands in the *furthest* stage whose rule holds: renew before expand, expand before
 * adopt, and whoever is in none of these is still landing.
 *
 * @example
 * describeStages(company.settings.stages).map(({ stage }) => stage); // ['land', 'adopt', 'expand', 'renew']
 */
export function describeStages(rules: StageRules): StageDefinition[] {
  const { landDays, adoptActiveDays, renewWithinDays, expandGrowth, expandLookbackDays } = rules;
  const growth = `${Number((100 * expandGrowth).toPrecision(6))} %`;
  return [
    {
      stage: 'land',
      description: `In its present stay for less than ${landDays} days and not yet adopting.`,
    },
    {
      stage: 'adopt',
      description: `Used the product on ${adoptActiveDays} different days of its present stay, or is in it for ${landDays} days.`,
    },
    {
      stage: 'expand',
      description: `Pays at least ${growth} more, or for at least ${growth} more seats, than ${expandLookbackDays} days before, or than at the start of a younger stay.`,
    },
    {
      stage: 'renew',
      description: `An agreement with a term of more than ${renewWithinDays} days comes to the end of a term within ${renewWithinDays} days.`,
    },
  ];
}

/**
 * Places every account of every snapshot in a stage of its journey, from what was known just before the snapshot.
 *
 * A stay begins anew when an account comes back, so who returns lands again. Without subscriptions nothing says what
 * an account agreed to, so nobody expands or renews; without usage, landing ends after `landDays`. Leaves the
 * `known_…` views at the last snapshot.
 */
export async function createStages(company: Company, { accounts, into }: StagePlan): Promise<void> {
  const { database } = company;
  const table = quoteName(into);
  await database.run(
    `CREATE OR REPLACE TABLE ${table} (account_id VARCHAR, snapshot_at TIMESTAMP, stage VARCHAR)`,
  );
  const snapshots = await database.rows<{ snapshot_at: number }>(
    `SELECT DISTINCT snapshot_at FROM ${quoteName(accounts)} ORDER BY snapshot_at`,
  );
  for (const { snapshot_at } of snapshots) {
    const at = sqlInstant(snapshot_at);
    await lookBackFrom(database, snapshot_at);
    await database.run(`
      INSERT INTO ${table}
      SELECT account_id, snapshot_at, coalesce(stage, 'land')
      FROM ${quoteName(accounts)} LEFT JOIN (${stageSql(company, snapshot_at)}) USING (account_id)
      WHERE snapshot_at = ${at}
      ORDER BY account_id`);
  }
}

/**
 * A query for the stage of every account known just before an instant: `account_id`, `stage`. It reads `known_…`
 * views, which must look back from the same instant.
 */
export function stageSql(company: Company, before: number): string {
  const rules = company.settings.stages;
  const at = sqlInstant(before);
  return `
    WITH stays AS (${presentStaysSql(company)}),
    running AS (
      SELECT *, CASE WHEN term_months >= 1 THEN CAST(round(term_months) AS INTEGER) END AS term,
        coalesce(renews_at, started_at) AS term_ends_at
      FROM ${knownView('subscriptions')} WHERE ended_at IS NULL
    ),
    renewing AS (${renewingSql(rules, at)}),
    expanding AS (${expandingSql(rules, at)}),
    used AS (${usedSql(company, at)})
    SELECT account_id,
      CASE WHEN renewing.account_id IS NOT NULL THEN 'renew'
        WHEN expanding.account_id IS NOT NULL THEN 'expand'
        WHEN used.account_id IS NOT NULL OR stays.started_at <= ${at} - INTERVAL ${rules.landDays} DAY THEN 'adopt'
        ELSE 'land' END AS stage
    FROM stays
      LEFT JOIN renewing USING (account_id) LEFT JOIN expanding USING (account_id) LEFT JOIN used USING (account_id)`;
}

/**
 * Terms follow each other: a `renews_at` long gone, or one that was moved on with every renewal since, tells by the
 * length of the term when the others end.
 */
function renewingSql({ renewWithinDays }: StageRules, at: string): string {
  const within = `INTERVAL ${renewWithinDays} DAY`;
  const termsGone = `floor(date_diff('month', term_ends_at, ${at}) / term)`;
  const end = (terms: string) => `term_ends_at + to_months(CAST(${terms} * term AS INTEGER))`;
  const isDue = (instant: string) => `${instant} >= ${at} AND ${instant} < ${at} + ${within}`;
  return `
    SELECT DISTINCT account_id FROM running
    WHERE CASE WHEN term IS NULL
        THEN renews_at > started_at + ${within} AND ${isDue('renews_at')}
        ELSE started_at + to_months(term) > started_at + ${within}
          AND ((${isDue(end(termsGone))}) OR (${isDue(end(`(${termsGone} + 1)`))})) END`;
}

/** What runs now against what ran at the beginning of the lookback, or of the stay when that is younger. */
function expandingSql({ expandGrowth, expandLookbackDays }: StageRules, at: string): string {
  const subscriptions = knownView('subscriptions');
  const grew = (now: string, before: string) => `${before} > 0 AND ${now} >= ${1 + expandGrowth} * ${before}`;
  return `
    SELECT account_id FROM (
      SELECT account_id, sum(mrr_cents) AS mrr_now, sum(seats) AS seats_now FROM running GROUP BY account_id
    ) JOIN (
      SELECT account_id, sum(mrr_cents) AS mrr_then, sum(seats) AS seats_then
      FROM ${subscriptions} s
      JOIN (
        SELECT account_id, greatest(started_at, ${at} - INTERVAL ${expandLookbackDays} DAY) AS since FROM stays
      ) USING (account_id)
      WHERE s.started_at <= since AND (ended_at IS NULL OR ended_at > since)
      GROUP BY account_id
    ) USING (account_id)
    WHERE (${grew('mrr_now', 'mrr_then')}) OR (${grew('seats_now', 'seats_then')})`;
}

/** Only stays younger than `landDays` are asked: the others have landed anyway. */
function usedSql(company: Company, at: string): string {
  const { landDays, adoptActiveDays } = company.settings.stages;
  return `
    SELECT account_id FROM (${productUseSql(company)}) JOIN stays USING (account_id)
    WHERE used_at >= started_at AND used_at >= ${at} - INTERVAL ${landDays} DAY
    GROUP BY account_id
    HAVING count(DISTINCT date_trunc('day', used_at)) >= ${adoptActiveDays}`;
}
