import type { Evaluation } from '../evaluation/evaluation.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { type CountedOptions, countedTitle } from './counted.js';
import { countText, percentInterval, percentText } from './figure-text.js';
import { COLOURS } from './theme.js';

/**
 * Predicted chance against what came to pass, one point per bin of equally many accounts.
 * Points on the diagonal are probabilities that can be taken at their word.
 *
 * @example
 * await renderSvg(reliabilityChart(card.evaluation.reliability));
 */
export function reliabilityChart(
  bins: Evaluation['reliability'],
  { counted = 'accounts' }: CountedOptions = {},
): ChartSpec {
  const values = bins.map((bin) => ({
    ...bin,
    predicted: percentText(bin.meanProbability),
    left: `${percentText(bin.rate)} (${percentInterval(bin)})`,
    size: countText(bin.accounts),
  }));
  const end = Math.min(1, Math.max(0.05, ...bins.flatMap((bin) => [bin.high, bin.meanProbability])) * 1.04);
  const scale = { domain: [0, end], nice: false };
  const x = {
    field: 'meanProbability',
    type: 'quantitative' as const,
    scale,
    axis: { title: 'Predicted chance of leaving', format: '.0%', tickCount: 5 },
  };
  const y = { title: 'Share that left', format: '.0%', tickCount: 5 };
  const tooltip = [
    { field: 'predicted', type: 'nominal' as const, title: 'Predicted' },
    { field: 'left', type: 'nominal' as const, title: 'Left' },
    { field: 'size', type: 'nominal' as const, title: countedTitle(counted) },
  ];
  const corner = { type: 'text' as const, color: COLOURS.muted, fontStyle: 'italic' as const };
  return makeChart({
    title: 'Do the predicted chances come true?',
    subtitle: `Groups of equally many held-back ${counted}. On the dashed line, as many left as predicted.`,
    description: `Predicted chance against the share that left: ${values
      .map(({ predicted, rate }) => `predicted ${predicted}, left ${percentText(rate)}`)
      .join('; ')}.`,
    height: 360,
    layer: [
      {
        data: { values: [{ at: 0 }, { at: end }] },
        mark: { type: 'line', strokeDash: [5, 4], strokeWidth: 1.5, color: COLOURS.yardstick },
        encoding: {
          x: { field: 'at', type: 'quantitative' },
          y: { field: 'at', type: 'quantitative', scale, axis: y },
        },
      },
      {
        data: { values: [{ text: 'more left than predicted' }] },
        mark: { ...corner, align: 'left', x: 12, y: 14 },
        encoding: { text: { field: 'text' } },
      },
      {
        data: { values: [{ text: 'fewer left than predicted' }] },
        mark: { ...corner, align: 'right', x: { expr: 'width - 8' }, y: { expr: 'height - 14' } },
        encoding: { text: { field: 'text' } },
      },
      {
        data: { values },
        mark: { type: 'rule', color: COLOURS.model, strokeWidth: 2, opacity: 0.55 },
        encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' }, tooltip },
      },
      {
        data: { values },
        mark: { type: 'point', filled: true, color: COLOURS.model, size: 80, opacity: 1 },
        encoding: { x, y: { field: 'rate', type: 'quantitative' }, tooltip },
      },
    ],
  });
}
