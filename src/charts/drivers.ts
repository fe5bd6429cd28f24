import type { Card } from '../training/card.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { decimalEstimate, decimalText } from './figure-text.js';
import { COLOURS } from './theme.js';

type Driver = Card['drivers'][number];

/**
 * The features that move the score most, strongest first; at most `most` of them.
 *
 * @example
 * await renderSvg(driversChart(card.drivers, 5));
 */
export function driversChart(drivers: readonly Driver[], most = 12): ChartSpec {
  const values = [...drivers]
    .sort((a, b) => b.importance - a.importance)
    .slice(0, most)
    .map(({ feature, importance, permutationLoss }) => ({
      feature,
      importance,
      text: decimalText(importance, 2),
      shuffled: decimalEstimate(permutationLoss, 4),
    }));
  const y = {
    field: 'feature',
    type: 'nominal' as const,
    sort: null,
    scale: { paddingInner: 0.35 },
    axis: { title: null, labelLimit: 160, labelColor: COLOURS.ink, grid: false },
  };
  const x = {
    field: 'importance',
    type: 'quantitative' as const,
    axis: { title: 'Average push on the score (log-odds)', tickCount: 5 },
  };
  return makeChart({
    title: 'What moves the prediction',
    subtitle:
      values.length < drivers.length
        ? `The ${values.length} strongest of ${drivers.length} columns.`
        : 'Strongest first.',
    description: `Average push on the score: ${values.map(({ feature, text }) => `${feature} ${text}`).join('; ')}.`,
    height: 26 * Math.max(values.length, 1),
    layer: [
      {
        data: { values },
        mark: { type: 'bar', color: COLOURS.model },
        encoding: {
          y,
          x,
          tooltip: [
            { field: 'feature', type: 'nominal', title: 'Column' },
            { field: 'text', type: 'nominal', title: 'Average push' },
            { field: 'shuffled', type: 'nominal', title: 'Log loss added by shuffling it' },
          ],
        },
      },
      {
        data: { values },
        mark: { type: 'text', align: 'left', dx: 5, color: COLOURS.muted },
        encoding: { y, x, text: { field: 'text' } },
      },
    ],
  });
}
