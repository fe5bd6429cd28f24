import type { Company } from '../workspace/company.js';
import type { Figure } from './figure.js';
import type { GroupBy } from './grouping.js';
import {
  horizonOf,
  measureLifetimes,
  readStays,
  SPAN_METRICS,
  staysOf,
  survivalResult,
} from './lifetimes.js';
import { logRankTest } from './log-rank.js';
import type { Month } from './months.js';
import type { MetricSeries, MetricsResult } from './result.js';

/** What is measured once for the whole span: lifetimes, their curves, and the test between groups. */
export async function measureSpan(
  { database }: Company,
  months: readonly Month[],
  monthly: readonly MetricSeries[],
  by: GroupBy | null,
): Promise<Pick<MetricsResult, 'series' | 'unmeasured' | 'survival' | 'logRank'>> {
  const grouped = await readStays(database, months[0]!.starts, months.at(-1)!.ends);
  // A stage passes, a stay lasts: curves by stage would mix the two.
  const groups = by === null || by === 'stage' ? [] : [...new Set(grouped.groups)].sort();
  const horizonDays = horizonOf(grouped.stays);
  const arpaOf = (group: string | null): Figure | null => {
    const arpa = monthly
      .find(({ metric, group: other }) => metric === 'arpa' && other === group)
      ?.points.at(-1);
    return arpa ?? null;
  };
  const measured = [null, ...groups].map((group) => ({
    group,
    ...measureLifetimes(group === null ? grouped.stays : staysOf(grouped, group), {
      horizonDays,
      arpa: arpaOf(group),
    }),
  }));
  const isMeasured = (name: string) => measured.some(({ figures }) => name in figures);
  return {
    series: SPAN_METRICS.filter(({ name }) => isMeasured(name)).flatMap(({ name }) =>
      measured.flatMap(({ group, figures }) => {
        const figure = figures[name];
        return figure ? [{ metric: name, group, points: [{ month: null, ...figure }] }] : [];
      }),
    ),
    unmeasured: isMeasured('lifetime-value')
      ? []
      : [{ metric: 'lifetime-value', reason: 'needs table subscriptions' }],
    survival: measured.map(({ group, curve }) => survivalResult(group, curve)),
    logRank: copyTest(groups.length > 1 ? logRankTest(grouped.stays, grouped.groups) : null),
  };
}

function copyTest(test: ReturnType<typeof logRankTest>): MetricsResult['logRank'] {
  return test === null ? null : { ...test, groups: [...test.groups] };
}
