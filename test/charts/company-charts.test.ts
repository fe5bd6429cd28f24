import { describe, expect, it } from 'vitest';
import { aspectWorthChart } from '../../src/charts/aspect-worth.js';
import { cardCharts } from '../../src/charts/card-charts.js';
import { renderSvg } from '../../src/charts/render.js';
import { companyCard, hostileCompanyCard, noSignalCompanyCard } from '../reports/company-fixture.js';
import { compileWarnings, drawnTexts, specShape } from './compile-chart.js';

const COMPANY_CHARTS = [
  'aspects-without',
  'aspects-alone',
  'lead-times',
  'rates-by-stage',
  'rates-by-segment',
  'snapshots',
];
const charts = cardCharts(companyCard());

describe('charts of dated tables', () => {
  it('come after those of every run', () => {
    expect(Object.keys(charts).slice(-COMPANY_CHARTS.length)).toEqual(COMPANY_CHARTS);
  });

  it.each(COMPANY_CHARTS)('%s compiles without a warning, whatever the names', (name) => {
    for (const card of [companyCard(), hostileCompanyCard(), noSignalCompanyCard()]) {
      expect(compileWarnings(cardCharts(card)[name]!)).toEqual([]);
    }
  });

  it.each(COMPANY_CHARTS.filter((name) => name !== 'lead-times'))('%s keeps its shape', async (name) => {
    await expect(specShape(charts[name]!)).toMatchFileSnapshot(`fixtures/${name}.json`);
  });

  it('show both worths to the right of zero, and in colour only what is beyond doubt', () => {
    const { aspects } = companyCard().company!;
    const shown = JSON.stringify(aspectWorthChart(aspects, { figure: 'alone' }).layer);
    // Alone, usage has −0.0071 ± 0.0055 against the base rate; support −0.0005 ± 0.0008.
    expect(shown).toContain('"aspect":"Usage","value":0.0071');
    expect(shown).toMatch(/"aspect":"Usage"[^}]+"helps":true/);
    expect(shown).toMatch(/"aspect":"Support"[^}]+"helps":false/);
  });

  it('speak of rows where they count rows', async () => {
    const lift = drawnTexts(await renderSvg(charts['lift']!)).join(' ');
    expect(lift).toContain('riskiest held-back rows');
    expect(lift).not.toContain('accounts');
  });

  it('name what each snapshot served for', async () => {
    const drawn = drawnTexts(await renderSvg(charts['snapshots']!));
    expect(drawn).toEqual(
      expect.arrayContaining(['2023-01', 'learned from', 'under embargo', 'held back', 'left']),
    );
    expect(charts['snapshots']!.description).toContain('2023-12-01 under embargo, 496 accounts, left 115');
  });
});
