import type { Card } from '../training/card.js';
import type { CompanyCard } from '../training/company-card.js';
import { aspectWorthChart } from './aspect-worth.js';
import { candidatesChart } from './candidates.js';
import type { ChartSpec } from './chart-spec.js';
import { countedIn } from './counted.js';
import { dependenceCharts } from './dependence.js';
import { driversChart } from './drivers.js';
import { gainsChart } from './gains.js';
import { leadTimeChart } from './lead-time.js';
import { liftChart } from './lift.js';
import { partRatesChart } from './part-rates.js';
import { profitChart } from './profit.js';
import { reliabilityChart } from './reliability.js';
import { rocChart } from './roc.js';
import { snapshotsChart } from './snapshots.js';

/**
 * Every chart of a training run under the name of its file, in the order in which a reader wants them.
 * The `dependence-1 …` belong to the strongest drivers and share one probability axis.
 *
 * @example
 * for (const [name, spec] of Object.entries(cardCharts(card))) {
 *   await writeTextAtomically(`${name}.svg`, await renderSvg(spec));
 * }
 */
export function cardCharts(card: Card): Record<string, ChartSpec> {
  const { evaluation, candidates, chosen, drivers, company } = card;
  const counted = countedIn(card);
  return {
    'candidates-auc': candidatesChart(candidates, { chosen, figure: 'auc', counted }),
    'candidates-log-loss': candidatesChart(candidates, { chosen, figure: 'logLoss', counted }),
    reliability: reliabilityChart(evaluation.reliability, { counted }),
    lift: liftChart(evaluation, { counted }),
    gains: gainsChart(evaluation, { counted }),
    roc: rocChart(evaluation, { counted }),
    profit: profitChart(evaluation.profit, { counted }),
    ...(drivers.length > 0 ? { drivers: driversChart(drivers) } : {}),
    ...Object.fromEntries(
      dependenceCharts(drivers, card.baseRate, { counted }).map((spec, index) => [
        `dependence-${index + 1}`,
        spec,
      ]),
    ),
    ...(company === null ? {} : companyCharts(company)),
  };
}

function companyCharts(company: CompanyCard): Record<string, ChartSpec> {
  const { aspects, leadTimes, groups } = company;
  const divisions = [...new Set(groups.map(({ by }) => by))];
  return {
    ...(aspects.length > 0
      ? {
          'aspects-without': aspectWorthChart(aspects, { figure: 'without' }),
          'aspects-alone': aspectWorthChart(aspects, { figure: 'alone' }),
        }
      : {}),
    ...(leadTimes.some(({ leadDays }) => leadDays !== null)
      ? { 'lead-times': leadTimeChart(leadTimes) }
      : {}),
    ...Object.fromEntries(divisions.map((by) => [`rates-by-${by}`, partRatesChart(by, groups)])),
    snapshots: snapshotsChart(company),
  };
}
