import type { Evaluation } from '../evaluation/evaluation.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { contactedText, shareContacted } from './contacted.js';
import type { Counted, CountedOptions } from './counted.js';
import { countEstimate, countText, percentText } from './figure-text.js';
import { COLOURS } from './theme.js';

/**
 * What contacting the riskiest share of the held-back accounts would have earned, in the user's currency unit.
 *
 * @example
 * await renderSvg(profitChart(card.evaluation.profit));
 */
export function profitChart(
  { curve, best, contactCost, saveValue, saveRate }: Evaluation['profit'],
  { counted = 'accounts' }: CountedOptions = {},
): ChartSpec {
  const values = curve.map((point) => profitPoint(point, counted));
  const top = profitPoint(best, counted);
  const x = shareContacted(counted);
  const tooltip = [
    { field: 'contacted', type: 'nominal' as const, title: 'Contacting' },
    { field: 'estimate', type: 'nominal' as const, title: 'Profit' },
  ];
  const align = best.share < 0.25 ? 'left' : best.share > 0.75 ? 'right' : 'center';
  return makeChart({
    title: `What contacting the riskiest ${counted} earns`,
    subtitle: `With ${countText(contactCost)} per contact, ${countText(saveValue)} per account saved, and ${percentText(saveRate)} of the churners contacted staying.`,
    description: `Best: contacting ${top.contacted} earns ${top.estimate}.`,
    height: 300,
    layer: [
      {
        data: { values },
        mark: { type: 'area', color: COLOURS.modelBand, opacity: 0.8 },
        encoding: {
          x,
          y: {
            field: 'low',
            type: 'quantitative',
            axis: { title: 'Profit, in your currency', format: ',.0f', tickCount: 6 },
          },
          y2: { field: 'high' },
        },
      },
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: 'rule', color: COLOURS.ink, opacity: 0.7 },
        encoding: { y: { field: 'zero', type: 'quantitative' } },
      },
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 2.5, color: COLOURS.model },
        encoding: { x, y: { field: 'value', type: 'quantitative' } },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 200, opacity: 0 },
        encoding: { x, y: { field: 'value', type: 'quantitative' }, tooltip },
      },
      {
        data: { values: [top] },
        mark: { type: 'point', filled: true, size: 110, opacity: 1, color: COLOURS.churn },
        encoding: { x, y: { field: 'value', type: 'quantitative' }, tooltip },
      },
      {
        data: { values: [top] },
        mark: { type: 'text', align, dy: -10, fontWeight: 600 },
        encoding: { x, y: { field: 'high', type: 'quantitative' }, text: { field: 'best' } },
      },
    ],
  });
}

function profitPoint({ share, accounts, profit }: Evaluation['profit']['best'], counted: Counted) {
  return {
    share,
    ...profit,
    contacted: contactedText({ share, accounts }, counted),
    estimate: countEstimate(profit),
    best: `best: riskiest ${percentText(share)}, ${countText(profit.value)}`,
  };
}
