import { beforeAll, describe, expect, it } from 'vitest';
import type { ChartSpec } from '../../src/charts/chart-spec.js';
import { cohortCurvesChart, cohortTriangleChart } from '../../src/charts/cohorts.js';
import { metricByMonthChart } from '../../src/charts/metric-by-month.js';
import { amountText, metricFigureText } from '../../src/charts/metric-text.js';
import { leakyPotChart, mrrMovementsChart } from '../../src/charts/movements.js';
import { renderSvg } from '../../src/charts/render.js';
import { survivalChart } from '../../src/charts/survival.js';
import { waterfallChart } from '../../src/charts/waterfall.js';
import { seededRandom } from '../../src/math/random.js';
import { measureMetrics } from '../../src/metrics/measure.js';
import { reconcileChurn } from '../../src/metrics/reconcile.js';
import { type MetricsResult, seriesOf } from '../../src/metrics/result.js';
import { makeCompany } from '../company-fixture.js';
import { TEN_ACCOUNTS } from '../metrics/ten-accounts.js';
import { compileWarnings, drawnTexts, specShape } from './compile-chart.js';

let result: MetricsResult;
const specs = new Map<string, ChartSpec>();
beforeAll(async () => {
  const company = await makeCompany(TEN_ACCOUNTS, { observedUntil: Date.UTC(2024, 3, 1) });
  result = await measureMetrics(company, { by: 'segment', random: seededRandom(1) });
  const groups = result.series.filter(({ metric, group }) => metric === 'arpa' && group !== null);
  specs.set('mrr-movements', mrrMovementsChart(result));
  specs.set('leaky-pot', leakyPotChart(result));
  specs.set('churn-by-month', byMonth('customer-churn-opening'));
  specs.set('arpa-by-group', metricByMonthChart(definitionOf('arpa'), groups, result));
  specs.set('survival', survivalChart(result.survival));
  specs.set('cohort-triangle', cohortTriangleChart(result.cohorts));
  specs.set('cohort-curves', cohortCurvesChart(result.cohorts));
  specs.set('waterfall', waterfallChart(await reconcileChurn(company, '2024-03')));
  specs.set(
    'waterfall-revenue',
    waterfallChart(await reconcileChurn(company, '2024-03', { from: 'voluntary', to: 'net-revenue' })),
  );
  await company.database.close();
});

const definitionOf = (metric: string) => result.definitions.find(({ name }) => name === metric)!;
const byMonth = (metric: string) =>
  metricByMonthChart(definitionOf(metric), [seriesOf(result, metric)!], result);
const texts = async (name: string) =>
  drawnTexts(await renderSvg(specs.get(name)!)).map((text) => text.replaceAll('\u00a0', ' '));
const valuesOf = (name: string, layer: number) =>
  (specs.get(name)!.layer[layer] as { data: { values: Record<string, unknown>[] } }).data.values;

const NAMES = [
  'mrr-movements',
  'leaky-pot',
  'churn-by-month',
  'arpa-by-group',
  'survival',
  'cohort-triangle',
  'cohort-curves',
  'waterfall',
  'waterfall-revenue',
];

describe.each(NAMES)('%s', (name) => {
  it('compiles without a warning, holds its data, keeps its shape', async () => {
    const spec = specs.get(name)!;
    expect(compileWarnings(spec)).toEqual([]);
    expect(JSON.stringify({ ...spec, $schema: '' })).not.toMatch(/"url"|https?:/);
    expect(JSON.stringify(spec)).toContain('"tooltip"');
    expect(spec.description).not.toMatch(/undefined|NaN|null/);
    await expect(specShape(spec)).toMatchFileSnapshot(`fixtures/metrics-${name}.json`);
  });
});

describe('figures in the drawing', () => {
  it('puts losses below the line, in the currency’s major unit', async () => {
    const march = valuesOf('mrr-movements', 0).filter(({ month }) => month === '2024-03');
    expect(march.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['new', 0.9],
      ['reactivation', 0.3],
      ['expansion', 0.6],
      ['contraction', -1.8],
      ['churn', -1.2],
    ]);
    expect(
      valuesOf('leaky-pot', 0)
        .filter(({ month }) => month === '2024-03')
        .map(({ amount }) => amount),
    ).toEqual([2, 2, -4]);
    expect(await texts('mrr-movements')).toEqual(expect.arrayContaining(['EUR', 'contraction', '2024-03']));
  });

  it('keeps the place of a month without a value', async () => {
    expect((await texts('churn-by-month')).filter((text) => /^2024/.test(text))).toEqual([
      '2024-01',
      '2024-02',
      '2024-03',
    ]);
  });

  it('starts every curve at 1 and ends it on the last day watched', () => {
    const all = valuesOf('survival', 2).filter(({ group }) => group === 'all stays');
    expect(all[0]).toMatchObject({ months: 0, survival: 1 });
    expect(all.at(-1)!.months).toBeCloseTo(91 / 30.436875, 10);
  });

  it('writes figures into the cells of a small triangle', async () => {
    expect((await texts('cohort-triangle')).filter((text) => /^\d+$/.test(text))).toEqual(
      expect.arrayContaining(['100', '80', '50']),
    );
  });

  it('steps from one rate to the other, also where a step is nothing', async () => {
    const bars = valuesOf('waterfall', 0) as { start: number; end: number }[];
    for (const [i, bar] of bars.slice(1, -1).entries()) expect(bar.start).toBeCloseTo(bars[i]!.end, 12);
    expect(bars.at(-2)!.end).toBeCloseTo(bars.at(-1)!.end, 12);
    expect(await texts('waterfall')).toEqual(
      expect.arrayContaining(['50.00 %', '+16.67', '0.00', '70.45 %']),
    );
  });

  it('survives nobody, one month and hostile names', () => {
    const empty: MetricsResult = {
      ...result,
      series: [],
      survival: [],
      cohorts: { triangle: [], curve: [] },
    };
    const hostile = result.survival.map((curve) => ({ ...curve, group: 'constructor "<b>" \u202e' }));
    for (const spec of [
      mrrMovementsChart(empty),
      leakyPotChart(empty),
      survivalChart([]),
      survivalChart(hostile.slice(0, 1)),
      cohortTriangleChart(empty.cohorts),
      cohortCurvesChart(empty.cohorts),
      metricByMonthChart(
        definitionOf('arpa'),
        [{ metric: 'arpa', group: null, points: seriesOf(result, 'arpa')!.points.slice(-1) }],
        result,
      ),
    ]) {
      expect(compileWarnings(spec)).toEqual([]);
    }
  });
});

describe('figures in words', () => {
  it('knows currencies with and without cents', () => {
    expect(amountText(125_050, 'EUR')).toBe('1,251\u00a0EUR');
    expect(amountText(-1_250, 'EUR')).toBe('−12.50\u00a0EUR');
    expect(amountText(1_250, 'JPY')).toBe('1,250\u00a0JPY');
    expect(amountText(1_250, 'KWD')).toBe('1.250\u00a0KWD');
  });

  it('names what is open', () => {
    const text = (value: number | null, low: number | null, high: number | null) =>
      metricFigureText({ value, low, high }, 'months', 'EUR').replaceAll('\u00a0', ' ');
    expect(text(null, null, null)).toBe('–');
    expect(text(null, 12, null)).toBe('12.0 months or more');
    expect(text(20, 12, null)).toBe('20.0 months (12.0 months or more)');
    expect(text(20, 12, 30)).toBe('20.0 months (12.0–30.0)');
    expect(text(20, null, null)).toBe('20.0 months');
  });
});
