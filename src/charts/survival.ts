import type { SurvivalResult } from '../metrics/result.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText, percentInterval, percentText } from './figure-text.js';
import { groupColour, MOST_GROUPS } from './group-colours.js';
import { COLOURS } from './theme.js';

const MONTH_DAYS = 30.436875;
const ALL = 'all stays';

/**
 * How long stays last: Kaplan–Meier curves with pointwise 95 % bands, of all stays or of the six largest groups.
 *
 * @example
 * await renderSvg(survivalChart(metrics.survival));
 */
export function survivalChart(curves: readonly SurvivalResult[]): ChartSpec {
  const kept = new Set(curves.toSorted((a, b) => b.stays - a.stays).slice(0, MOST_GROUPS));
  const shown = curves.filter((curve) => kept.has(curve));
  const values = shown.flatMap(steps);
  const x = {
    field: 'months',
    type: 'quantitative' as const,
    scale: { nice: false },
    axis: { title: 'Months since the stay began', tickCount: 8, grid: false },
  };
  const y = {
    field: 'survival',
    type: 'quantitative' as const,
    scale: { domain: [0, 1] },
    axis: { title: 'Share that stays', format: '.0%', tickCount: 5 },
  };
  const color = groupColour([...new Set(values.map(({ group }) => group))]);
  return makeChart({
    title: 'How long customers stay',
    subtitle: `Kaplan–Meier curves with 95 % bands (log-log)${shown.length < curves.length ? `; the ${shown.length} largest of ${curves.length} groups` : ''}. Dashed: one half.`,
    description: `Share of stays that last, by months since they began: ${shown
      .map(
        (curve) =>
          `${curve.group ?? ALL} ${percentText(lastShare(curve))} after ${Math.round(curve.untilDays / MONTH_DAYS)} months`,
      )
      .join('; ')}.`,
    height: 280,
    layer: [
      {
        data: { values: [{ half: 0.5 }] },
        mark: { type: 'rule', strokeDash: [5, 4], color: COLOURS.yardstick },
        encoding: { y: { field: 'half', type: 'quantitative' } },
      },
      {
        data: { values: values.filter(({ low, high }) => low !== null && high !== null) },
        mark: { type: 'area', interpolate: 'step-after', opacity: shown.length > 3 ? 0.1 : 0.18 },
        encoding: {
          x,
          y: { field: 'low', type: 'quantitative' },
          y2: { field: 'high' },
          color,
        },
      },
      {
        data: { values },
        mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2.2 },
        encoding: {
          x,
          y,
          color,
          tooltip: [
            { field: 'group', type: 'nominal', title: 'Of' },
            { field: 'from', type: 'nominal', title: 'After' },
            { field: 'text', type: 'nominal', title: 'Still there' },
            { field: 'atRisk', type: 'nominal', title: 'Stays watched' },
          ],
        },
      },
    ],
  });
}

/** A curve's points from its start to the last day watched. */
function steps({ group, points, stays, untilDays }: SurvivalResult) {
  const start = { days: 0, survival: 1, low: 1, high: 1, atRisk: stays };
  const last = points.at(-1) ?? start;
  return [start, ...points, { ...last, days: untilDays }].map((point) => ({
    group: group ?? ALL,
    months: point.days / MONTH_DAYS,
    survival: point.survival,
    low: point.low,
    high: point.high,
    from: `${(point.days / MONTH_DAYS).toFixed(1)} months`,
    text:
      point.low === null || point.high === null
        ? percentText(point.survival)
        : `${percentText(point.survival)} (${percentInterval({ low: point.low, high: point.high })})`,
    atRisk: countText(point.atRisk),
  }));
}

function lastShare({ points }: SurvivalResult): number {
  return points.at(-1)?.survival ?? 1;
}
