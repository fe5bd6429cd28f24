import type { ValuePoint } from '../value/value-curve.js';
import type { ValueResult } from '../value/value-of-churn.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { amountFormat, minorUnits, moneyText } from './money-text.js';
import { COLOURS } from './theme.js';
import { changeText, churnText } from './value-words.js';

/** Share of the x axis that labels keep between them. */
const LABEL_GAP = 0.07;

/**
 * What today's customers are worth at each rate of churn, with today's rate, its interval and the changes asked for.
 *
 * @example
 * await renderSvg(valueCurveChart(value));
 */
export function valueCurveChart({
  curve,
  facts: { currency },
}: Pick<ValueResult, 'curve' | 'facts'>): ChartSpec {
  const units = minorUnits(currency);
  const point = ({ monthlyChurn, cents }: ValuePoint, name: string) => ({
    monthlyChurn,
    amount: cents / units,
    name,
    churn: churnText(monthlyChurn),
    money: moneyText(cents, currency),
    label: `${name}: ${moneyText(cents, currency)}`,
    today: name === 'today',
  });
  const line = curve.points.map((one) => point(one, 'any'));
  const marks = [
    point(curve.today, 'today'),
    ...curve.changes.map((one) => point(one, changeText(one.change))),
  ];
  const end = curve.points.at(-1)!.monthlyChurn;
  const x = {
    field: 'monthlyChurn',
    type: 'quantitative' as const,
    scale: { domain: [0, end], nice: false },
    axis: { title: 'Revenue lost in a month', format: '.1%', tickCount: 6 },
  };
  const y = {
    field: 'amount',
    type: 'quantitative' as const,
    axis: { title: currency, format: amountFormat(line[0]!.amount), tickCount: 5 },
  };
  const tooltip = [
    { field: 'name', type: 'nominal' as const, title: 'At' },
    { field: 'churn', type: 'nominal' as const, title: 'Churn a month' },
    { field: 'money', type: 'nominal' as const, title: 'Worth' },
  ];
  const color = { condition: { test: 'datum.today', value: COLOURS.churn }, value: COLOURS.model };
  return makeChart({
    title: 'What today’s customers are worth at each rate of churn',
    subtitle: 'Present value of their margin; the shaded part is the interval of the churn measured.',
    description: `${marks.map(({ label, churn }) => `${label} at ${churn} churn a month`).join('; ')}.`,
    height: 300,
    layer: [
      {
        data: { values: [curve.churn] },
        mark: { type: 'rect', color: COLOURS.modelBand, opacity: 0.5 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
      },
      {
        data: { values: line },
        mark: { type: 'line', strokeWidth: 2.5, color: COLOURS.model },
        encoding: { x, y },
      },
      {
        data: { values: marks },
        mark: { type: 'point', filled: true, size: 90, opacity: 1 },
        encoding: { x, y, color, tooltip },
      },
      {
        data: { values: labelled(marks, LABEL_GAP * end) },
        mark: { type: 'text', align: 'left', dx: 8, dy: -9, fontWeight: 600 },
        encoding: { x, y, text: { field: 'label' } },
      },
    ],
  });
}

/** The first point and those that stand clear of every one labelled before. */
function labelled<T extends { monthlyChurn: number }>(marks: readonly T[], gap: number): T[] {
  const chosen: T[] = [];
  for (const mark of marks) {
    if (chosen.every(({ monthlyChurn }) => Math.abs(monthlyChurn - mark.monthlyChurn) >= gap))
      chosen.push(mark);
  }
  return chosen;
}
