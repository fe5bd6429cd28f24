import type { Estimate } from '../evaluation/evaluation.js';
import type { AspectWorth } from '../training/company-card.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { signedText } from './figure-text.js';
import { COLOURS } from './theme.js';

/** Both as worth: above 0, the aspect helps. */
const FIGURES = {
  without: {
    title: 'The least each is worth: what its absence costs',
    subtitle: 'Log loss added when it is left out, with 95 % intervals. At 0, the others make up for it.',
    axis: 'Log loss added by leaving it out',
    worth: ({ without: { logLoss } }: AspectWorth): Estimate => logLoss,
  },
  alone: {
    title: 'The most each is worth: what it tells alone',
    subtitle: 'Log loss saved against the base rate, with 95 % intervals. At 0, it tells nothing by itself.',
    axis: 'Log loss saved by it alone',
    worth: ({ alone: { logLoss } }: AspectWorth): Estimate => ({
      value: -logLoss.value,
      low: -logLoss.high,
      high: -logLoss.low,
    }),
  },
} as const;

/**
 * What the aspects of customer health are worth, one row each in the order given: to the right of the line at 0, an
 * aspect helps; where its interval lies wholly there, it does so beyond doubt and is drawn in colour.
 *
 * @example
 * const { company } = companyTraining.card;
 * if (company) await renderSvg(aspectWorthChart(company.aspects, { figure: 'alone' }));
 */
export function aspectWorthChart(
  aspects: readonly AspectWorth[],
  { figure }: { figure: keyof typeof FIGURES },
): ChartSpec {
  const { title, subtitle, axis, worth } = FIGURES[figure];
  const values = aspects.map((aspect) => {
    const { value, low, high } = worth(aspect);
    const text = signedText(value, 4);
    const interval = `${signedText(low, 4)} to ${signedText(high, 4)}`;
    return { aspect: aspect.title, value, low, high, text, interval, helps: low > 0 };
  });
  const y = {
    field: 'aspect',
    type: 'nominal' as const,
    sort: null,
    axis: { title: null, labelLimit: 150, labelColor: COLOURS.ink },
  };
  const color = { condition: { test: 'datum.helps', value: COLOURS.model }, value: COLOURS.yardstick };
  const tooltip = [
    { field: 'aspect', type: 'nominal' as const, title: 'Aspect' },
    { field: 'text', type: 'nominal' as const, title: axis },
    { field: 'interval', type: 'nominal' as const, title: '95 % interval' },
  ];
  return makeChart({
    title,
    subtitle,
    description: `${axis}: ${values.map((row) => `${row.aspect} ${row.text} (${row.interval})`).join('; ')}.`,
    height: 32 * Math.max(values.length, 1),
    layer: [
      {
        data: { values: [{ zero: 0 }] },
        mark: { type: 'rule', color: COLOURS.ink, opacity: 0.7 },
        encoding: { x: { field: 'zero', type: 'quantitative' } },
      },
      {
        data: { values },
        mark: { type: 'rule', strokeWidth: 3, strokeCap: 'round' },
        encoding: {
          y,
          x: { field: 'low', type: 'quantitative', axis: { title: axis, tickCount: 4 } },
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
    ],
  });
}
