import { describe, expect, it } from 'vitest';
import { createSpells } from '../../src/timeline/spells.js';
import { type ChurnRules, DEFAULT_CHURN_RULES } from '../../src/workspace/company.js';
import { type FixtureTables, makeCompany } from '../company-fixture.js';

const UNTIL = Date.UTC(2024, 11, 1);

async function spells(tables: FixtureTables, churn: Partial<ChurnRules> = {}) {
  const company = await makeCompany(tables, {
    observedUntil: UNTIL,
    churn: { ...DEFAULT_CHURN_RULES, ...churn },
  });
  try {
    await createSpells(company);
    const rows = await company.database.rows<Record<string, string | number | null>>(
      `SELECT account_id, spell, strftime(started_at, '%Y-%m-%d') AS started, strftime(left_at, '%Y-%m-%d') AS "left", left_how
       FROM spells ORDER BY account_id, spell`,
    );
    return rows.map((row) => Object.values(row).join(' '));
  } finally {
    await company.database.close();
  }
}

const agreement = (account: string, started: string, ended: string | null, more = {}) => ({
  subscription_id: `${account} ${started}`,
  account_id: account,
  started_at: started,
  ended_at: ended,
  mrr_cents: 1000,
  ...more,
});

describe('spells by subscription', () => {
  it('join agreements that follow without a gap, also overlapping and nested ones', async () => {
    const subscriptions = [
      agreement('a', '2024-01-01', '2024-03-01'),
      agreement('a', '2024-03-01', '2024-06-01'),
      agreement('b', '2024-01-01', '2024-09-01'),
      agreement('b', '2024-02-01', '2024-03-01'),
      agreement('b', '2024-08-01', null),
    ];
    expect(await spells({ subscriptions })).toEqual([
      'a 1 2024-01-01 2024-06-01 cancelled',
      'b 1 2024-01-01  ',
    ]);
  });

  it('count a come-back as a second stay unless it lies within the grace, which then ends the stay', async () => {
    const subscriptions = [
      agreement('a', '2024-01-01', '2024-03-01'),
      agreement('a', '2024-03-08', '2024-06-01'),
    ];
    expect(await spells({ subscriptions })).toEqual([
      'a 1 2024-01-01 2024-03-01 cancelled',
      'a 2 2024-03-08 2024-06-01 cancelled',
    ]);
    expect(await spells({ subscriptions }, { graceDays: 6 })).toHaveLength(2);
    expect(await spells({ subscriptions }, { graceDays: 7 })).toEqual([
      'a 1 2024-01-01 2024-06-08 cancelled',
    ]);
  });

  it('leave an end open that may still be followed by a renewal', async () => {
    const subscriptions = [
      agreement('at the end', '2024-01-01', '2024-12-01'),
      agreement('beyond', '2024-01-01', '2025-02-01'),
      agreement('in grace', '2024-01-01', '2024-11-28'),
      agreement('just over', '2024-01-01', '2024-11-23'),
    ];
    expect(await spells({ subscriptions }, { graceDays: 7 })).toEqual([
      'at the end 1 2024-01-01  ',
      'beyond 1 2024-01-01  ',
      'in grace 1 2024-01-01  ',
      'just over 1 2024-01-01 2024-11-30 cancelled',
    ]);
  });

  it('tell non-renewal, cancellation and closure apart', async () => {
    const subscriptions = [
      agreement('cancelled', '2024-01-01', '2024-03-01', { renews_at: '2024-07-01' }),
      agreement('closed', '2024-01-01', null),
      agreement('expired', '2024-01-01', '2024-07-01', { renews_at: '2024-07-01' }),
    ];
    const accounts = [{ account_id: 'closed', created_at: '2024-01-01', closed_at: '2024-05-05' }];
    expect(await spells({ accounts, subscriptions })).toEqual([
      'cancelled 1 2024-01-01 2024-03-01 cancelled',
      'closed 1 2024-01-01 2024-05-05 closed',
      'expired 1 2024-01-01 2024-07-01 non_renewal',
    ]);
  });
});

describe('spells by inactivity', () => {
  it('end so many days after the last activity of any kind', async () => {
    const usage_events = ['2024-01-01', '2024-01-20', '2024-03-01', '2024-11-20'].map((occurred_at) => ({
      account_id: 'a',
      occurred_at,
      event: 'login',
    }));
    const invoices = [
      { invoice_id: '1', account_id: 'a', issued_at: '2024-02-10', due_at: '2024-02-10', amount_cents: 1 },
    ];
    expect(await spells({ usage_events, invoices }, { by: 'inactivity', inactiveDays: 30 })).toEqual([
      'a 1 2024-01-01 2024-03-31 inactive',
      'a 2 2024-11-20  ',
    ]);
  });
});
