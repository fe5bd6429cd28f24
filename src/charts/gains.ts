import type { Evaluation } from '../evaluation/evaluation.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { contactedText, shareContacted } from './contacted.js';
import type { CountedOptions } from './counted.js';
import { percentEstimate, percentText } from './figure-text.js';
import { COLOURS } from './theme.js';

/**
 * Share of all churners caught by contacting the riskiest share of accounts.
 * The curve follows from the ROC curve: at each of its points,
 * share contacted = base rate · true positive rate + (1 − base rate) · false positive rate.
 *
 * @example
 * await renderSvg(gainsChart(card.evaluation));
 */
export function gainsChart(
  { liftAt, roc, baseRate }: Pick<Evaluation, 'liftAt' | 'roc' | 'baseRate'>,
  { counted = 'accounts' }: CountedOptions = {},
): ChartSpec {
  const curve = roc.map(({ falsePositiveRate, truePositiveRate }) => ({
    share: baseRate * truePositiveRate + (1 - baseRate) * falsePositiveRate,
    captured: truePositiveRate,
  }));
  const points = liftAt.map(({ share, accounts, captured }) => ({
    share,
    ...captured,
    text: percentText(captured.value),
    contacted: contactedText({ share, accounts }, counted),
    caught: percentEstimate(captured),
  }));
  const x = shareContacted(counted);
  const tooltip = [
    { field: 'contacted', type: 'nominal' as const, title: 'Contacting' },
    { field: 'caught', type: 'nominal' as const, title: 'Churners caught' },
  ];
  return makeChart({
    title: 'How many churners are caught',
    subtitle: `Share of all churners among the ${counted} contacted. Dashed: contacting at random.`,
    description: `Share of all churners caught: ${points
      .map(({ contacted, caught }) => `${contacted}: ${caught}`)
      .join('; ')}.`,
    height: 280,
    layer: [
      {
        data: { values: [{ share: 0 }, { share: 1 }] },
        mark: { type: 'line', strokeDash: [5, 4], strokeWidth: 1.5, color: COLOURS.yardstick },
        encoding: {
          x,
          y: {
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, 1] },
            axis: { title: 'Share of churners caught', format: '.0%', tickCount: 5 },
          },
        },
      },
      {
        data: { values: curve },
        mark: { type: 'line', strokeWidth: 2.5, color: COLOURS.model },
        encoding: { x, y: { field: 'captured', type: 'quantitative' } },
      },
      {
        data: { values: points },
        mark: { type: 'rule', strokeWidth: 2, color: COLOURS.model, opacity: 0.55 },
        encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' }, tooltip },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 80, opacity: 1, color: COLOURS.model },
        encoding: { x, y: { field: 'value', type: 'quantitative' }, tooltip },
      },
      {
        data: { values: points },
        mark: { type: 'text', align: 'left', dx: 9, dy: 10, fontWeight: 600 },
        encoding: { x, y: { field: 'value', type: 'quantitative' }, text: { field: 'text' } },
      },
    ],
  });
}
