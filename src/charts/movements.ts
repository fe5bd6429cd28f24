import { type MetricsResult, seriesOf } from '../metrics/result.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText, signedText } from './figure-text.js';
import { GROUP_LEGEND } from './group-colours.js';
import { amountText, NUMBER_LABEL } from './metric-text.js';
import { minorUnits } from './money-text.js';
import { monthsAxis } from './months-axis.js';
import { COLOURS } from './theme.js';

/** Something that adds to, or takes from, a stock in a month. */
interface Flow {
  readonly metric: string;
  readonly label: string;
  readonly colour: string;
  /** −1 where the metric counts a loss as a positive number. */
  readonly sign: 1 | -1;
}

const MRR_FLOWS: readonly Flow[] = [
  { metric: 'mrr-new', label: 'new', colour: COLOURS.model, sign: 1 },
  { metric: 'mrr-reactivation', label: 'reactivation', colour: '#6f9fce', sign: 1 },
  { metric: 'mrr-expansion', label: 'expansion', colour: '#b5d0ea', sign: 1 },
  { metric: 'mrr-contraction', label: 'contraction', colour: '#eab391', sign: 1 },
  { metric: 'mrr-churn', label: 'churn', colour: COLOURS.churn, sign: 1 },
];

const CUSTOMER_FLOWS: readonly Flow[] = [
  { metric: 'customers-new', label: 'new', colour: COLOURS.model, sign: 1 },
  { metric: 'customers-returned', label: 'returned', colour: '#6f9fce', sign: 1 },
  { metric: 'customers-lost', label: 'lost', colour: COLOURS.churn, sign: -1 },
];

/**
 * What moved recurring revenue, month by month: gains above the line, losses below, the net change as a dot.
 *
 * @example
 * await renderSvg(mrrMovementsChart(metrics));
 */
export function mrrMovementsChart(result: MetricsResult): ChartSpec {
  const { currency } = result;
  return flowsChart(result, MRR_FLOWS, 'mrr-net-new', {
    title: 'What moved monthly recurring revenue',
    axis: currency,
    scale: minorUnits(currency),
    text: (cents) => amountText(cents, currency),
  });
}

/**
 * The leaky pot: customers who came above the line, who left below it, the net change as a dot.
 *
 * @example
 * await renderSvg(leakyPotChart(metrics));
 */
export function leakyPotChart(result: MetricsResult): ChartSpec {
  return flowsChart(result, CUSTOMER_FLOWS, 'customers-net', {
    title: 'The leaky pot: customers who came and left',
    axis: 'accounts',
    scale: 1,
    text: countText,
  });
}

interface FlowWords {
  readonly title: string;
  readonly axis: string;
  readonly scale: number;
  readonly text: (amount: number) => string;
}

function flowsChart(
  result: MetricsResult,
  flows: readonly Flow[],
  netMetric: string,
  { title, axis, scale, text }: FlowWords,
): ChartSpec {
  const pointsOf = (metric: string) => seriesOf(result, metric)?.points ?? [];
  const values = flows.flatMap(({ metric, label, sign }) =>
    pointsOf(metric).map(({ month, value }) => ({
      month,
      kind: label,
      amount: (sign * (value ?? 0)) / scale,
      text: text(sign * (value ?? 0)),
    })),
  );
  const net = pointsOf(netMetric).map(({ month, value }) => ({
    month,
    kind: 'net',
    amount: (value ?? 0) / scale,
    text: text(value ?? 0),
  }));
  const tooltip = [
    { field: 'month', type: 'nominal' as const, title: 'Month' },
    { field: 'kind', type: 'nominal' as const, title: 'What' },
    { field: 'text', type: 'nominal' as const, title: 'How much' },
  ];
  const x = monthsAxis(
    net.map(({ month }) => month ?? ''),
    'band',
  );
  const y = {
    field: 'amount',
    type: 'quantitative' as const,
    axis: { title: axis, labelExpr: NUMBER_LABEL, tickCount: 6 },
  };
  const last = net.at(-1);
  return makeChart({
    title,
    subtitle: 'Gains above the line, losses below; the dot is the net change of the month.',
    description: `${title}: ${last ? `net change ${signedText(last.amount, 0)} ${axis} in ${last.month}` : 'no month'}.`,
    height: 260,
    layer: [
      {
        data: { values },
        mark: { type: 'bar' },
        encoding: {
          x,
          y: { ...y, stack: 'zero' },
          color: {
            field: 'kind',
            type: 'nominal',
            sort: null,
            scale: { domain: flows.map(({ label }) => label), range: flows.map(({ colour }) => colour) },
            legend: { ...GROUP_LEGEND, symbolType: 'square' },
          },
          tooltip,
        },
      },
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: 'rule', color: COLOURS.yardstick },
        encoding: { y: { field: 'zero', type: 'quantitative' } },
      },
      {
        data: { values: net },
        mark: {
          type: 'point',
          filled: true,
          size: 46,
          opacity: 1,
          color: COLOURS.ink,
          stroke: 'white',
          strokeWidth: 1,
        },
        encoding: { x, y, tooltip },
      },
    ],
  });
}
