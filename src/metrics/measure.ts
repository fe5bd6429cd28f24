import type { Random } from '../math/random.js';
import { createSpells } from '../timeline/spells.js';
import type { Company } from '../workspace/company.js';
import { METRIC_FAMILIES, metricsCatalogue } from './catalogue.js';
import { measureCohorts } from './cohorts.js';
import { createGroups, type GroupBy } from './grouping.js';
import type { MetricFamily, MonthlyMetric } from './metric.js';
import { createMonths, metricMonths } from './metric-months.js';
import { measureMonthly } from './monthly-series.js';
import { monthOf } from './months.js';
import type { MetricsResult } from './result.js';
import { measureSpan } from './span-figures.js';

export interface MeasureMetricsOptions {
  /** First month, as `2024-03`; that of the first stay unless given. */
  readonly from?: string | undefined;
  /** Last month, included; the last complete one unless given. */
  readonly to?: string | undefined;
  /** What to tell accounts apart by, besides all of them together. */
  readonly by?: GroupBy | null | undefined;
  readonly random: Random;
}

/**
 * Every metric of the catalogue that the company's tables can tell, by calendar month in UTC, over all accounts and by
 * group as of the month's start. The same tables, options and seed give the same result.
 *
 * @throws ChurnError `bad-option` for months that are none, out of order, or not wholly observed; `too-few-rows`
 * when no account ever paid or no month is complete
 * @example
 * const result = await measureMetrics(company, { from: '2023-06', by: 'segment', random: seededRandom(7) });
 * const lost = seriesOf(result, 'customer-churn-opening', 'small');
 */
export async function measureMetrics(
  company: Company,
  { from, to, by = null, random }: MeasureMetricsOptions,
): Promise<MetricsResult> {
  const { database, settings } = company;
  await createSpells(company);
  const months = await metricMonths(company, from, to);
  await createMonths(company, months);
  const { families, unmeasured } = sortOut(company);
  for (const { name, sql } of families) {
    await database.run(`CREATE OR REPLACE TABLE metric_${name} AS ${sql(company)}`);
    if (name === 'customers') await createGroups(company, by);
  }
  const series = await measureMonthly(company, families, months, random);
  const lifetimes = await measureSpan(company, months, series, by);
  const result: MetricsResult = {
    company: settings.name,
    currency: settings.currency,
    from: months[0]!.name,
    to: months.at(-1)!.name,
    by,
    definitions: [...metricsCatalogue],
    series: [...series, ...lifetimes.series],
    unmeasured: [...unmeasured, ...lifetimes.unmeasured],
    survival: lifetimes.survival,
    logRank: lifetimes.logRank,
    cohorts: await measureCohorts(database, months),
    notes: notesOn(company, by),
  };
  await dropTables(company, families);
  return result;
}

/** Families and metrics that can be measured, and why the others cannot. */
function sortOut(company: Company): {
  families: readonly MetricFamily[];
  unmeasured: MetricsResult['unmeasured'];
} {
  const unmeasured: MetricsResult['unmeasured'] = [];
  const families = METRIC_FAMILIES.flatMap((family) => {
    const metrics = family.metrics.filter((metric) => {
      const reason = hindrance(company, family, metric);
      if (reason !== null) unmeasured.push({ metric: metric.name, reason });
      return reason === null;
    });
    return metrics.length > 0 ? [{ ...family, metrics }] : [];
  });
  return { families, unmeasured };
}

function hindrance(company: Company, family: MetricFamily, metric: MonthlyMetric): string | null {
  const missing = [...family.needs, ...(metric.needs ?? [])].filter((table) => !company.tables.has(table));
  if (missing.length === 0) return family.unfit?.(company) ?? null;
  return `needs ${missing.length === 1 ? 'table' : 'tables'} ${missing.join(' and ')}`;
}

function notesOn({ settings }: Company, by: GroupBy | null): MetricsResult['notes'] {
  const lastMonth = monthOf(settings.observedUntil);
  return [
    ...(lastMonth.starts === settings.observedUntil
      ? []
      : [
          {
            kind: 'incomplete-month',
            message: `${lastMonth.name} is not measured: it is observed only in part.`,
          },
        ]),
    ...(by === 'segment' || by === 'plan' || by === 'country'
      ? [
          {
            kind: 'group-without-history',
            message: `The ${by} of an account is that of the extraction; earlier months are told apart by it, too.`,
          },
        ]
      : []),
    ...(by === 'stage'
      ? [
          {
            kind: 'no-curves-by-stage',
            message: 'Survival is not told apart by stage: a stage passes within a stay.',
          },
        ]
      : []),
  ];
}

async function dropTables({ database }: Company, families: readonly MetricFamily[]): Promise<void> {
  await database.run('DROP VIEW IF EXISTS metric_groups');
  const tables = [...families.map(({ name }) => name), 'months', 'openings', 'stages'];
  await database.run(tables.map((name) => `DROP TABLE IF EXISTS metric_${name}`).join(';'));
}
