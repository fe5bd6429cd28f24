import type { Evaluation } from '../evaluation/evaluation.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { type CountedOptions, countedTitle } from './counted.js';
import { countText, decimalEstimate, percentEstimate, percentText } from './figure-text.js';
import { COLOURS } from './theme.js';

/**
 * Churn rate among the riskiest accounts beside that of all of them, with 95 % intervals.
 *
 * @example
 * await renderSvg(liftChart(card.evaluation));
 */
export function liftChart(
  { liftAt, baseRate, rows }: Pick<Evaluation, 'liftAt' | 'baseRate' | 'rows'>,
  { counted = 'accounts' }: CountedOptions = {},
): ChartSpec {
  const values = [
    ...liftAt.map(({ share, accounts, rate, lift }) => ({
      group: percentText(share),
      ...rate,
      text: percentText(rate.value),
      left: percentEstimate(rate),
      accounts: countText(accounts),
      lift: `${decimalEstimate(lift, 1)} times`,
      all: false,
    })),
    {
      group: 'all',
      value: baseRate,
      low: baseRate,
      high: baseRate,
      text: percentText(baseRate),
      left: percentText(baseRate),
      accounts: countText(rows),
      lift: '1 times',
      all: true,
    },
  ];
  const x = {
    field: 'group',
    type: 'nominal' as const,
    sort: null,
    scale: { paddingInner: 0.4, paddingOuter: 0.25 },
    axis: {
      title: `Riskiest share of ${counted}`,
      labelAngle: 0,
      labelFontSize: 12,
      labelColor: COLOURS.ink,
    },
  };
  const tooltip = [
    { field: 'group', type: 'nominal' as const, title: 'Riskiest' },
    { field: 'accounts', type: 'nominal' as const, title: countedTitle(counted) },
    { field: 'left', type: 'nominal' as const, title: 'Left' },
    { field: 'lift', type: 'nominal' as const, title: 'The overall rate' },
  ];
  return makeChart({
    title: `How many of the riskiest ${counted} left`,
    subtitle: `Churn rate among the riskiest held-back ${counted}, with 95 % intervals, beside all ${counted}.`,
    description: `Churn rate among the riskiest ${counted}: ${values
      .map(({ group, left }) => `${group}: ${left}`)
      .join('; ')}.`,
    height: 280,
    layer: [
      {
        data: { values },
        mark: { type: 'bar' },
        encoding: {
          x,
          y: {
            field: 'value',
            type: 'quantitative',
            scale: {
              domain: [0, Math.max(...values.map(({ high }) => high)) * 1.12],
              nice: false,
            },
            axis: { title: 'Share that left', format: '.0%', tickCount: 5 },
          },
          color: { condition: { test: 'datum.all', value: COLOURS.yardstick }, value: COLOURS.churn },
          tooltip,
        },
      },
      {
        data: { values: [{ baseRate }] },
        mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.5, color: COLOURS.ink, opacity: 0.6 },
        encoding: { y: { field: 'baseRate', type: 'quantitative' } },
      },
      {
        data: { values: values.filter(({ all }) => !all) },
        mark: { type: 'rule', strokeWidth: 2, color: COLOURS.ink },
        encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' }, tooltip },
      },
      {
        data: { values },
        mark: { type: 'text', dy: -9, fontSize: 12.5, fontWeight: 600 },
        encoding: { x, y: { field: 'high', type: 'quantitative' }, text: { field: 'text' } },
      },
    ],
  });
}
