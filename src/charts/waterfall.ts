import type { Reconciliation } from '../metrics/reconcile.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { decimalText, signedText } from './figure-text.js';
import { COLOURS } from './theme.js';

interface Bar {
  readonly label: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly kind: 'total' | 'up' | 'down';
  readonly exact: string;
}

/**
 * From one churn formula to another: the two rates as bars, each decision between them as a step.
 *
 * @example
 * await renderSvg(waterfallChart(await reconcileChurn(company, '2023-06')));
 */
export function waterfallChart(reconciliation: Reconciliation): ChartSpec {
  const { month, from, to, difference } = reconciliation;
  const bars = waterfallBars(reconciliation);
  const ends = bars.flatMap(({ start, end }) => [start, end]);
  const [lowest, highest] = [Math.min(0, ...ends), Math.max(...ends)];
  const y = {
    field: 'label',
    type: 'nominal' as const,
    sort: null,
    scale: { paddingInner: 0.4, paddingOuter: 0.2 },
    axis: { title: null, labelLimit: 290, labelColor: COLOURS.ink, grid: false },
  };
  const color = {
    field: 'kind',
    type: 'nominal' as const,
    scale: { domain: ['total', 'up', 'down'], range: [COLOURS.yardstick, COLOURS.churn, COLOURS.model] },
    legend: null,
  };
  const tooltip = [
    { field: 'label', type: 'nominal' as const, title: 'What' },
    { field: 'text', type: 'nominal' as const, title: 'How much' },
    { field: 'exact', type: 'nominal' as const, title: 'Exactly' },
  ];
  const room = (highest - lowest) * 0.16 || 0.01;
  return makeChart({
    title: `Two numbers for the churn of ${month}`,
    subtitle: `From “${from.title}” to “${to.title}”: ${signedText(100 * difference, 2)} percentage points, step by step.`,
    description: `${bars.map(({ label, text }) => `${label} ${text}`).join('; ')}.`,
    height: 34 * bars.length,
    layer: [
      {
        data: { values: bars },
        mark: { type: 'bar', minBandSize: 2 },
        encoding: {
          y,
          x: {
            field: 'start',
            type: 'quantitative',
            scale: { domain: [lowest < 0 ? lowest - room : 0, highest + room], nice: false },
            axis: { title: 'Churn of the month', format: '.1~%', tickCount: 5 },
          },
          x2: { field: 'end' },
          color,
          tooltip,
        },
      },
      {
        // A step of 0 is drawn as a line, so that no row is empty.
        data: { values: bars },
        mark: { type: 'tick', thickness: 2, bandSize: 20 },
        encoding: { y, x: { field: 'end', type: 'quantitative' }, color, tooltip },
      },
      {
        data: { values: bars.map((bar) => ({ ...bar, right: Math.max(bar.start, bar.end) })) },
        mark: { type: 'text', align: 'left', dx: 6 },
        encoding: { y, x: { field: 'right', type: 'quantitative' }, text: { field: 'text' } },
      },
    ],
  });
}

function waterfallBars({ from, to, steps }: Reconciliation): Bar[] {
  let at = from.rate;
  const stepBars = steps.map(({ decision, difference, exact }): Bar => {
    const start = at;
    at += difference;
    return {
      label: decision,
      start,
      end: at,
      text: signedText(100 * difference, 2),
      kind: difference > 0 ? 'up' : 'down',
      exact,
    };
  });
  const total = ({ title, rate, exact }: Reconciliation['from']): Bar => ({
    label: title,
    start: 0,
    end: rate,
    text: `${decimalText(100 * rate, 2)}\u00a0%`,
    kind: 'total',
    exact,
  });
  return [total(from), ...stepBars, total(to)];
}
