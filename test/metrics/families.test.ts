import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { measureMetrics } from '../../src/metrics/measure.js';
import { type MetricsResult, seriesOf } from '../../src/metrics/result.js';
import { DEFAULT_CHURN_RULES } from '../../src/workspace/company.js';
import { type FixtureTables, makeCompany } from '../company-fixture.js';
import { agreement } from './ten-accounts.js';

const TABLES: FixtureTables = {
  accounts: [
    { account_id: 'a', created_at: '2024-01-01' },
    { account_id: 'b', created_at: '2024-03-02' },
    { account_id: 'c', created_at: '2024-03-05' },
    { account_id: 'd', created_at: '2024-03-31' },
  ],
  subscriptions: [
    // Runs on over its due date of 10 March, twice a year.
    agreement('a', '2023-09-10', null, 100, { renews_at: '2024-09-10', term_months: 6 }),
    // Ends on its due date; a dearer agreement follows on the same day.
    agreement('b', '2023-03-20', '2024-03-20', 200, { term_months: 12 }),
    agreement('b', '2024-03-20', null, 250, { term_months: 12 }),
    // Ends on its due date, and a cheaper one follows the day after.
    agreement('c', '2023-03-25', '2024-03-25', 300, { renews_at: '2024-03-25' }),
    agreement('c', '2024-03-26', null, 150),
    // Ends on its due date, nothing follows.
    agreement('d', '2024-02-15', '2024-03-15', 400, { term_months: 1 }),
    // Was cancelled before its due date, so no renewal fell due.
    agreement('d', '2024-02-01', '2024-03-01', 10, { renews_at: '2024-03-12' }),
  ],
  usage_events: [
    { account_id: 'a', user_id: 'x', occurred_at: '2024-03-01T08:00:00Z', event: 'open' },
    { account_id: 'a', user_id: 'x', occurred_at: '2024-03-01T09:00:00Z', event: 'export' },
    { account_id: 'a', user_id: 'x', occurred_at: '2024-03-02T08:00:00Z', event: 'open' },
    { account_id: 'a', user_id: 'y', occurred_at: '2024-03-31T23:59:59Z', event: 'share' },
    { account_id: 'b', occurred_at: '2024-03-07', event: 'open' },
    { account_id: 'c', occurred_at: '2024-04-20', event: 'open' },
  ],
  support_tickets: [
    {
      ticket_id: '1',
      account_id: 'a',
      opened_at: '2024-03-01',
      first_response_at: '2024-03-01T02:00:00Z',
      closed_at: '2024-03-02',
      csat: 9,
    },
    { ticket_id: '2', account_id: 'a', opened_at: '2024-03-03', closed_at: '2024-03-03T06:00:00Z', csat: 4 },
    { ticket_id: '3', account_id: 'b', opened_at: '2024-03-04', first_response_at: '2024-03-04T10:00:00Z' },
  ],
  self_service_events: [
    { account_id: 'a', occurred_at: '2024-03-01T05:00:00Z', kind: 'article_view' }, // ticket 1 on the same day
    { account_id: 'a', occurred_at: '2024-03-08', kind: 'article_view' },
    { account_id: 'a', occurred_at: '2024-03-08T03:00:00Z', kind: 'bot_resolved' }, // the same day
    { account_id: 'b', occurred_at: '2024-03-08', kind: 'search' }, // a search alone is no answer
    { account_id: 'c', occurred_at: '2024-03-31', kind: 'bot_resolved' },
  ],
  surveys: [
    { account_id: 'a', answered_at: '2024-03-01', kind: 'nps', score: 9 },
    { account_id: 'a', answered_at: '2024-03-02', kind: 'nps', score: 10 },
    { account_id: 'b', answered_at: '2024-03-02', kind: 'nps', score: 7 },
    { account_id: 'c', answered_at: '2024-03-02', kind: 'nps', score: 6 },
    { account_id: 'c', answered_at: '2024-03-02', kind: 'nps', score: null },
    { account_id: 'b', answered_at: '2024-03-02', kind: 'csat', score: 8 },
    { account_id: 'c', answered_at: '2024-03-02', kind: 'csat', score: 5 },
    { account_id: 'c', answered_at: '2024-03-03', kind: 'ces', score: 6 },
  ],
  invoices: [
    // Issued before the three months and still unpaid: owed, not billed.
    { invoice_id: '1', account_id: 'a', issued_at: '2023-12-31', due_at: '2024-01-30', amount_cents: 50 },
    {
      invoice_id: '2',
      account_id: 'a',
      issued_at: '2024-01-01',
      due_at: '2024-03-01',
      paid_at: '2024-02-20',
      amount_cents: 300,
    },
    {
      invoice_id: '3',
      account_id: 'b',
      issued_at: '2024-03-01',
      due_at: '2024-03-31',
      paid_at: '2024-04-01',
      amount_cents: 600,
    },
    { invoice_id: '4', account_id: 'b', issued_at: '2024-04-01', due_at: '2024-04-30', amount_cents: 1_000 },
  ],
};

describe('every other family, by hand', () => {
  let result: MetricsResult;
  beforeAll(async () => {
    const company = await makeCompany(TABLES, { observedUntil: Date.UTC(2024, 4, 1) });
    result = await measureMetrics(company, { from: '2024-03', to: '2024-03', random: seededRandom(1) });
    await company.database.close();
  });

  const march = (metric: string) => seriesOf(result, metric)?.points[0];

  it.each([
    ['renewal-rate-count', 3 / 4, 4], // a runs on, b and c are followed, d is not
    ['renewal-rate-value', (100 + 200 + 150) / 1_000, 4], // of b no more than was due
    ['active-share', 2 / 3, 3], // a b of a b c
    ['stickiness', (3 / 31 + 1 / 31) / 3, 2], // x on two days, y on one; b on one; three people
    ['feature-breadth', (3 + 1) / 2, 2],
    ['activation-rate', 1 / 3, 3], // b after 5 days; c after 46; d was watched for 31 days without
    ['time-to-first-value', 46, 3], // b at 5 days (2/3 left), d censored at 31, c at 46 (0)
    ['first-response-time', 6, 3], // 2, 6 (when closed), 10 hours
    ['resolution-time', 24, 3], // 6, 24, never
    ['ticket-csat', 6.5, 1],
    ['self-service-rate', 2 / 5, 3], // 8 March of a, 31 March of c; three tickets
    ['nps', 100 * (2 / 4 - 1 / 4), 3],
    ['csat', 6.5, 2],
    ['csat-satisfied', 1 / 2, 2],
    ['ces', 6, 1],
    ['days-sales-outstanding', (650 / 900) * 91, 2], // January to March 2024
    ['late-payment-rate', 1 / 2, 2],
  ])('%s', (metric, value, n) => {
    expect(march(metric)?.value).toBeCloseTo(value, 12);
    expect(march(metric)?.n).toBe(n);
  });

  it('leaves purchases to shops', () => {
    expect(result.unmeasured).toContainEqual({
      metric: 'order-value',
      reason: 'accounts pay by agreement: their invoices are no purchases',
    });
  });

  it('gives no interval where one account speaks', () => {
    expect(march('ces')).toMatchObject({ low: null, high: null });
  });
});

describe('a shop without subscriptions', () => {
  const days = ['2024-01-05', '2024-01-25', '2024-02-24', '2024-03-10'];
  let result: MetricsResult;
  beforeAll(async () => {
    const shop = await makeCompany(
      {
        accounts: ['a', 'b'].map((account_id) => ({ account_id, created_at: '2024-01-01' })),
        invoices: [
          ...days.map((day, i) => ({
            invoice_id: `a${i}`,
            account_id: 'a',
            issued_at: day,
            due_at: day,
            paid_at: day,
            amount_cents: 100 * (i + 1),
          })),
          {
            invoice_id: 'b',
            account_id: 'b',
            issued_at: '2024-01-10',
            due_at: '2024-01-10',
            paid_at: '2024-01-10',
            amount_cents: 70,
          },
        ],
      },
      {
        observedUntil: Date.UTC(2024, 5, 1),
        churn: { ...DEFAULT_CHURN_RULES, by: 'inactivity', inactiveDays: 30, activity: ['invoices'] },
      },
    );
    result = await measureMetrics(shop, { random: seededRandom(1) });
    await shop.database.close();
  });
  const values = (metric: string) => seriesOf(result, metric)?.points.map(({ value }) => value);

  it('loses who is inactive, and measures purchases', () => {
    expect([result.from, result.to]).toEqual(['2024-01', '2024-05']);
    // b is gone on 9 February, a on 9 April
    expect(values('customers')).toEqual([2, 1, 1, 0, 0]);
    expect(values('customer-churn-opening')).toEqual([null, 1 / 2, 0, 1, null]);
    expect(values('order-value')).toEqual([(100 + 200 + 70) / 3, 300, 400, null, null]);
    expect(values('time-between-purchases')).toEqual([20, 30, 15, null, null]);
    expect(values('repeat-purchase-rate')).toEqual([1 / 2, 1 / 2, 1 / 2, 1 / 2, 1 / 2]);
    expect(values('days-sales-outstanding')).toEqual([0, 0, 0, 0, 0]);
  });

  it('has no recurring revenue to measure', () => {
    expect(values('mrr')).toBeUndefined();
    for (const metric of [
      'mrr',
      'quick-ratio',
      'renewal-rate-count',
      'lifetime-value',
      'involuntary-share',
    ]) {
      expect(result.unmeasured).toContainEqual({ metric, reason: 'needs table subscriptions' });
    }
  });
});

describe('by stage of the journey', () => {
  it('puts each account where it stood when the month started', async () => {
    const company = await makeCompany(TABLES, { observedUntil: Date.UTC(2024, 4, 1) });
    const result = await measureMetrics(company, { by: 'stage', random: seededRandom(1) });
    const groups = [...new Set(result.series.map(({ group }) => group))];
    expect(groups).toContain('no customer at the start');
    const month = result.series
      .find(({ metric }) => metric === 'customers')!
      .points.findIndex(({ month }) => month === '2024-03');
    const count = (group: string | null) => seriesOf(result, 'customers', group)!.points[month]!.value!;
    expect(groups.filter((group) => group !== null).reduce((sum, group) => sum + count(group), 0)).toBe(
      count(null),
    );
    expect(result.survival.map(({ group }) => group)).toEqual([null]);
    await company.database.close();
  });
});

describe('grace', () => {
  it('keeps the revenue of an agreement through its days of grace unless another takes its place', async () => {
    const company = await makeCompany(
      {
        accounts: ['a', 'b', 'c'].map((account_id) => ({ account_id, created_at: '2024-01-01' })),
        subscriptions: [
          agreement('a', '2024-01-01', '2024-01-20', 100), // nothing follows: gone on 19 February
          agreement('b', '2024-01-01', '2024-01-20', 200),
          agreement('b', '2024-02-10', null, 250), // within grace: an expansion
          agreement('c', '2024-01-01', '2024-01-20', 40), // another runs beside it: a contraction
          agreement('c', '2024-01-01', null, 5),
        ],
      },
      { observedUntil: Date.UTC(2024, 3, 1), churn: { ...DEFAULT_CHURN_RULES, graceDays: 30 } },
    );
    const result = await measureMetrics(company, { random: seededRandom(1) });
    const values = (metric: string) => seriesOf(result, metric)!.points.map(({ value }) => value);
    expect(values('mrr')).toEqual([305, 255, 255]);
    expect(values('mrr-churn')).toEqual([0, -100, 0]);
    expect(values('mrr-expansion')).toEqual([0, 50, 0]);
    expect(values('mrr-new')).toEqual([305, 0, 0]);
    await company.database.close();
  });
});

describe('what cannot be measured at all', () => {
  let close: () => Promise<void>;
  afterAll(() => close());
  it('is refused with the way out', async () => {
    const company = await makeCompany({
      accounts: [{ account_id: 'a', created_at: '2024-01-01' }],
      subscriptions: [agreement('a', '2024-12-05', null, 1)],
    });
    close = company.database.close;
    const measure = (span: { from?: string; to?: string } = {}) =>
      measureMetrics(company, { ...span, random: seededRandom(1) });
    const one = await measure();
    expect(seriesOf(one, 'mrr')!.points).toEqual([
      { month: '2024-12', value: 1, low: null, high: null, n: 1 },
    ]);
    expect(seriesOf(one, 'arpa')!.points[0]).toMatchObject({ value: 1, low: null, high: null });
    await expect(measure({ to: '2025-01' })).rejects.toThrow(
      /wholly observed, 2024-12 or before, found 2025-01/,
    );
    await expect(measure({ from: '2024-12', to: '2024-11' })).rejects.toThrow(
      /found none from 2024-12 to 2024-11/,
    );
    await company.database.run('DELETE FROM subscriptions');
    await expect(measure()).rejects.toMatchObject({ code: 'too-few-rows' });
  });
});
