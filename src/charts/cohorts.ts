import type { MetricsResult } from '../metrics/result.js';
import { type ChartSpec, makeChart } from './chart-spec.js';
import { countText, percentInterval, percentText } from './figure-text.js';
import { COLOURS } from './theme.js';

/** Above so many months the cells are too narrow for their figures. */
const MOST_FIGURES = 14;

/**
 * The cohort triangle: a row for each sign-up month, a cell for each month since, darker where more of it pays.
 *
 * @example
 * await renderSvg(cohortTriangleChart(metrics.cohorts));
 */
export function cohortTriangleChart({ triangle }: MetricsResult['cohorts']): ChartSpec {
  const values = triangle.flatMap(({ cohort, cells }) =>
    cells.map(({ age, accounts, active, share, low, high }) => ({
      cohort: `${cohort} (${countText(accounts)})`,
      age,
      share,
      figure: Math.round(100 * share),
      text: `${percentText(share)} (${percentInterval({ low, high })})`,
      left: `${countText(active)} of ${countText(accounts)}`,
    })),
  );
  const ages = 1 + Math.max(0, ...values.map(({ age }) => age));
  const x = {
    field: 'age',
    type: 'ordinal' as const,
    axis: {
      title: 'Months since the sign-up month',
      labelAngle: 0,
      labelOverlap: 'parity' as const,
      grid: false,
    },
  };
  const y = {
    field: 'cohort',
    type: 'ordinal' as const,
    sort: null,
    axis: { title: null, labelOverlap: 'parity' as const, grid: false },
  };
  const [first] = triangle;
  return makeChart({
    title: 'What becomes of each month’s new customers',
    subtitle:
      'Share of a sign-up month’s accounts (their number in brackets) that pay at the end of each month.',
    description: `Cohort retention of ${countText(triangle.length)} sign-up months: ${
      first ? `of ${first.cohort}, ${percentText(first.cells.at(-1)!.share)} pay at the end` : 'none'
    }.`,
    height: Math.min(520, Math.max(90, 24 * triangle.length)),
    layer: [
      {
        data: { values },
        mark: { type: 'rect', stroke: 'white', strokeWidth: 1 },
        encoding: {
          x,
          y,
          color: {
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, 1], range: ['#f3f7fb', COLOURS.modelBand, COLOURS.model] },
            legend: null,
          },
          tooltip: [
            { field: 'cohort', type: 'nominal', title: 'Signed up' },
            { field: 'age', type: 'nominal', title: 'Months since' },
            { field: 'text', type: 'nominal', title: 'Pay' },
            { field: 'left', type: 'nominal', title: 'Accounts' },
          ],
        },
      },
      {
        data: { values: ages <= MOST_FIGURES ? values : [] },
        mark: { type: 'text', fontSize: 11 },
        encoding: {
          x,
          y,
          text: { field: 'figure', type: 'quantitative' },
          color: { condition: { test: 'datum.share > 0.7', value: 'white' }, value: COLOURS.ink },
        },
      },
    ],
  });
}

/**
 * Retention by age: a thin line for each sign-up month, and all of them together with their 95 % interval.
 *
 * @example
 * await renderSvg(cohortCurvesChart(metrics.cohorts));
 */
export function cohortCurvesChart({ triangle, curve }: MetricsResult['cohorts']): ChartSpec {
  const lines = triangle.flatMap(({ cohort, cells }) =>
    cells.map(({ age, share }) => ({ cohort, age, share, text: percentText(share) })),
  );
  const pooled = curve.map(({ age, share, low, high, accounts }) => ({
    cohort: 'all',
    age,
    share,
    low,
    high,
    text: `${percentText(share)} (${percentInterval({ low, high })})`,
    accounts: countText(accounts),
  }));
  const x = {
    field: 'age',
    type: 'quantitative' as const,
    scale: { nice: false },
    axis: { title: 'Months since the sign-up month', tickMinStep: 1, grid: false },
  };
  const y = {
    field: 'share',
    type: 'quantitative' as const,
    scale: { domain: [0, 1] },
    axis: { title: 'Share that pays', format: '.0%', tickCount: 5 },
  };
  const last = pooled.at(-1);
  return makeChart({
    title: 'Retention by age',
    subtitle: 'Thin: each sign-up month. Thick: all that reached the age, with the 95 % interval.',
    description: `Retention of all sign-up months together: ${last ? `${last.text} after ${last.age} months` : 'none'}.`,
    height: 260,
    layer: [
      {
        data: { values: lines },
        mark: { type: 'line', strokeWidth: 1, opacity: 0.45, color: COLOURS.yardstick },
        encoding: { x, y, detail: { field: 'cohort' } },
      },
      {
        data: { values: pooled },
        mark: { type: 'area', color: COLOURS.modelBand, opacity: 0.7 },
        encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
      },
      {
        data: { values: pooled },
        mark: {
          type: 'line',
          strokeWidth: 2.5,
          color: COLOURS.model,
          point: { filled: true, size: 30, color: COLOURS.model },
        },
        encoding: {
          x,
          y,
          tooltip: [
            { field: 'age', type: 'nominal', title: 'Months since' },
            { field: 'text', type: 'nominal', title: 'Pay' },
            { field: 'accounts', type: 'nominal', title: 'Accounts' },
          ],
        },
      },
    ],
  });
}
