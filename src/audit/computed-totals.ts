import { CONTRACTS } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import type { RawTable } from '../tables/raw-table.js';
import { rowInstant, sqlInstant } from '../timeline/as-of.js';
import type { Company } from '../workspace/company.js';
import { countText } from './finding.js';
import { LIVES_TABLE } from './lives.js';
import { rankCorrelation } from './rank-correlation.js';

/** Something about accounts that grows until they leave, or until the extraction. */
export interface GrowingTotal {
  /** "the days from the first start to leaving or extraction" */
  readonly words: string;
  readonly values: Float64Array;
}

/** What a column is compared with; values in the order of the accounts of the lives. */
export interface Yardsticks {
  /** Days from start to leaving or extraction. */
  readonly stayDays: Float64Array;
  /** Days from start to extraction, whether or not the account left: known at every snapshot but for a shift. */
  readonly ageDays: Float64Array;
  /** Latest recurring revenue: known as of a snapshot. */
  readonly revenue: Float64Array;
  readonly totals: readonly GrowingTotal[];
  readonly isGone: Float64Array;
}

/** Rank correlation from which on a column says the same as a total. */
const SAME = 0.95;
/** Of what the best harmless explanation leaves open, a total must leave at most this part open. */
const OPEN_PART = 0.5;
/** With fewer accounts a rank correlation says little. */
const LEAST_ACCOUNTS = 30;

/** Reads what columns of accounts are compared with; needs the table of lives. */
export async function readYardsticks(company: Company): Promise<Yardsticks> {
  const { database, settings, tables } = company;
  const until = sqlInstant(settings.observedUntil);
  const days = (from: string, to: string) => `epoch(${to} - ${from}) / 86400`;
  const counted = [...tables].filter((table) => table !== 'accounts' && table !== 'subscriptions');
  const rows = counted.map((table) => `coalesce(${table}.rows, 0)::DOUBLE AS ${table}`);
  const joins = counted.map(
    (table) => `LEFT JOIN (${rowCountSql(table, until)}) ${table} USING (account_id)`,
  );
  const read = await database.table(`
    SELECT ${days('lives.started_at', 'until')} AS stay_days, ${days('lives.started_at', until)} AS age_days,
      revenue.latest::DOUBLE AS revenue, revenue.paid::DOUBLE AS paid, invoiced.amount::DOUBLE AS invoiced,
      (left_at IS NOT NULL)::INTEGER::DOUBLE AS is_gone${rows.map((row) => `, ${row}`).join('')}
    FROM ${LIVES_TABLE} lives
    LEFT JOIN (
      SELECT account_id, arg_max(mrr_cents, started_at) AS latest,
        sum(mrr_cents * ${days('started_at', `least(coalesce(ended_at, ${until}), ${until})`)}) AS paid
      FROM subscriptions WHERE started_at < ${until} GROUP BY account_id
    ) revenue USING (account_id)
    LEFT JOIN (SELECT account_id, sum(amount_cents) AS amount FROM invoices GROUP BY account_id) invoiced USING (account_id)
    ${joins.join(' ')}
    ORDER BY account_id`);
  const numbers = (name: string) => numbersOf(read, name);
  return {
    stayDays: numbers('stay_days'),
    ageDays: numbers('age_days'),
    revenue: numbers('revenue'),
    isGone: numbers('is_gone'),
    totals: [
      { words: 'all revenue until leaving or extraction', values: numbers('paid') },
      { words: 'all that was invoiced until the extraction', values: numbers('invoiced') },
      ...counted.map((table) => ({
        words: `the number of rows in ${table} until the extraction`,
        values: numbers(table),
      })),
    ],
  };
}

function rowCountSql(table: TableName, until: string): string {
  return `SELECT account_id, count(*) AS rows FROM ${table} WHERE ${rowInstant(CONTRACTS[table])} < ${until} GROUP BY account_id`;
}

function numbersOf({ columns }: RawTable, name: string): Float64Array {
  const column = columns.find((candidate) => candidate.name === name);
  if (!column || column.kind === 'text') throw new Error(`no numbers in ${name}`);
  return column.values;
}

/**
 * What a column of numbers was computed from at the extraction, in words with the figures, or `null`: it ranks accounts
 * as their stays do (among those that left, where a stay is not simply the age), or as a total does, and nothing that
 * is known at a snapshot explains it half as well.
 */
export function computedAtExtraction(values: Float64Array, yardsticks: Yardsticks): string | null {
  const { stayDays, ageDays, revenue, totals, isGone } = yardsticks;
  const among = (numbers: Float64Array) =>
    numbers.map((number, i) => (isGone[i] === 1 ? number : Number.NaN));
  const gone = among(values);
  const asStay = sameness(gone, stayDays, [ageDays, revenue]);
  if (asStay !== null && rankCorrelation(values, stayDays) >= SAME) {
    return `ranks the accounts that left as the days from their start to leaving do (rank correlation ${asStay.same} over ${countText(asStay.accounts)}, against ${asStay.other} with their age)`;
  }
  for (const { words, values: total } of totals) {
    const found = sameness(values, total, [ageDays, revenue]);
    if (found === null) continue;
    return `ranks accounts as ${words} does (rank correlation ${found.same} over ${countText(found.accounts)})`;
  }
  return null;
}

function sameness(values: Float64Array, total: Float64Array, harmless: readonly Float64Array[]) {
  const accounts = values.filter((value, i) => !Number.isNaN(value) && !Number.isNaN(total[i]!)).length;
  if (accounts < LEAST_ACCOUNTS) return null;
  const same = Math.abs(rankCorrelation(values, total));
  const others = harmless.map((known) => Math.abs(rankCorrelation(values, known)));
  const other = Math.max(...others.filter((correlation) => !Number.isNaN(correlation)), 0);
  if (!(same >= SAME && 1 - same <= OPEN_PART * (1 - other))) return null;
  return { accounts, same: same.toFixed(3), other: other.toFixed(3) };
}
