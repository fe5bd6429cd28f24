import type { Card } from '../training/card.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import type { CountedOptions } from './counted.js';
import { decimalEstimate, decimalText } from './figure-text.js';
import { COLOURS } from './theme.js';

type Candidate = Card['candidates'][number];

const FIGURES = {
  auc: {
    title: 'How well each candidate ranks',
    reading: 'Higher is better; 0.5 is chance.',
    axis: 'AUC',
    digits: 3,
  },
  logLoss: {
    title: 'How good each candidate’s probabilities are',
    reading: 'Lower is better.',
    axis: 'Log loss',
    digits: 4,
  },
} as const;

export interface CandidatesChartOptions extends CountedOptions {
  /** `name` of the candidate to bring out. */
  chosen: string;
  figure?: keyof typeof FIGURES;
}

/**
 * The candidates side by side on one figure of the held-back part, the best on top, the chosen one in colour.
 *
 * @example
 * await renderSvg(candidatesChart(card.candidates, { chosen: card.chosen, figure: 'logLoss' }));
 */
export function candidatesChart(
  candidates: readonly Candidate[],
  { chosen, figure = 'auc', counted = 'accounts' }: CandidatesChartOptions,
): ChartSpec {
  const { title, reading, axis, digits } = FIGURES[figure];
  const better = figure === 'auc' ? -1 : 1;
  const values = candidates
    .map(({ name, label, heldBack }) => ({
      label,
      ...heldBack[figure],
      text: decimalText(heldBack[figure].value, digits),
      estimate: decimalEstimate(heldBack[figure], digits),
      chosen: name === chosen,
    }))
    .sort((a, b) => better * (a.value - b.value));
  const y = { field: 'label', type: 'nominal' as const, sort: null, axis: { title: null, labelLimit: 150 } };
  const color = {
    condition: { test: 'datum.chosen', value: COLOURS.model },
    value: COLOURS.yardstick,
  };
  const tooltip = [
    { field: 'label', type: 'nominal' as const, title: 'Candidate' },
    { field: 'estimate', type: 'nominal' as const, title: axis },
  ];
  return makeChart({
    title,
    subtitle: `${axis} on held-back ${counted} with 95 % intervals. ${reading}`,
    description: `${axis} of ${values.map(({ label, estimate }) => `${label} ${estimate}`).join('; ')}.`,
    height: 40 * values.length,
    layer: [
      {
        data: { values },
        mark: { type: 'rule', strokeWidth: 3, strokeCap: 'round' },
        encoding: {
          y,
          x: {
            field: 'low',
            type: 'quantitative',
            axis: { title: axis, tickCount: 5 },
            scale: { zero: false, padding: 18 },
          },
          x2: { field: 'high' },
          color,
          tooltip,
        },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 90, opacity: 1 },
        encoding: { y, x: { field: 'value', type: 'quantitative' }, color, tooltip },
      },
      {
        data: { values },
        mark: { type: 'text', dy: -12 },
        encoding: { y, x: { field: 'value', type: 'quantitative' }, text: { field: 'text' } },
      },
    ],
  });
}
