import type { Evaluation } from '../evaluation/evaluation.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import type { CountedOptions } from './counted.js';
import { decimalEstimate, percentText } from './figure-text.js';
import { COLOURS } from './theme.js';

/**
 * The ROC curve: churners caught against loyal accounts bothered, at every threshold.
 *
 * @example
 * await renderSvg(rocChart(card.evaluation));
 */
export function rocChart(
  { roc, auc }: Pick<Evaluation, 'roc' | 'auc'>,
  { counted = 'accounts' }: CountedOptions = {},
): ChartSpec {
  const values = roc.map((point) => ({
    ...point,
    caught: percentText(point.truePositiveRate),
    bothered: percentText(point.falsePositiveRate),
  }));
  const x = {
    field: 'falsePositiveRate',
    type: 'quantitative' as const,
    scale: { domain: [0, 1] },
    axis: { title: `Loyal ${counted} flagged (false positive rate)`, format: '.0%', tickCount: 5 },
  };
  const tooltip = [
    { field: 'caught', type: 'nominal' as const, title: 'Churners flagged' },
    { field: 'bothered', type: 'nominal' as const, title: `Loyal ${counted} flagged` },
  ];
  return makeChart({
    title: `Churners caught against loyal ${counted} bothered`,
    subtitle: `ROC curve on held-back ${counted}. Dashed: flagging at random.`,
    description: `ROC curve with an area of ${decimalEstimate(auc)}.`,
    height: 340,
    layer: [
      {
        data: { values: [{ at: 0 }, { at: 1 }] },
        mark: { type: 'line', strokeDash: [5, 4], strokeWidth: 1.5, color: COLOURS.yardstick },
        encoding: {
          x: { field: 'at', type: 'quantitative' },
          y: {
            field: 'at',
            type: 'quantitative',
            scale: { domain: [0, 1] },
            axis: { title: 'Churners flagged (true positive rate)', format: '.0%', tickCount: 5 },
          },
        },
      },
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 2.5, color: COLOURS.model },
        encoding: { x, y: { field: 'truePositiveRate', type: 'quantitative' } },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 120, opacity: 0 },
        encoding: { x, y: { field: 'truePositiveRate', type: 'quantitative' }, tooltip },
      },
      {
        data: { values: [{ text: `AUC ${decimalEstimate(auc)}` }] },
        mark: {
          type: 'text',
          align: 'right',
          x: { expr: 'width - 8' },
          y: { expr: 'height - 16' },
          fontSize: 13,
          fontWeight: 600,
        },
        encoding: { text: { field: 'text' } },
      },
    ],
  });
}
