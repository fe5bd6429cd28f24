import { ChurnError } from '../errors.js';
import { sqlInstant } from '../timeline/as-of.js';
import type { Company } from '../workspace/company.js';
import { type Month, monthNamed, monthOf, monthsBetween } from './months.js';

/**
 * The months that metrics are measured for: those named, else from the first stay's to the last complete one. Reads
 * `spells`.
 *
 * @throws ChurnError `bad-option` for months that are none, out of order, or not wholly observed; `too-few-rows`
 * when no account ever paid or no month is complete
 */
export async function metricMonths(
  { database, settings }: Company,
  from?: string,
  to?: string,
): Promise<Month[]> {
  const first = (await database.value('SELECT min(started_at) FROM spells')) as number | null;
  if (first === null) {
    throw new ChurnError(
      'too-few-rows',
      'metrics: needed at least one account that paid or was active, found none',
    );
  }
  const lastComplete = monthOf(monthOf(settings.observedUntil).starts - 1);
  const start = from === undefined ? monthOf(first) : monthNamed(from);
  const end = to === undefined ? lastComplete : monthNamed(to);
  if (end.starts > lastComplete.starts) {
    throw new ChurnError(
      'bad-option',
      `metrics: needed a last month that is wholly observed, ${lastComplete.name} or before, found ${end.name}`,
    );
  }
  const months = monthsBetween(start, end);
  if (months.length > 0) return months;
  throw new ChurnError(
    from === undefined && to === undefined ? 'too-few-rows' : 'bad-option',
    `metrics: needed at least one complete month, found none from ${start.name} to ${end.name}`,
  );
}

/** Makes `metric_months`: the months' numbers from 0 and their instants, `[starts, ends)`. */
export async function createMonths(
  { database }: Pick<Company, 'database'>,
  months: readonly Month[],
): Promise<void> {
  const rows = months.map(
    ({ starts, ends }, month) => `(${month}, ${sqlInstant(starts)}, ${sqlInstant(ends)})`,
  );
  await database.run(
    `CREATE OR REPLACE TABLE metric_months AS SELECT * FROM (VALUES ${rows.join(', ')}) AS m (month, starts, ends)`,
  );
}
