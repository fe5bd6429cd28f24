import type { CompanyCard } from '../training/company-card.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText, percentEstimate, percentText } from './figure-text.js';
import { COLOURS } from './theme.js';

/**
 * Predicted against found in the parts of the held-back rows that one thing divides them into, such as the stage.
 *
 * @example
 * const { company } = companyTraining.card;
 * const stages = company?.groups.filter(({ by }) => by === 'stage') ?? [];
 * await renderSvg(partRatesChart('stage', stages));
 */
export function partRatesChart(by: string, groups: CompanyCard['groups']): ChartSpec {
  const values = groups
    .filter((group) => group.by === by)
    .map(({ value, rows, rate, predicted }) => ({
      part: value,
      ...rate,
      expected: predicted / rows,
      left: percentEstimate(rate),
      foretold: percentText(predicted / rows),
      size: countText(rows),
    }));
  const y = {
    field: 'part',
    type: 'nominal' as const,
    sort: null,
    axis: { title: null, labelLimit: 130, labelColor: COLOURS.ink },
  };
  const tooltip = [
    { field: 'part', type: 'nominal' as const, title: capital(by) },
    { field: 'foretold', type: 'nominal' as const, title: 'Predicted' },
    { field: 'left', type: 'nominal' as const, title: 'Left' },
    { field: 'size', type: 'nominal' as const, title: 'Rows' },
  ];
  return makeChart({
    title: `Predicted and found, by ${by}`,
    subtitle: 'Orange: the share that left, with its 95 % interval. Blue stroke: what was predicted.',
    description: `Share that left and predicted share by ${by}: ${values
      .map(({ part, left, foretold }) => `${part} ${left}, predicted ${foretold}`)
      .join('; ')}.`,
    height: 44 * Math.max(values.length, 1),
    layer: [
      {
        data: { values },
        mark: { type: 'rule', strokeWidth: 3, strokeCap: 'round', color: COLOURS.churn, opacity: 0.55 },
        encoding: {
          y,
          x: {
            field: 'low',
            type: 'quantitative',
            scale: { zero: true },
            axis: { title: 'Share of rows', format: '.0~%', tickCount: 5 },
          },
          x2: { field: 'high' },
          tooltip,
        },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 90, opacity: 1, color: COLOURS.churn },
        encoding: { y, x: { field: 'value', type: 'quantitative' }, tooltip },
      },
      {
        data: { values },
        mark: { type: 'tick', thickness: 3, size: 24, color: COLOURS.model, opacity: 1 },
        encoding: { y, x: { field: 'expected', type: 'quantitative' }, tooltip },
      },
    ],
  });
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
