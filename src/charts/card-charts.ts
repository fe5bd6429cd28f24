import type { Card } from '../training/card.js';
import { candidatesChart } from './candidates.js';
import type { ChartSpec } from './chart-spec.js';
import { dependenceCharts } from './dependence.js';
import { driversChart } from './drivers.js';
import { gainsChart } from './gains.js';
import { liftChart } from './lift.js';
import { profitChart } from './profit.js';
import { reliabilityChart } from './reliability.js';
import { rocChart } from './roc.js';

/**
 * Every chart of a training run under the name of its file, in the order in which a reader wants them.
 * The `dependence-1 …` belong to the strongest drivers and share one probability axis.
 *
 * @example
 * for (const [name, spec] of Object.entries(cardCharts(card))) files[`charts/${name}.svg`] = await renderSvg(spec);
 */
export function cardCharts(card: Card): Record<string, ChartSpec> {
  const { evaluation, candidates, chosen, drivers } = card;
  return {
    'candidates-auc': candidatesChart(candidates, { chosen, figure: 'auc' }),
    'candidates-log-loss': candidatesChart(candidates, { chosen, figure: 'logLoss' }),
    reliability: reliabilityChart(evaluation.reliability),
    lift: liftChart(evaluation),
    gains: gainsChart(evaluation),
    roc: rocChart(evaluation),
    profit: profitChart(evaluation.profit),
    ...(drivers.length > 0 ? { drivers: driversChart(drivers) } : {}),
    ...Object.fromEntries(
      dependenceCharts(drivers, card.baseRate).map((spec, index) => [`dependence-${index + 1}`, spec]),
    ),
  };
}
