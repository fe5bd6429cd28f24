import type { Backtest } from '../training/backtest.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText } from './figure-text.js';
import { COLOURS } from './theme.js';

/**
 * Leavers expected at each snapshot, the 90 % range, and those who left.
 *
 * @example
 * await renderSvg(backtestChart(backtest));
 */
export function backtestChart({ folds, expected, actual, inRange }: Backtest): ChartSpec {
  const values = folds.map(({ snapshotAt, range, actual: found }) => ({
    snapshotAt,
    ...range,
    actual: found,
    text: countText(found),
    predicted: `${countText(range.expected)} (${countText(range.low)}–${countText(range.high)})`,
  }));
  const x = {
    field: 'snapshotAt',
    type: 'ordinal' as const,
    axis: { title: 'Snapshot', labelAngle: 0, labelOverlap: true },
  };
  const tooltip = [
    { field: 'snapshotAt', type: 'nominal' as const, title: 'Snapshot' },
    { field: 'predicted', type: 'nominal' as const, title: 'Expected' },
    { field: 'text', type: 'nominal' as const, title: 'Left' },
  ];
  return makeChart({
    title: 'Expected and actual leavers, month by month',
    subtitle:
      'Bars are 90 % ranges from models that knew only what was known by then; dots are those who left.',
    description:
      `Over ${folds.length} snapshots ${countText(expected)} leavers were expected and ${countText(actual)} left; ` +
      `${inRange} counts lie in their range.`,
    height: 300,
    layer: [
      {
        data: { values },
        mark: { type: 'bar', width: { band: 0.5 }, color: COLOURS.modelBand },
        encoding: {
          x,
          y: {
            field: 'low',
            type: 'quantitative',
            scale: { zero: true },
            axis: { title: 'Leavers', format: 'd', tickCount: 6 },
          },
          y2: { field: 'high' },
          tooltip,
        },
      },
      {
        data: { values },
        mark: { type: 'tick', thickness: 2.5, width: { band: 0.5 }, color: COLOURS.model },
        encoding: { x, y: { field: 'expected', type: 'quantitative' }, tooltip },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 90, opacity: 1, color: COLOURS.churn },
        encoding: { x, y: { field: 'actual', type: 'quantitative' }, tooltip },
      },
      {
        data: { values },
        mark: { type: 'text', dx: 9, align: 'left', fontWeight: 600, color: COLOURS.churn },
        encoding: { x, y: { field: 'actual', type: 'quantitative' }, text: { field: 'text' } },
      },
    ],
  });
}
