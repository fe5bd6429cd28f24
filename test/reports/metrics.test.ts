import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { measureMetrics } from '../../src/metrics/measure.js';
import { type Reconciliation, reconcileChurn } from '../../src/metrics/reconcile.js';
import { type MetricsResult, metricsResultSchema } from '../../src/metrics/result.js';
import { metricsReport } from '../../src/reports/metrics.js';
import { metricsSummary } from '../../src/reports/metrics-summary.js';
import { makeCompany } from '../company-fixture.js';
import { TEN_ACCOUNTS } from '../metrics/ten-accounts.js';

let result: MetricsResult;
let alone: MetricsResult;
let reconciliation: Reconciliation;
beforeAll(async () => {
  const company = await makeCompany(TEN_ACCOUNTS, {
    name: '<b>Ten</b>',
    observedUntil: Date.UTC(2024, 3, 15),
  });
  result = await measureMetrics(company, { by: 'segment', random: seededRandom(1) });
  alone = await measureMetrics(company, { from: '2024-03', random: seededRandom(1) });
  reconciliation = await reconcileChurn(company, '2024-03');
  await company.database.close();
});

describe('metrics report', () => {
  it('holds figures, charts, groups, formulas and what is missing, and loads nothing', async () => {
    const read = metricsResultSchema.parse(JSON.parse(JSON.stringify(result)));
    const page = await metricsReport(read, [reconciliation]);
    const body = page.slice(page.indexOf('<body>'), page.indexOf('<script>'));
    for (const words of [
      '4 accounts came or came back in 2024-03 and 4 left: the pot holds its level.',
      'What moved monthly recurring revenue',
      'How long customers stay',
      'Why two formulas differ',
      '5/132',
      'By segment',
      'Stickiness (DAU ÷ MAU)',
      'needs table usage_events',
      'Garwood',
    ]) {
      expect(body).toContain(words);
    }
    expect(body).toContain('&#60;b&#62;Ten');
    expect(body).not.toContain('<b>Ten');
    expect(body).not.toMatch(/undefined|NaN|<img/);
  });

  it('stands without groups, and for one month', async () => {
    const page = await metricsReport(alone);
    expect(page).not.toContain('<h2>By ');
    expect(page).not.toContain('Why two formulas differ');
  });
});

describe('metrics summary', () => {
  it.each([50, 80, 100, 140])('fits %i columns', (width) => {
    for (const one of [result, alone]) {
      const lines = metricsSummary(one, { width }).split('\n');
      expect(lines.filter((line) => [...line].length > width)).toEqual([]);
    }
  });

  it('says what happened, every figure, groups, and what is missing', () => {
    const text = metricsSummary(result);
    expect(text).toContain('the pot holds its level');
    expect(text).toMatch(/Customer churn, opening base +50 % \(12–88\)/);
    expect(text).toMatch(/Monthly recurring revenue +6\.60 EUR +7\.80 EUR/);
    expect(text).toMatch(/Customers at the end of the month by segment\n {2}large +3/);
    expect(text).toMatch(/Stickiness \(DAU ÷ MAU\),\s+Feature breadth: needs table usage_events\./);
    expect(text).not.toMatch(/undefined|NaN/);
    expect(text).not.toContain('\u001b');
    expect(metricsSummary(result, { colour: true })).toContain('\u001b[1m');
  });
});
