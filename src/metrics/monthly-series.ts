import type { Random } from '../math/random.js';
import type { Company } from '../workspace/company.js';
import type { MetricFamily } from './metric.js';
import { type MetricRows, NO_ROWS, pickRows, rowsOf } from './metric-rows.js';
import type { Month } from './months.js';
import type { MetricSeries } from './result.js';

/** Every metric of the families, month by month, of all accounts and of each group in `metric_groups`. */
export async function measureMonthly(
  { database }: Company,
  families: readonly MetricFamily[],
  months: readonly Month[],
  random: Random,
): Promise<MetricSeries[]> {
  const groups = (
    await database.rows<{ grp: string }>(
      'SELECT DISTINCT grp FROM metric_groups WHERE grp IS NOT NULL ORDER BY grp',
    )
  ).map(({ grp }) => grp);
  const series: MetricSeries[] = [];
  for (const family of families) {
    const measured = family.metrics.flatMap((metric) =>
      [null, ...groups].map((group) => ({ metric, group, points: [] as MetricSeries['points'] })),
    );
    for (const [number, month] of months.entries()) {
      const rows = await readGroups(database, family.name, number);
      for (const { metric, group, points } of measured) {
        const stream = random.fork(`${metric.name}/${group ?? ''}/${month.name}`);
        const figure = metric.measure(rows.get(group) ?? NO_ROWS, { month, random: stream });
        points.push({ month: month.name, ...figure });
      }
    }
    series.push(...measured.map(({ metric, group, points }) => ({ metric: metric.name, group, points })));
  }
  return series;
}

/** A month's rows of a family: all of them under `null`, and those of each group. Ordered, as the bootstrap draws by place. */
async function readGroups(
  database: Company['database'],
  family: string,
  month: number,
): Promise<Map<string | null, MetricRows>> {
  const table = await database.table(`
    SELECT r.*, grp FROM metric_${family} r LEFT JOIN metric_groups USING (month, account_id)
    WHERE r.month = ${month} ORDER BY ALL`);
  const rows = rowsOf(table);
  const grouped = new Map<string | null, MetricRows>([[null, rows]]);
  const column = table.columns.find(({ name }) => name === 'grp');
  if (column?.kind !== 'text') return grouped;
  for (const [code, group] of column.levels.entries()) {
    const picked = Int32Array.from([...column.codes.keys()].filter((row) => column.codes[row] === code));
    grouped.set(group, pickRows(rows, picked));
  }
  return grouped;
}
