import { describe, expect, it } from 'vitest';
import { createStages, describeStages } from '../../src/journey/stage.js';
import { sqlInstant } from '../../src/timeline/as-of.js';
import {
  type CompanySettings,
  DEFAULT_CHURN_RULES,
  DEFAULT_STAGE_RULES,
} from '../../src/workspace/company.js';
import { type FixtureTables, makeCompany } from '../company-fixture.js';

const SNAPSHOT = '2024-07-01';
const DAY = 86_400_000;

async function stagesOf(
  tables: FixtureTables,
  { at = [SNAPSHOT], settings = {} }: { at?: string[]; settings?: Partial<CompanySettings> } = {},
): Promise<string[]> {
  const company = await makeCompany(tables, settings);
  const { database } = company;
  try {
    const ids = (tables.accounts ?? []).map(({ account_id }) => account_id);
    await database.run('CREATE TABLE asked (account_id VARCHAR, snapshot_at TIMESTAMP)');
    for (const snapshot of at) {
      for (const id of ids)
        await database.run(`INSERT INTO asked VALUES ('${id}', ${sqlInstant(Date.parse(snapshot))})`);
    }
    await createStages(company, { accounts: 'asked', into: 'stages' });
    const rows = await database.rows<{ account_id: string; stage: string }>(
      'SELECT account_id, stage FROM stages ORDER BY snapshot_at, account_id',
    );
    return rows.map(({ account_id, stage }) => `${account_id} ${stage}`);
  } finally {
    await database.close();
  }
}

const account = (id: string, created = '2022-01-01') => ({ account_id: id, created_at: created });
const agreement = (id: string, started: string, more = {}) => ({
  subscription_id: `${id} ${started}`,
  account_id: id,
  started_at: started,
  mrr_cents: 1000,
  seats: 10,
  term_months: 1,
  ...more,
});
const daysOfUse = (id: string, from: string, days: number, more = {}) =>
  Array.from({ length: days }, (_, day) => ({
    account_id: id,
    occurred_at: Date.parse(from) + day * DAY,
    event: 'open',
    ...more,
  }));

describe('stages', () => {
  it('land ends with use on enough days, or after landDays', async () => {
    const tables = {
      accounts: ['a young', 'b young user', 'c one day short', 'd 90 days', 'e 89 days'].map((id) =>
        account(id),
      ),
      subscriptions: [
        agreement('a young', '2024-06-01'),
        agreement('b young user', '2024-06-01'),
        agreement('c one day short', '2024-06-01'),
        agreement('d 90 days', '2024-04-02'),
        agreement('e 89 days', '2024-04-03'),
      ],
      usage_events: [
        ...daysOfUse('b young user', '2024-06-01', 10),
        ...daysOfUse('c one day short', '2024-06-01', 9),
        ...daysOfUse('c one day short', '2024-06-01T08:00', 9),
      ],
    };
    expect(await stagesOf(tables)).toEqual([
      'a young land',
      'b young user adopt',
      'c one day short land',
      'd 90 days adopt',
      'e 89 days land',
    ]);
  });

  it('renew looks forward from the term as known, half-open, and never at short terms', async () => {
    const year = { term_months: 12 };
    const tables = {
      accounts: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => account(id)),
      subscriptions: [
        agreement('a', '2023-09-01', { ...year, renews_at: '2024-09-01' }),
        agreement('b', '2023-09-29', { ...year, renews_at: '2024-09-29' }),
        agreement('c', '2022-07-01', { ...year, renews_at: '2024-07-01' }),
        // Moved on with renewals of 2024 and 2025; in 2024 the one of August was due.
        agreement('d', '2022-08-10', { ...year, renews_at: '2026-08-10' }),
        // Never moved on.
        agreement('e', '2021-08-10', { ...year, renews_at: '2022-08-10' }),
        agreement('f', '2022-08-10', year),
        agreement('g', '2023-08-10', { renews_at: '2024-07-10' }),
        agreement('h', '2023-09-01', { term_months: null, renews_at: '2024-09-01' }),
      ],
    };
    expect(await stagesOf(tables)).toEqual([
      'a renew',
      'b adopt',
      'c renew',
      'd renew',
      'e renew',
      'f renew',
      'g adopt',
      'h renew',
    ]);
  });

  it('expand compares with the beginning of the lookback, or of a younger stay', async () => {
    const until = (ended_at: string) => ({ ended_at });
    const tables = {
      accounts: [
        'a more seats',
        'b pays 5 %',
        'c pays 4 %',
        'd long ago',
        'e young',
        'f add-on',
        'g less',
      ].map((id) => account(id)),
      subscriptions: [
        agreement('a more seats', '2023-01-01', until('2024-04-01')),
        agreement('a more seats', '2024-04-01', { seats: 11 }),
        agreement('b pays 5 %', '2023-01-01', until('2024-04-01')),
        agreement('b pays 5 %', '2024-04-01', { mrr_cents: 1050 }),
        agreement('c pays 4 %', '2023-01-01', until('2024-04-01')),
        agreement('c pays 4 %', '2024-04-01', { mrr_cents: 1040 }),
        agreement('d long ago', '2023-01-01', until('2023-12-01')),
        agreement('d long ago', '2023-12-01', { mrr_cents: 2000 }),
        agreement('e young', '2024-06-01', until('2024-06-20')),
        agreement('e young', '2024-06-20', { mrr_cents: 1500 }),
        agreement('f add-on', '2023-01-01'),
        agreement('f add-on', '2024-05-01', { mrr_cents: 300 }),
        agreement('g less', '2023-01-01', until('2024-04-01')),
        agreement('g less', '2024-04-01', { mrr_cents: 500 }),
      ],
    };
    expect(await stagesOf(tables)).toEqual([
      'a more seats expand',
      'b pays 5 % expand',
      'c pays 4 % adopt',
      'd long ago adopt',
      'e young expand',
      'f add-on expand',
      'g less adopt',
    ]);
  });

  it('takes the furthest stage: renew before expand', async () => {
    const tables = {
      accounts: [account('a')],
      subscriptions: [
        agreement('a', '2023-08-01', { term_months: 12, renews_at: '2024-08-01' }),
        agreement('a', '2024-05-01', { mrr_cents: 900 }),
      ],
    };
    expect(await stagesOf(tables)).toEqual(['a renew']);
  });

  it('lands again after coming back, and not after a gap within the grace', async () => {
    const tables = {
      accounts: [account('back'), account('grace')],
      subscriptions: [
        agreement('back', '2022-01-01', { ended_at: '2024-01-01' }),
        agreement('back', '2024-06-15'),
        agreement('grace', '2022-01-01', { ended_at: '2024-06-10' }),
        agreement('grace', '2024-06-15'),
      ],
    };
    expect(await stagesOf(tables, { settings: { churn: { ...DEFAULT_CHURN_RULES, graceDays: 5 } } })).toEqual(
      ['back land', 'grace adopt'],
    );
  });

  it('knows nothing from the snapshot on, or recorded later', async () => {
    const known = {
      accounts: [account('a')],
      subscriptions: [agreement('a', '2024-06-01')],
      usage_events: daysOfUse('a', '2024-06-01', 5),
    };
    const later = {
      ...known,
      subscriptions: [
        agreement('a', '2024-06-01', { ended_at: '2024-07-01' }),
        agreement('a', '2024-07-01', { mrr_cents: 9000 }),
        agreement('a', '2023-01-01', { recorded_at: '2024-07-01' }),
      ],
      usage_events: [
        ...known.usage_events,
        ...daysOfUse('a', '2024-06-10', 9, { recorded_at: '2024-07-02' }),
        ...daysOfUse('a', '2024-07-01', 20),
      ],
    };
    expect(await stagesOf(known)).toEqual(['a land']);
    expect(await stagesOf(later)).toEqual(['a land']);
    expect(await stagesOf(later, { at: ['2024-07-01', '2024-08-01'] })).toEqual(['a land', 'a expand']);
  });

  it('works without subscriptions and without anything but accounts', async () => {
    const shop = { churn: { ...DEFAULT_CHURN_RULES, by: 'inactivity' as const, inactiveDays: 60 } };
    const tables = {
      accounts: [account('back'), account('buyer'), account('never', '2024-06-20')],
      usage_events: [
        ...daysOfUse('back', '2023-01-01', 30),
        ...daysOfUse('back', '2024-06-25', 3),
        ...daysOfUse('buyer', '2024-05-01', 40),
      ],
    };
    expect(await stagesOf(tables, { settings: shop })).toEqual(['back land', 'buyer adopt', 'never land']);
    expect(await stagesOf({ accounts: [account('a'), account('b', '2024-06-01')] })).toEqual([
      'a adopt',
      'b land',
    ]);
  });
});

describe('describeStages', () => {
  it('carries the company’s numbers', () => {
    const words = describeStages({ ...DEFAULT_STAGE_RULES, expandGrowth: 0.07, landDays: 45 });
    expect(words.map(({ stage }) => stage)).toEqual(['land', 'adopt', 'expand', 'renew']);
    expect(words[0]?.description).toContain('less than 45 days');
    expect(words[2]?.description).toContain('at least 7 % more');
  });
});
