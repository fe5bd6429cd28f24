import { describe, expect, it } from 'vitest';
import { type LabelWindow, labelledSnapshots, labelSnapshots } from '../../src/labels/churn.js';
import { type ChurnRules, DEFAULT_CHURN_RULES } from '../../src/workspace/company.js';
import { type FixtureTables, makeCompany } from '../company-fixture.js';

const SNAPSHOT = Date.UTC(2024, 3, 1);
const WINDOW: LabelWindow = { gapDays: 10, horizonDays: 30 };

async function label(
  tables: FixtureTables,
  {
    churn = {},
    until = '2025-01-01',
    window = WINDOW,
  }: Partial<{ churn: Partial<ChurnRules>; until: string; window: LabelWindow }> = {},
) {
  const company = await makeCompany(tables, {
    observedUntil: Date.parse(until),
    churn: { ...DEFAULT_CHURN_RULES, ...churn },
  });
  try {
    const counts = await labelSnapshots(company, [SNAPSHOT], window);
    const rows = await company.database.rows<{
      account_id: string;
      outcome: string;
      churned: number | null;
      left_how: string | null;
    }>('SELECT account_id, outcome, churned, left_how FROM snapshot_accounts');
    const text = rows.map(
      ({ account_id, outcome, churned, left_how }) => `${account_id}: ${outcome} ${churned} ${left_how}`,
    );
    return { text, counts };
  } finally {
    await company.database.close();
  }
}

const agreement = (account: string, ended: string | null, more = {}) => ({
  subscription_id: account,
  account_id: account,
  started_at: '2024-01-01',
  ended_at: ended,
  mrr_cents: 1000,
  ...more,
});

describe('labels by subscription', () => {
  it('keep half-open windows: gap, horizon, beyond', async () => {
    const subscriptions = [
      agreement('a gone at the snapshot', '2024-04-01'),
      agreement('b first instant of the gap', '2024-04-01T00:00:00.001Z'),
      agreement('c last instant of the gap', '2024-04-10T23:59:59.999Z'),
      agreement('d first instant of the horizon', '2024-04-11'),
      agreement('e last instant of the horizon', '2024-05-10T23:59:59.999Z'),
      agreement('f just beyond', '2024-05-11'),
      agreement('g runs on', null),
      agreement('h begins at the snapshot', null, { started_at: '2024-04-01' }),
    ];
    expect((await label({ subscriptions })).text).toEqual([
      'b first instant of the gap: left_in_gap null cancelled',
      'c last instant of the gap: left_in_gap null cancelled',
      'd first instant of the horizon: left 1 cancelled',
      'e last instant of the horizon: left 1 cancelled',
      'f just beyond: stayed 0 null',
      'g runs on: stayed 0 null',
    ]);
  });

  it('set a whole snapshot apart while its horizon is not over', async () => {
    const subscriptions = [agreement('a', '2024-04-20'), agreement('b', null)];
    const { text, counts } = await label({ subscriptions }, { until: '2024-05-10' });
    expect(text).toEqual(['a: censored null cancelled', 'b: censored null null']);
    expect(labelledSnapshots(counts)).toEqual([]);
    const over = await label({ subscriptions }, { until: '2024-05-11' });
    expect(over.text).toEqual(['a: left 1 cancelled', 'b: stayed 0 null']);
    expect(labelledSnapshots(over.counts)).toEqual([SNAPSHOT]);
  });

  it('count an account that leaves and comes back as left', async () => {
    const subscriptions = [
      agreement('a', '2024-04-20'),
      agreement('a', null, { subscription_id: 'again', started_at: '2024-05-01' }),
    ];
    expect((await label({ subscriptions })).text).toEqual(['a: left 1 cancelled']);
    expect((await label({ subscriptions }, { churn: { graceDays: 14 } })).text).toEqual(['a: stayed 0 null']);
  });

  it('set involuntary leavers apart where voluntary leaving is asked for', async () => {
    const subscriptions = [
      agreement('a', '2024-04-20', { churn_kind: 'involuntary' }),
      agreement('b', '2024-04-20', { churn_kind: 'voluntary' }),
      agreement('c', '2024-04-20'),
    ];
    expect((await label({ subscriptions })).text).toEqual(
      ['a', 'b', 'c'].map((id) => `${id}: left 1 cancelled`),
    );
    expect((await label({ subscriptions }, { churn: { kinds: 'voluntary' } })).text).toEqual([
      'a: involuntary null cancelled',
      'b: left 1 cancelled',
      'c: left 1 cancelled',
    ]);
  });

  it('count a downgrade below a share of the revenue, and not one to just that share', async () => {
    const changed = (account: string, mrr_cents: number) =>
      agreement(account, null, { subscription_id: `${account} after`, started_at: '2024-04-20', mrr_cents });
    const subscriptions = [
      agreement('deep', '2024-04-20'),
      changed('deep', 499),
      agreement('half', '2024-04-20'),
      changed('half', 500),
      agreement('up', null),
      changed('up', 100),
      agreement('gone', '2024-04-25'),
    ];
    expect((await label({ subscriptions }, { churn: { downgradeShare: 0.5 } })).text).toEqual([
      'deep: left 1 downgrade',
      'gone: left 1 cancelled',
      'half: stayed 0 null',
      'up: stayed 0 null',
    ]);
    expect((await label({ subscriptions })).text[0]).toBe('deep: stayed 0 null');
  });

  it('refuse a window that is none', async () => {
    await expect(label({}, { window: { gapDays: 0, horizonDays: 0 } })).rejects.toThrow(
      /horizon of at least 1/,
    );
    await expect(label({}, { window: { gapDays: -1, horizonDays: 9 } })).rejects.toThrow(/gap of at least 0/);
  });
});

describe('labels by inactivity', () => {
  it('ask for activity within the horizon alone', async () => {
    const buy = (account_id: string, ...days: string[]) =>
      days.map((occurred_at) => ({ account_id, occurred_at, event: 'order' }));
    const usage_events = [
      ...buy('a asleep before', '2024-01-01'),
      ...buy('b silent', '2024-03-20'),
      ...buy('c in the gap only', '2024-03-20', '2024-04-05'),
      ...buy('d first instant of the horizon', '2024-03-20', '2024-04-11'),
      ...buy('e too late', '2024-03-20', '2024-05-11'),
    ];
    const churn = { by: 'inactivity', inactiveDays: 60 } as const;
    expect((await label({ usage_events }, { churn })).text).toEqual([
      'b silent: left 1 inactive',
      'c in the gap only: left 1 inactive',
      'd first instant of the horizon: stayed 0 null',
      'e too late: left 1 inactive',
    ]);
  });
});
