import type { MetricDefinition } from '../metrics/metric.js';
import type { MetricSeries } from '../metrics/result.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { groupColour, MOST_GROUPS } from './group-colours.js';
import { metricFigureText, metricText, NUMBER_LABEL } from './metric-text.js';
import { minorUnits } from './money-text.js';
import { monthsAxis } from './months-axis.js';
import { COLOURS } from './theme.js';

export interface MetricByMonthOptions {
  /** ISO 4217, of metrics in `cents`. */
  readonly currency: string;
}

const ALL = 'all accounts';

/**
 * A metric month by month: the overall line with its 95 % band, or, given series of groups, a line for each of the six
 * with the most behind them.
 *
 * @example
 * const definition = metricsCatalogue.find(({ name }) => name === 'mrr');
 * const series = seriesOf(metrics, 'mrr');
 * if (definition && series) await renderSvg(metricByMonthChart(definition, [series], metrics));
 */
export function metricByMonthChart(
  definition: MetricDefinition,
  series: readonly MetricSeries[],
  { currency }: MetricByMonthOptions,
): ChartSpec {
  const { title, unit, formula } = definition;
  const scale = unit === 'cents' ? minorUnits(currency) : 1;
  const shown = largest(series, MOST_GROUPS);
  const values = shown.flatMap(({ group, points }) =>
    points.map(({ month, value, low, high, n }) => ({
      month,
      group: group ?? ALL,
      value: value === null ? null : value / scale,
      low: low === null ? null : low / scale,
      high: high === null ? null : high / scale,
      text: metricFigureText({ value, low, high }, unit, currency),
      n,
    })),
  );
  const withBand = values.filter(({ low, high }) => low !== null && high !== null);
  const x = monthsAxis([...new Set(values.map(({ month }) => month ?? ''))], 'point');
  const heights = values.flatMap(({ value }) => value ?? []);
  const y = {
    field: 'value',
    type: 'quantitative' as const,
    // Figures that all lie high, as retention does, would be a flat line above an empty chart.
    scale: { zero: !(Math.min(...heights) > Math.max(...heights) / 2) },
    axis: {
      title: axisTitle(unit, currency),
      tickCount: 5,
      ...(unit === 'share' ? { format: '.0~%' } : { labelExpr: NUMBER_LABEL }),
    },
  };
  const color = groupColour([...new Set(values.map(({ group }) => group))]);
  return makeChart({
    title,
    subtitle:
      shown.length === 1
        ? 'By month, with 95 % intervals.'
        : `By month and group; ${cutText(series, shown)}.`,
    description: `${title} (${formula}): ${lastWords(shown, definition, currency)}.`,
    height: 240,
    layer: [
      ...(shown.length === 1 && withBand.length > 0
        ? [
            {
              data: { values: withBand },
              mark: { type: 'rule' as const, strokeWidth: 5, color: COLOURS.modelBand },
              encoding: {
                x,
                y: { field: 'low', type: 'quantitative' as const },
                y2: { field: 'high' },
              },
            },
          ]
        : []),
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 2.5 },
        encoding: { x, y, color },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 34, opacity: 1 },
        encoding: {
          x,
          y,
          color,
          tooltip: [
            { field: 'month', type: 'nominal', title: 'Month' },
            { field: 'group', type: 'nominal', title: 'Of' },
            { field: 'text', type: 'nominal', title },
            { field: 'n', type: 'nominal', title: `n (${definition.counts})` },
          ],
        },
      },
    ],
  });
}

function largest(series: readonly MetricSeries[], most: number): readonly MetricSeries[] {
  const size = ({ points }: MetricSeries) => points.reduce((sum, { n }) => sum + n, 0);
  const kept = new Set(series.toSorted((a, b) => size(b) - size(a)).slice(0, most));
  return series.filter((one) => kept.has(one));
}

function cutText(series: readonly MetricSeries[], shown: readonly MetricSeries[]): string {
  return shown.length < series.length
    ? `the ${shown.length} largest of ${series.length} groups`
    : 'intervals in the tables';
}

function lastWords(series: readonly MetricSeries[], { unit }: MetricDefinition, currency: string): string {
  return series
    .map(({ group, points }) => {
      const last = points.findLast(({ value }) => value !== null);
      const words = last ? `${metricText(last.value!, unit, currency)} in ${last.month}` : 'never defined';
      return group === null ? words : `${group} ${words}`;
    })
    .join('; ');
}

function axisTitle(unit: MetricDefinition['unit'], currency: string): string | null {
  if (unit === 'share') return null;
  return unit === 'cents' ? currency : unit;
}
