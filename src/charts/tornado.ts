import type { Sensitivity, SensitivityEnd } from '../value/sensitivity.js';
import type { ValueResult } from '../value/value-of-churn.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { amountFormat, minorUnits, moneyText } from './money-text.js';
import { COLOURS } from './theme.js';
import { figureText, inputName, inputText } from './value-words.js';

/** Share of the drawn range left free on each side for the figures at the ends of the bars. */
const LABEL_ROOM = 0.14;

/**
 * How far one figure moves when its inputs move one at a time from their low to their high end, widest on top.
 *
 * @example
 * const [sensitivity] = value.sensitivity;
 * if (sensitivity) await renderSvg(tornadoChart(sensitivity, value));
 */
export function tornadoChart(
  sensitivity: Sensitivity,
  { assumptions, facts: { currency } }: Pick<ValueResult, 'assumptions' | 'facts'>,
): ChartSpec {
  const units = minorUnits(currency);
  const base = sensitivity.cents / units;
  const bar = (name: string, at: string, { cents }: SensitivityEnd, isHigh: boolean) => ({
    input: name,
    base,
    result: cents / units,
    at,
    isHigh,
    money: moneyText(cents, currency),
  });
  const values = sensitivity.rows.flatMap(({ input, low, high }) => {
    const ends = [low, high].map((end) => inputText(input, end.input, { assumptions, currency }));
    return [bar(inputName(input), ends[0]!, low, false), bar(inputName(input), ends[1]!, high, true)];
  });
  const y = {
    field: 'input',
    type: 'nominal' as const,
    sort: null,
    scale: { paddingInner: 0.4 },
    axis: { title: null, labelLimit: 240, labelColor: COLOURS.ink, grid: false },
  };
  const x = {
    field: 'result',
    type: 'quantitative' as const,
    scale: {
      domain: [...drawnRange([base, ...values.map(({ result }) => result)])],
      nice: false,
      zero: false,
    },
    axis: { title: currency, tickCount: 5, format: amountFormat(base) },
  };
  const tooltip = [
    { field: 'input', type: 'nominal' as const, title: 'Input' },
    { field: 'at', type: 'nominal' as const, title: 'At' },
    { field: 'money', type: 'nominal' as const, title: 'Figure' },
  ];
  const label = (test: string, align: 'left' | 'right', dx: number) => ({
    data: { values },
    transform: [{ filter: test }],
    mark: { type: 'text' as const, align, dx, color: COLOURS.muted },
    encoding: { y, x, text: { field: 'at' }, tooltip },
  });
  return makeChart({
    title: figureText(sensitivity.figure),
    subtitle: `${moneyText(sensitivity.cents, currency)}, and how far one input at a time moves it; dark: the input’s high end.`,
    description: `${figureText(sensitivity.figure)}: ${moneyText(sensitivity.cents, currency)}. ${describeRows(values)}`,
    height: 34 * Math.max(sensitivity.rows.length, 1),
    layer: [
      {
        data: { values },
        mark: { type: 'bar' },
        encoding: {
          y,
          x,
          x2: { field: 'base' },
          color: { condition: { test: 'datum.isHigh', value: COLOURS.model }, value: COLOURS.modelBand },
          tooltip,
        },
      },
      label('datum.result >= datum.base', 'left', 5),
      label('datum.result < datum.base', 'right', -5),
      {
        data: { values: [{ base }] },
        mark: { type: 'rule', strokeWidth: 1.5, color: COLOURS.ink },
        encoding: { x: { field: 'base', type: 'quantitative' } },
      },
    ],
  });
}

function drawnRange(results: readonly number[]): readonly [number, number] {
  const low = Math.min(...results);
  const high = Math.max(...results);
  const room = LABEL_ROOM * (high - low || Math.abs(high) || 1);
  return [low - room, high + room];
}

function describeRows(values: readonly { input: string; at: string; money: string }[]): string {
  return values.map(({ input, at, money }) => `${input} at ${at}: ${money}`).join('; ');
}
