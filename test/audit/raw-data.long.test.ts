import { describe, expect, it } from 'vitest';
import { auditCompany } from '../../src/audit/raw-data.js';
import { seededRandom } from '../../src/math/random.js';
import { makeCompany } from '../company-fixture.js';
import { fullTables } from './full-tables.js';
import { type SimulatedCompanyOptions, simulatedCompany } from './simulated-company.js';

async function findingsIn(options: SimulatedCompanyOptions): Promise<string[]> {
  const company = await simulatedCompany(options);
  try {
    const { findings } = await auditCompany(company);
    return findings.map(({ kind, table, column }) => `${table}.${column} ${kind}`);
  } finally {
    await company.database.close();
  }
}

describe('auditCompany on simulated companies', () => {
  it.each([1, 2, 3])('finds all ten planted leaks and nothing else, seed %d', async (seed) => {
    expect((await findingsIn({ scenario: 'leak', seed, accounts: 2000 })).sort()).toEqual([
      'accounts.csm_pulse rewritten-after-leaving',
      'accounts.health_score rewritten-after-leaving',
      'accounts.lifetime_revenue_cents computed-at-extraction',
      'accounts.owner rewritten-after-leaving',
      'accounts.status rewritten-after-leaving',
      'accounts.tenure_days computed-at-extraction',
      'subscriptions.renews_at rewritten-after-leaving',
      'support_tickets.opened_at arrives-after-leaving',
      'surveys.answered_at arrives-after-leaving',
      'usage_events.occurred_at arrives-after-leaving',
    ]);
  });

  it.each(['base', 'many-sided', 'usage-only', 'null', 'drift', 'simpson', 'persuadable'] as const)(
    'reports nothing in %s',
    async (scenario) => {
      for (const seed of [1, 2, 3]) expect(await findingsIn({ scenario, seed, accounts: 500 })).toEqual([]);
    },
  );

  it('reports nothing in base with 2,000 accounts', async () => {
    expect(await findingsIn({ scenario: 'base', seed: 7, accounts: 2000 })).toEqual([]);
  });
});

it('finds something in none of 100 companies of noise', async () => {
  const alarms: string[] = [];
  for (let seed = 1; seed <= 100; seed++) {
    const tables = fullTables(150, seed);
    const random = seededRandom(seed).fork('attributes');
    const attributes = tables.accounts!.flatMap(({ account_id }) => [
      { account_id: String(account_id), name: 'colour', value: ['red', 'green', 'blue'][random.integer(3)]! },
      { account_id: String(account_id), name: 'score', value: random.normal() },
      ...(random.uniform() < 0.3 ? [{ account_id: String(account_id), name: 'note', value: 'yes' }] : []),
    ]);
    const company = await makeCompany(tables, { observedUntil: Date.UTC(2024, 11, 1) }, attributes);
    const { findings } = await auditCompany(company);
    alarms.push(...findings.map(({ message }) => `${seed}: ${message}`));
    await company.database.close();
  }
  expect(alarms).toEqual([]);
});
