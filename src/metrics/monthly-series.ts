import type { Random } from '../math/random.js';
import type { Database } from '../sources/duckdb/database.js';
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
  const groups = await groupNames(database);
  const series: MetricSeries[] = [];
  for (const family of families) {
    const measured = family.metrics.flatMap((metric) =>
      [null, ...groups].map((group) => ({ metric, group, points: [] as MetricSeries['points'] })),
    );
    const rowsIn = await readFamily(database, family.name);
    for (const [number, month] of months.entries()) {
      const rows = rowsIn(number);
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

async function groupNames(database: Database): Promise<string[]> {
  const rows = await database.rows<{ grp: string }>(
    'SELECT DISTINCT grp FROM metric_groups WHERE grp IS NOT NULL ORDER BY grp',
  );
  return rows.map(({ grp }) => grp);
}

/**
 * A family's rows of a month by its number: all of them under `null`, and those of each group. In one order whatever
 * the order of the tables, as the bootstrap draws by place.
 */
async function readFamily(
  database: Database,
  family: string,
): Promise<(month: number) => Map<string | null, MetricRows>> {
  const table = await database.table(`
    SELECT r.*, grp FROM metric_${family} r LEFT JOIN metric_groups USING (month, account_id) ORDER BY ALL`);
  const rows = rowsOf(table);
  const monthOf = rows.column('month');
  const group = table.columns.find(({ name }) => name === 'grp');
  const codes = group?.kind === 'text' ? group : null;
  const places = new Map<number, Map<string | null, number[]>>();
  for (let row = 0; row < monthOf.length; row++) {
    const month = monthOf[row]!;
    const inMonth = places.get(month) ?? new Map<string | null, number[]>([[null, []]]);
    places.set(month, inMonth);
    inMonth.get(null)!.push(row);
    const name = codes?.levels[codes.codes[row]!];
    if (name === undefined) continue;
    const inGroup = inMonth.get(name);
    if (inGroup) inGroup.push(row);
    else inMonth.set(name, [row]);
  }
  return (month) =>
    new Map([...(places.get(month) ?? [])].map(([name, found]) => [name, pickRows(rows, found)]));
}
