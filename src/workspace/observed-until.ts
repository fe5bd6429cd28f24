import { CONTRACTS, TABLE_NAMES } from '../contracts/catalogue.js';
import type { Database } from '../sources/duckdb/database.js';
import type { IntakeNote } from './intake.js';

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

/** Fewer agreements show no habit of starting. */
const FEWEST_AGREEMENTS = 50;

/**
 * A remark where subscriptions stop long before the other tables: they seem to be extracted earlier, and every account
 * would look as if it left at the end. "Long" is three times the longest pause between starts in the year before, and
 * at least a fortnight. `null` where nothing is odd.
 */
export async function subscriptionsEndEarly(database: Database, until: number): Promise<IntakeNote | null> {
  const [found] = await database.rows<{ agreements: number; last: number | null; pause: number | null }>(`
    WITH starts AS (SELECT DISTINCT date_trunc('day', started_at) AS day FROM subscriptions),
    pauses AS (
      SELECT day, date_diff('day', lag(day) OVER (ORDER BY day), day) AS pause FROM starts
      WHERE day >= (SELECT max(day) FROM starts) - INTERVAL 365 DAY
    )
    SELECT (SELECT count(*) FROM subscriptions) AS agreements, max(day) AS last, max(pause) AS pause FROM pauses`);
  if (!found || found.last === null || found.agreements < FEWEST_AGREEMENTS) return null;
  const quiet = Math.floor((until - found.last) / DAY);
  const usual = Math.max(1, found.pause ?? 1);
  if (quiet < 14 || quiet <= 3 * usual) return null;
  const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  return {
    kind: 'subscriptions-end-early',
    table: 'subscriptions',
    message:
      `the last agreement starts on ${day(found.last)}, ${quiet} days before the end of what is observed, though no more ` +
      `than ${usual} days pass between starts otherwise; if subscriptions were extracted earlier than the other tables, ` +
      `set observedUntil: '${day(found.last + DAY)}', or leaving will be seen where there is none`,
  };
}
