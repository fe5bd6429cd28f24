import { describe, expect, it } from 'vitest';
import { candidatesChart } from '../../src/charts/candidates.js';
import { cardCharts } from '../../src/charts/card-charts.js';
import { classBalanceChart } from '../../src/charts/class-balance.js';
import { dependenceChart } from '../../src/charts/dependence.js';
import { driversChart } from '../../src/charts/drivers.js';
import { gainsChart } from '../../src/charts/gains.js';
import { liftChart } from '../../src/charts/lift.js';
import { missingChart } from '../../src/charts/missing.js';
import { profitChart } from '../../src/charts/profit.js';
import { reliabilityChart } from '../../src/charts/reliability.js';
import { renderSvg } from '../../src/charts/render.js';
import { rocChart } from '../../src/charts/roc.js';
import { hostileCard, noSignalCard, signalCard } from '../reports/card-fixture.js';
import { compileWarnings, drawnTexts, specShape } from './compile-chart.js';

const card = signalCard();
const { evaluation } = card;
const balance = { positive: 'Yes', negative: 'No', churned: 374, stayed: 1035, missing: 3 };
const gaps = [
  { name: 'whole', missing: 0, missingShare: 0 },
  { name: 'gappy', missing: 11, missingShare: 0.11 },
  { name: 'empty', missing: 100, missingShare: 1 },
];
const specs = {
  ...cardCharts(card),
  'class-balance': classBalanceChart(balance),
  missing: missingChart(gaps)!,
};
const texts = async (spec: Parameters<typeof renderSvg>[0]) =>
  drawnTexts(await renderSvg(spec)).map((text) => text.replaceAll('\u00a0', ' '));

describe('every chart', () => {
  it.each(Object.entries(specs))('%s compiles without a warning and holds its data', (_, spec) => {
    expect(compileWarnings(spec)).toEqual([]);
    expect(spec.$schema).toBe('https://vega.github.io/schema/vega-lite/v6.json');
    expect(JSON.stringify({ ...spec, $schema: '' })).not.toMatch(/"url"|https?:/);
    expect(JSON.stringify(spec)).toContain('"tooltip"');
  });

  const kinds = Object.entries(specs).filter(([name]) => !/dependence-[35-9]/.test(name));
  it.each(kinds)('%s keeps its shape', async (name, spec) => {
    await expect(specShape(spec)).toMatchFileSnapshot(`fixtures/${name}.json`);
  });

  it.each(Object.entries({ ...cardCharts(hostileCard()), ...cardCharts(noSignalCard()) }))(
    '%s survives hostile names and no signal',
    (_, spec) => {
      expect(compileWarnings(spec)).toEqual([]);
    },
  );
});

describe('figures in the drawing', () => {
  it('names candidates best first, each with its figure', async () => {
    const drawn = await texts(candidatesChart(card.candidates, { chosen: 'ensemble', figure: 'logLoss' }));
    expect(drawn.filter((text) => card.candidates.some(({ label }) => label === text))[0]).toBe('Ensemble');
    expect(drawn).toEqual(expect.arrayContaining(['0.4102', '0.4969', '0.5784', 'Best single trigger']));
  });

  it('sets the rate of the riskiest accounts beside that of all', async () => {
    const tenth = evaluation.liftAt[2]!;
    const drawn = await texts(liftChart(evaluation));
    expect(drawn).toContain(`${Math.round(tenth.rate.value * 100)} %`);
    expect(drawn).toContain('27 %');
    expect(drawn).toContain('all');
  });

  it('writes the share of churners caught at each share contacted', async () => {
    const drawn = await texts(gainsChart(evaluation));
    for (const { captured } of evaluation.liftAt.slice(1)) {
      expect(drawn).toContain(`${Math.round(captured.value * 100)} %`);
    }
  });

  it('draws the gains curve through the points of the ROC curve', () => {
    const half = { falsePositiveRate: 0.25, truePositiveRate: 0.75 };
    const spec = gainsChart({ liftAt: [], roc: [half], baseRate: 0.2 });
    // 0.2 · 0.75 + 0.8 · 0.25
    expect(JSON.stringify(spec.layer)).toContain('{"share":0.35000000000000003,"captured":0.75}');
  });

  it('marks the best profit', async () => {
    const { best } = evaluation.profit;
    expect(await texts(profitChart(evaluation.profit))).toContain(
      `best: riskiest ${Math.round(best.share * 100)} %, ${Math.round(best.profit.value).toLocaleString('en-US')}`,
    );
  });

  it('writes the area on the ROC curve and the reading on the reliability curve', async () => {
    expect(await texts(rocChart(evaluation))).toContain('AUC 0.850 (0.831–0.870)');
    expect(await texts(reliabilityChart(evaluation.reliability))).toContain('more left than predicted');
  });

  it('cuts drivers to the strongest and says so', () => {
    const spec = driversChart(card.drivers, 5);
    expect(spec.title?.subtitle).toBe('The 5 strongest of 12 columns.');
    expect(spec.description).toContain('Contract 0.71; tenure 0.58');
    expect(spec.description).not.toContain('MonthlyCharges');
  });

  it('draws numbers as a line with missing apart, categories as rows by chance', async () => {
    const charges = card.drivers.find(({ feature }) => feature === 'TotalCharges')!;
    expect(await texts(dependenceChart(charges, card))).toContain('where missing: 21 %');
    const contract = dependenceChart(card.drivers[0]!, card);
    expect((await texts(contract)).slice(0, 10)).toEqual(
      expect.arrayContaining(['Month-to-month', 'One year', 'Two year']),
    );
  });

  it('labels fractions as fractions and many thousands with a letter', async () => {
    const over = (values: readonly number[]) =>
      dependenceChart(
        {
          feature: 'x',
          dependence: values.map((value) => ({ label: `${value}`, value, probability: 0.2, rows: 9 })),
        },
        { baseRate: 0.2 },
      );
    expect(await texts(over([0, 1]))).toContain('0.2');
    expect(await texts(over([-20_000, 40_000]))).toEqual(expect.arrayContaining(['−20k', '40k']));
  });

  it('keeps the commonest levels of a category of many', () => {
    const dependence = Array.from({ length: 51 }, (_, i) => ({
      label: `state ${i}`,
      value: null,
      probability: 0.1 + i / 100,
      rows: i === 7 ? 900 : 10 + i,
    }));
    const spec = dependenceChart({ feature: 'state', dependence }, { baseRate: 0.2, most: 3 });
    expect(spec.description).toContain('state 50 60\u00a0%; state 49 59\u00a0%; state 7 17\u00a0%.');
    expect(JSON.stringify(spec)).toContain('the 3 commonest of 51 values');
  });

  it('counts outcomes and gaps, and draws no gaps where there are none', async () => {
    expect(await texts(classBalanceChart(balance))).toEqual(
      expect.arrayContaining(['374 (26 %)', '1,035 (73 %)', '3 (0.2 %)', 'outcome missing']),
    );
    expect(missingChart(gaps)!.description).toBe(
      'Share of cells missing: empty 100\u00a0%; gappy 11\u00a0%.',
    );
    expect(missingChart([gaps[0]!])).toBeNull();
  });
});
