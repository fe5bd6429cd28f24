import { describe, expect, it } from 'vitest';
import { renderSvg } from '../../src/charts/render.js';
import { tornadoChart } from '../../src/charts/tornado.js';
import { valueCurveChart } from '../../src/charts/value-curve.js';
import { settleAssumptions } from '../../src/value/settle-assumptions.js';
import { valueOfChurn } from '../../src/value/value-of-churn.js';
import { compileWarnings, drawnTexts, specShape } from './compile-chart.js';

const facts = {
  accounts: 400,
  monthlyRevenueCents: 20_000_000,
  monthlyLogoChurn: { value: 0.02, low: 0.015, high: 0.026 },
  currency: 'EUR',
};
const result = valueOfChurn(facts);
const [gain, company, contact] = result.sensitivity;
const noChurn = valueOfChurn({ ...facts, monthlyLogoChurn: { value: 0, low: 0, high: 0 } });
const allKnown = valueOfChurn(
  { ...facts, monthlyLogoChurn: { value: 1, low: 1, high: 1 } },
  settleAssumptions({ revenueMultiple: 0 }),
);
const specs = {
  tornado: tornadoChart(contact!, result),
  'tornado-gain': tornadoChart(gain!, result),
  'tornado-company': tornadoChart(company!, result),
  'value-curve': valueCurveChart(result),
};
const texts = async (spec: Parameters<typeof renderSvg>[0]) =>
  drawnTexts(await renderSvg(spec)).map((text) => text.replaceAll('\u00a0', ' '));

describe('charts of value', () => {
  it.each([
    ...Object.entries(specs),
    ['value-curve without churn', valueCurveChart(noChurn)] as const,
    ['tornado without churn', tornadoChart(noChurn.sensitivity[0]!, noChurn)] as const,
    ['value-curve of a company that all leave', valueCurveChart(allKnown)] as const,
    ['tornado without rows', tornadoChart(allKnown.sensitivity[1]!, allKnown)] as const,
  ])('%s compiles without a warning, and draws', async (_, spec) => {
    expect(compileWarnings(spec)).toEqual([]);
    expect(JSON.stringify({ ...spec, $schema: '' })).not.toMatch(/"url"|https?:|NaN|null,"high"/);
    expect(await renderSvg(spec)).not.toContain('NaN');
  });

  it.each(['tornado', 'value-curve'] as const)('%s keeps its shape', async (name) => {
    await expect(specShape(specs[name])).toMatchFileSnapshot(`fixtures/${name}.json`);
  });

  it('sets each input’s ends beside its bar, the widest bar on top', async () => {
    const drawn = await texts(specs.tornado);
    const names = ['Worth of a saved account', 'Save rate', 'Share of the list that would leave'];
    expect(drawn.filter((text) => names.includes(text))).toEqual(names);
    expect(drawn).toEqual(expect.arrayContaining(['25 %', '100 %', '1.50 %', '2.60 %', '600']));
    expect(specs.tornado.title!.subtitle).toContain('539.17');
    expect(specs.tornado.description).toContain('Save rate at 10\u00a0%: 179.72\u00a0EUR');
  });

  it('marks today on the curve, and labels only what stands clear of it', async () => {
    const drawn = await texts(specs['value-curve']);
    expect(drawn).toContain('today: 4.79 million EUR');
    expect(drawn).toContain('1 point less churn a month: 7.25 million EUR');
    expect(drawn.join()).not.toContain('5 % less churn: 4.9');
    expect(specs['value-curve'].description).toMatch(
      /5.% less churn: 4\.96.million.EUR at 1\.90.% churn a month/,
    );
  });
});
