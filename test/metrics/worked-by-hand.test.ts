import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { exactPoisson, exactProportion } from '../../src/metrics/exact-interval.js';
import { measureMetrics } from '../../src/metrics/measure.js';
import { type MetricsResult, metricsResultSchema, seriesOf } from '../../src/metrics/result.js';
import { makeCompany } from '../company-fixture.js';
import { TEN_ACCOUNTS } from './ten-accounts.js';

describe('ten accounts in March 2024', () => {
  let result: MetricsResult;
  beforeAll(async () => {
    const company = await makeCompany(TEN_ACCOUNTS, { observedUntil: Date.UTC(2024, 4, 15) });
    result = await measureMetrics(company, { by: 'segment', random: seededRandom(1) });
    await company.database.close();
  });

  const march = (metric: string, group: string | null = null) => {
    const point = seriesOf(result, metric, group)?.points.find(({ month }) => month === '2024-03');
    if (!point) throw new Error(`no ${metric} in March`);
    return point;
  };
  const value = (metric: string, group: string | null = null) => march(metric, group).value;

  it('is plain JSON of the stated shape', () => {
    expect(metricsResultSchema.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
    expect([result.from, result.to]).toEqual(['2024-01', '2024-04']);
    expect(result.notes.map(({ kind }) => kind)).toEqual(['incomplete-month', 'group-without-history']);
  });

  it('counts who came, left and came back', () => {
    // opening a b c d e f; closing a b c f g i
    expect(value('customers')).toBe(6);
    expect(value('customers-new')).toBe(2); // g h
    expect(value('customers-returned')).toBe(2); // f i
    expect(value('customers-lost')).toBe(4); // d e f h
    expect(value('customers-net')).toBe(0);
    expect(value('new-per-lost')).toBe(0.5);
    expect(march('customers').low).toBeNull();
  });

  it('divides by opening base, average base and exposure', () => {
    expect(march('customer-churn-opening')).toEqual({
      month: '2024-03',
      value: 3 / 6, // d e f of a b c d e f
      ...exactProportion(3, 6),
      n: 6,
    });
    expect(value('customer-churn-average')).toBe(4 / 6);
    // Days of 31: a b c g 31, d 10, e 0, f 5 + 16, h 10, i 11
    const accountMonths = (4 * 31 + 10 + 21 + 10 + 11) / 31;
    expect(value('customer-churn-exposure')).toBeCloseTo(4 / accountMonths, 14);
    expect(march('customer-churn-exposure').high).toBeCloseTo(exactPoisson(4).high / accountMonths, 12);
    expect(value('lifetime-mean')).toBeCloseTo(accountMonths / 4, 14);
    expect(march('lifetime-mean').low).toBeCloseTo(accountMonths / exactPoisson(4).high, 12);
    expect(value('retention-rate')).toBe(4 / 6); // a b c f
    expect(value('involuntary-share')).toBe(1 / 3); // d of d e f
    expect(value('win-back-rate')).toBe(1); // i, the only one gone on 1 March
  });

  it('moves recurring revenue to the cent', () => {
    expect(value('mrr')).toBe(100 + 250 + 120 + 70 + 90 + 30);
    expect(value('mrr-new')).toBe(90);
    expect(value('mrr-reactivation')).toBe(30);
    expect(value('mrr-expansion')).toBe(50 + 10);
    expect(value('mrr-contraction')).toBe(-180);
    expect(value('mrr-churn')).toBe(-80 - 40);
    const february = seriesOf(result, 'mrr')!.points.find(({ month }) => month === '2024-02')!.value!;
    expect(february).toBe(100 + 200 + 300 + 80 + 40 + 60);
    expect(value('mrr-net-new')).toBe(660 - february);
  });

  it('divides revenue by what the month opened with', () => {
    expect(value('gross-revenue-churn')).toBeCloseTo(300 / 780, 14);
    expect(value('net-revenue-churn')).toBeCloseTo(240 / 780, 14);
    expect(value('gross-revenue-retention')).toBeCloseTo(480 / 780, 14);
    expect(value('net-revenue-retention')).toBeCloseTo(540 / 780, 14);
    expect(value('quick-ratio')).toBeCloseTo(180 / 300, 14);
    expect(value('arpa')).toBeCloseTo(660 / 6, 14);
    const { low, high, n } = march('net-revenue-retention');
    expect(n).toBe(6);
    expect(low! > 0.2 && low! < 540 / 780 && high! > 540 / 780 && high! < 1.3).toBe(true);
  });

  it('adds up over segments', () => {
    expect(value('customers', 'large')).toBe(3);
    expect(value('customers', 'small')).toBe(3);
    expect(value('mrr', 'large')! + value('mrr', 'small')!).toBe(660);
    expect(march('customers-new', 'not given')).toMatchObject({ value: 0, low: null, n: 0 });
    expect(march('customer-churn-opening', 'not given')).toMatchObject({
      value: null,
      low: null,
      high: null,
    });
    expect(value('customer-churn-opening', 'large')).toBe(1 / 4);
  });

  it('follows sign-up cohorts', () => {
    expect(
      result.cohorts.triangle.map(({ cohort, cells }) => [cohort, cells.map(({ active }) => active)]),
    ).toEqual([
      ['2024-01', [5, 4, 4, 4]], // a b c d i: i counts on 31 January, is gone in February and back in March
      ['2024-02', [2, 1, 1]], // e f: e counts on 29 February
      ['2024-03', [1, 1]], // g h
      ['2024-04', [1]],
    ]);
    expect(result.cohorts.curve.map(({ accounts, active }) => [active, accounts])).toEqual([
      [9, 10],
      [6, 9],
      [5, 7],
      [4, 5],
    ]);
  });

  it('draws the survival of stays', () => {
    const [all] = result.survival;
    // d 70 days, e 29, f 34, h 10, i 31 left; the stays of a b c f g i j go on
    expect(all!.points.map(({ days }) => days)).toEqual([10, 29, 31, 34, 70]);
    expect(all).toMatchObject({ group: null, stays: 12, left: 5, untilDays: 121 });
    // 12 at risk at 10 days, 11 − j (30 days) … at 29 days 11
    expect(all!.points[0]!.survival).toBeCloseTo(11 / 12, 12);
    expect(all!.points[1]!.survival).toBeCloseTo(10 / 12, 12);
    expect(result.logRank).toMatchObject({ degreesOfFreedom: 2 });
    const value = seriesOf(result, 'lifetime-value')!.points[0]!;
    const watched = seriesOf(result, 'lifetime-watched')!.points[0]!;
    const april = seriesOf(result, 'arpa')!.points.at(-1)!;
    expect(value.value).toBeCloseTo(watched.value! * april.value!, 10);
    expect(value.low! < value.value! && value.value! < value.high!).toBe(true);
  });

  it('says what it cannot measure', () => {
    expect(result.unmeasured).toContainEqual({ metric: 'stickiness', reason: 'needs table usage_events' });
    expect(result.unmeasured).toContainEqual({
      metric: 'self-service-rate',
      reason: 'needs tables self_service_events and support_tickets',
    });
    expect(seriesOf(result, 'stickiness')).toBeUndefined();
    const told = new Set([...result.series, ...result.unmeasured].map(({ metric }) => metric));
    expect(result.definitions.map(({ name }) => name).filter((name) => !told.has(name))).toEqual([
      'cohort-retention',
    ]);
  });
});
