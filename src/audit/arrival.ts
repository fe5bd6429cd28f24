import { CONTRACTS } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import type { Feature } from '../features/catalogue.js';
import { twoSidedTail } from '../math/normal-tail.js';
import { quoteText } from '../sources/duckdb/sql-text.js';
import { rowInstant, sqlInstant } from '../timeline/as-of.js';
import { SPELLS_TABLE } from '../timeline/spells.js';
import type { Company } from '../workspace/company.js';
import { type AuditFinding, countText, FALSE_FINDING, featuresReading, percentText } from './finding.js';
import { LIVES_TABLE } from './lives.js';
import { chernoffTail } from './pure-level.js';

/** Event tables, each with the column that tells kinds of rows apart. */
const EVENTS: readonly { readonly table: TableName; readonly kind: string | null }[] = [
  { table: 'usage_events', kind: 'event' },
  { table: 'support_tickets', kind: 'channel' },
  { table: 'invoices', kind: null },
  { table: 'surveys', kind: 'kind' },
  { table: 'community_activity', kind: 'kind' },
  { table: 'relationship_events', kind: 'kind' },
  { table: 'self_service_events', kind: 'kind' },
  { table: 'onboarding_milestones', kind: 'milestone' },
  { table: 'incidents', kind: 'severity' },
  { table: 'outreach', kind: 'play' },
];

/** Rows dated so many days before an instant are looked at. */
const WINDOW_DAYS = 30;
/** The instants that leavings are compared with lie so many days before the leaving, or before the extraction. */
const EARLIER_DAYS = 2 * WINDOW_DAYS;
/** So many accounts must have such rows. */
const LEAST_ACCOUNTS = 10;
/** The share of late rows before leaving must be this multiple of that before other instants. */
const LEAST_MULTIPLE = 3;
/** Share of a kind's rows that lie in the last days before leaving, where nothing says when they were recorded. */
const ONLY_BEFORE = 0.9;

const ALL_ROWS = 'rows';

/**
 * Looks for rows that arrive *because* the account left: dated before leaving, recorded after it.
 *
 * Rows arrive late for many reasons, so the share of those that came after the leaving is held against the share that
 * came after an ordinary instant: two months before the same leaving, or before the extraction for accounts that are
 * there. Accounts count once, however many rows they have.
 */
export async function findLateArrivals(
  company: Company,
  features: readonly Feature[],
): Promise<AuditFinding[]> {
  const events = EVENTS.filter(({ table }) => company.tables.has(table));
  const late: Suspicion[][] = [];
  const near: Suspicion[][] = [];
  let tests = 0;
  for (const { table, kind } of events) {
    const latenesses = await lateness(company, table, kind);
    const nearnesses = await nearness(company, table, kind);
    tests += latenesses.length + nearnesses.length;
    late.push(latenesses.map((lateness) => judgeLateness(table, lateness)));
    near.push(nearnesses.map((nearness) => judgeNearness(table, kind, nearness, features)));
  }
  const isSure = ({ p }: Suspicion) => p <= FALSE_FINDING / tests;
  return [...late.flatMap((ofTable) => inFewWords(ofTable, isSure)), ...near.flat().filter(isSure)].map(
    ({ finding }) => finding,
  );
}

/** A finding if its p-value is small enough; 1 where too little was seen. */
interface Suspicion {
  readonly finding: AuditFinding;
  readonly p: number;
}

/** Where every kind of a table's rows is late, the table is named once; otherwise the kinds are, one by one. */
function inFewWords(ofTable: readonly Suspicion[], isSure: (suspicion: Suspicion) => boolean): Suspicion[] {
  const kinds = ofTable.filter(({ finding }) => finding.rows !== undefined);
  const whole = ofTable.filter(({ finding }) => finding.rows === undefined).filter(isSure);
  const found = kinds.filter(isSure);
  const isWhole = found.length === 0 || (found.length > 1 && found.length === kinds.length);
  return isWhole ? whole : found;
}

/** Of accounts with rows of a kind within the days before an instant: the mean share recorded after it. */
interface Lateness {
  readonly kind: string;
  readonly accounts: number;
  readonly share: number;
  readonly variance: number;
  readonly lateAccounts: number;
  readonly lateRows: number;
  /** The same before ordinary instants, over all kinds. */
  readonly usualAccounts: number;
  readonly usualShare: number;
  readonly usualVariance: number;
}

async function lateness(
  { database, settings }: Company,
  table: TableName,
  kind: string | null,
): Promise<Lateness[]> {
  const happened = rowInstant(CONTRACTS[table]);
  const earlier = `INTERVAL ${EARLIER_DAYS} DAY`;
  const shares = (label: string) => `
    SELECT ${label} AS kind, account_id, moment, leaves,
      avg((recorded_at >= moment)::INTEGER) AS share, count(*) FILTER (recorded_at >= moment) AS late
    FROM seen GROUP BY ALL`;
  return database.rows<Lateness & Record<string, string | number>>(`
    WITH instants AS (
      SELECT account_id, left_at AS moment, true AS leaves FROM ${SPELLS_TABLE} WHERE left_at IS NOT NULL
      UNION ALL SELECT account_id, left_at - ${earlier}, false FROM ${SPELLS_TABLE} WHERE left_at - ${earlier} > started_at
      UNION ALL SELECT account_id, until - ${earlier}, false FROM ${LIVES_TABLE} WHERE left_at IS NULL AND until - ${earlier} > started_at
    ),
    seen AS (
      SELECT account_id, moment, leaves, recorded_at, ${kind === null ? 'NULL' : `CAST(${kind} AS VARCHAR)`} AS row_kind
      FROM instants JOIN ${table} USING (account_id)
      WHERE recorded_at < ${sqlInstant(settings.observedUntil)}
        AND ${happened} < moment AND ${happened} >= moment - INTERVAL ${WINDOW_DAYS} DAY
    ),
    shares AS (${shares(`'${ALL_ROWS}'`)} UNION ALL SELECT * FROM (${shares('row_kind')}) WHERE kind IS NOT NULL),
    usual AS (
      SELECT count(*) AS "usualAccounts", avg(share) AS "usualShare", coalesce(var_samp(share), 0) AS "usualVariance"
      FROM shares WHERE kind = '${ALL_ROWS}' AND NOT leaves
    )
    SELECT kind, count(*) AS accounts, avg(share) AS share, coalesce(var_samp(share), 0) AS variance,
      count(*) FILTER (late > 0) AS "lateAccounts", CAST(sum(late) AS BIGINT) AS "lateRows",
      any_value("usualAccounts") AS "usualAccounts", coalesce(any_value("usualShare"), 0) AS "usualShare",
      coalesce(any_value("usualVariance"), 0) AS "usualVariance"
    FROM shares, usual WHERE leaves GROUP BY kind ORDER BY kind`);
}

function judgeLateness(table: TableName, late: Lateness): Suspicion {
  const { kind, share, lateAccounts, lateRows, usualShare } = late;
  const isMuch = lateAccounts >= LEAST_ACCOUNTS && share >= LEAST_MULTIPLE * usualShare;
  const which = kind === ALL_ROWS ? table : `${table} (${kind})`;
  return {
    p: isMuch ? latenessByChance(late) : 1,
    finding: {
      kind: 'arrives-after-leaving',
      table,
      column: CONTRACTS[table].knownAt[0]!,
      ...(kind === ALL_ROWS ? {} : { rows: kind }),
      message: `${which}: ${countText(lateRows)} rows of ${countText(lateAccounts)} accounts are dated up to ${WINDOW_DAYS} days before leaving and recorded after it, ${percentText(share)} of an account's rows of those days; before other instants it is ${percentText(usualShare)}`,
      action: 'masked',
      features: [],
    },
  };
}

/** Welch's comparison of the two mean shares; where no row was late by chance, one might have been. */
function latenessByChance({
  accounts,
  share,
  variance,
  usualAccounts,
  usualShare,
  usualVariance,
}: Lateness): number {
  const least = Math.max(usualShare * (1 - usualShare), 1 / (usualAccounts + 1));
  const error = Math.sqrt(
    Math.max(variance, least) / accounts + Math.max(usualVariance, least) / Math.max(1, usualAccounts),
  );
  return twoSidedTail((share - usualShare) / error);
}

/** Rows of a kind without `recorded_at`, and those of them that lie in the last days before leaving. */
interface Nearness {
  readonly kind: string;
  readonly rows: number;
  readonly accounts: number;
  readonly nearRows: number;
  readonly nearAccounts: number;
  /** Share of all days of stays that are such last days. */
  readonly nearDays: number;
}

async function nearness({ database }: Company, table: TableName, kind: string | null): Promise<Nearness[]> {
  if (kind === null) return [];
  const happened = rowInstant(CONTRACTS[table]);
  const days = 'epoch(until - started_at) / 86400';
  return database.rows<Nearness & Record<string, string | number>>(`
    SELECT CAST(${kind} AS VARCHAR) AS kind, count(*) AS rows, count(DISTINCT account_id) AS accounts,
      count(*) FILTER (is_near) AS "nearRows", count(DISTINCT account_id) FILTER (is_near) AS "nearAccounts",
      any_value((
        SELECT sum(CASE WHEN left_at IS NOT NULL THEN least(${days}, ${WINDOW_DAYS}) END) / sum(${days}) FROM ${LIVES_TABLE}
      )) AS "nearDays"
    FROM (
      SELECT account_id, ${kind}, coalesce(${happened} >= left_at - INTERVAL ${WINDOW_DAYS} DAY, false) AS is_near
      FROM ${table} JOIN ${LIVES_TABLE} USING (account_id)
      WHERE recorded_at IS NULL AND (left_at IS NULL OR ${happened} < left_at)
    ) WHERE ${kind} IS NOT NULL GROUP BY 1 ORDER BY 1`);
}

function judgeNearness(
  table: TableName,
  column: string | null,
  { kind, rows, accounts, nearRows, nearAccounts, nearDays }: Nearness,
  features: readonly Feature[],
): Suspicion {
  const isMuch =
    nearAccounts >= LEAST_ACCOUNTS &&
    nearRows >= ONLY_BEFORE * rows &&
    nearAccounts >= ONLY_BEFORE * accounts;
  const readsKind = ({ from, sql }: Feature) => !readsOtherKindsOnly(`${from} ${sql}`, column!, kind);
  return {
    p: isMuch ? chernoffTail(nearAccounts, accounts, nearDays) : 1,
    finding: {
      kind: 'only-before-leaving',
      table,
      column: CONTRACTS[table].knownAt[0]!,
      rows: kind,
      message: `${table} (${kind}): ${countText(nearRows)} of ${countText(rows)} rows lie in the ${WINDOW_DAYS} days before an account left, and nothing says when they were recorded: if they were written down afterwards, they give the answer away`,
      action: 'doubt',
      features: featuresReading(features.filter(readsKind), table),
    },
  };
}

/** Whether a text asks for kinds of rows and not for this one. */
function readsOtherKindsOnly(sql: string, column: string, kind: string): boolean {
  return new RegExp(`\\b${column} (=|IN)`, 'iu').test(sql) && !sql.includes(quoteText(kind));
}
