import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { MOVEMENTS } from '../../src/metrics/families/revenue.js';
import { measureMetrics } from '../../src/metrics/measure.js';
import { type MetricsResult, seriesOf } from '../../src/metrics/result.js';
import { DEFAULT_CHURN_RULES } from '../../src/workspace/company.js';
import { type FixtureTables, makeCompany } from '../company-fixture.js';
import { randomCompany } from './random-company.js';

const UNTIL = Date.UTC(2024, 0, 1);

async function measure(
  tables: FixtureTables,
  graceDays: number,
  by: 'segment' | null = null,
): Promise<MetricsResult> {
  const company = await makeCompany(tables, {
    observedUntil: UNTIL,
    churn: { ...DEFAULT_CHURN_RULES, graceDays },
  });
  const result = await measureMetrics(company, { by, random: seededRandom(1) });
  await company.database.close();
  return result;
}

const valuesOf = (result: MetricsResult, metric: string, group: string | null = null) =>
  seriesOf(result, metric, group)!.points.map(({ value }) => value!);

describe('of any company', () => {
  it('stocks change by their flows, to the account and the cent', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.constantFrom(0, 14, 45), async (seed, graceDays) => {
        const result = await measure(randomCompany(25, seededRandom(seed), 12), graceDays);
        const mrr = valuesOf(result, 'mrr');
        const flows = MOVEMENTS.map((movement) => valuesOf(result, `mrr-${movement}`));
        const customers = valuesOf(result, 'customers');
        const net = valuesOf(result, 'customers-net');
        for (const [month, cents] of mrr.entries()) {
          const before = month === 0 ? 0 : mrr[month - 1]!;
          expect(flows.reduce((sum, flow) => sum + flow[month]!, 0)).toBe(cents - before);
          expect(net[month]).toBe(customers[month]! - (month === 0 ? 0 : customers[month - 1]!));
          expect(Number.isSafeInteger(cents)).toBe(true);
        }
        const [, , expansion, contraction, churn] = flows;
        const gross = valuesOf(result, 'gross-revenue-churn');
        const retained = valuesOf(result, 'net-revenue-retention');
        for (let month = 1; month < mrr.length; month++) {
          const opening = mrr[month - 1]!;
          if (opening === 0) continue;
          expect(gross[month]).toBeCloseTo(-(churn![month]! + contraction![month]!) / opening, 10);
          const kept = opening + churn![month]! + contraction![month]! + expansion![month]!;
          expect(retained[month]).toBeCloseTo(kept / opening, 10);
        }
      }),
      { numRuns: 5, seed: 3 },
    );
  });

  it('values lie in their intervals, and shares in 0 to 1', async () => {
    const result = await measure(randomCompany(60, seededRandom(11), 12), 0, 'segment');
    const units = new Map(result.definitions.map(({ name, unit }) => [name, unit]));
    for (const { metric, points } of result.series) {
      for (const { value, low, high } of points) {
        if (value === null) continue;
        if (low !== null) expect(low).toBeLessThanOrEqual(value + 1e-9);
        if (high !== null) expect(high).toBeGreaterThanOrEqual(value - 1e-9);
        if (units.get(metric) === 'share' && !/net|average|exposure/.test(metric)) {
          expect(value >= -1e-12 && value <= 1 + 1e-12).toBe(true);
        }
      }
    }
  });

  it('groups add up to the whole, and the same seed gives the same bytes whatever the order of rows', async () => {
    const tables = randomCompany(60, seededRandom(12), 12);
    const result = await measure(tables, 0, 'segment');
    const reversed = await measure(
      { accounts: tables.accounts!.toReversed(), subscriptions: tables.subscriptions!.toReversed() },
      0,
      'segment',
    );
    expect(JSON.stringify(reversed)).toBe(JSON.stringify(result));
    for (const metric of ['customers', 'mrr', 'customers-lost', 'mrr-churn']) {
      const parts = ['small', 'middle', 'large'].map((group) => valuesOf(result, metric, group));
      const sums = parts[0]!.map((_, month) => parts.reduce((sum, part) => sum + part[month]!, 0));
      expect(sums).toEqual(valuesOf(result, metric));
    }
  });
});
