import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SimulatedCompanyTables } from '../../../src/simulation/tables/company-tables.js';
import { simulatedFiles } from '../../../src/simulation/tables/files.js';
import { scenarioNames } from '../../../src/simulation/tables/scenarios.js';
import { simulateTables } from '../../../src/simulation/tables/simulate.js';
import type { SimulatedTable } from '../../../src/simulation/tables/table.js';
import { rowsOf } from './read-tables.js';

const canonical = {
  accounts: 'account_id name created_at segment industry country plan owner employees',
  subscriptions:
    'subscription_id account_id started_at ended_at renews_at term_months mrr_cents currency seats churn_kind churn_reason',
  usage_events: 'account_id user_id occurred_at event quantity recorded_at',
  support_tickets:
    'ticket_id account_id opened_at first_response_at closed_at priority channel reopened csat recorded_at',
  invoices:
    'invoice_id account_id issued_at due_at paid_at amount_cents currency disputed failed_payments recorded_at',
  surveys: 'account_id answered_at kind score reason comment recorded_at',
  community_activity: 'account_id occurred_at kind recorded_at',
  relationship_events: 'account_id occurred_at kind contact_role recorded_at',
  self_service_events: 'account_id occurred_at kind recorded_at',
  onboarding_milestones: 'account_id milestone due_at reached_at',
  incidents: 'account_id occurred_at severity resolved_at recorded_at',
  outreach: 'account_id contacted_at play assigned result',
};

const small = (scenario: (typeof scenarioNames)[number], seed = 3): SimulatedCompanyTables =>
  simulateTables({ scenario, seed, accounts: scenario === 'seed-fact' ? 1000 : 60, months: 7 });

function digest(company: SimulatedCompanyTables): string {
  const hash = createHash('sha256');
  for (const [path, pieces] of simulatedFiles(company)) {
    hash.update(path);
    for (const piece of pieces) hash.update(piece);
  }
  return hash.digest('hex');
}

describe('simulateTables', () => {
  it('gives the same bytes for the same options, and others for another seed', () => {
    expect(digest(small('base'))).toBe(digest(small('base')));
    expect(digest(small('base', 4))).not.toBe(digest(small('base')));
  });

  it.each(scenarioNames)('%s: writes the canonical columns, a truth and the scenario', (scenario) => {
    const { tables, truth } = small(scenario);
    const columns = Object.fromEntries(
      Object.entries(tables).map(([name, table]) => [name, table.columns.map((column) => column.name)]),
    );
    const extra = ['status', 'health_score', 'csm_pulse', 'tenure_days', 'lifetime_revenue_cents'];
    const expected = Object.fromEntries(
      Object.entries(canonical).map(([name, names]) => [
        name,
        [...names.split(' '), ...(scenario === 'leak' && name === 'accounts' ? extra : [])],
      ]),
    );
    expect(columns).toEqual(expected);
    for (const table of Object.values(tables)) expect(table.rows, table.name).toBeGreaterThan(0);
    expect(truth['scenario']).toMatchObject({ scenario, months: 7, seed: 3, extractedAt: '2023-08-01' });
    expect(Object.keys(truth)).toEqual(
      expect.arrayContaining(['hazards', 'leaves', 'episodes', 'lead-times', 'aspect-weights', 'arrivals']),
    );
    expect('saves' in truth).toBe(scenario === 'persuadable');
    expect('leaks' in truth).toBe(scenario === 'leak');
    expect('facts' in truth).toBe(scenario === 'seed-fact');
  });

  it('writes days, instants, whole cents and empty cells', () => {
    const files = new Map(
      [...simulatedFiles(small('base'))].map(([path, text]) => [path, [...text].join('')]),
    );
    expect(files.get('subscriptions.csv')!.split('\n')[1]).toMatch(
      /^A00001-S01,A00001,20\d\d-\d\d-\d\d,(20\d\d-\d\d-\d\d)?,20\d\d-\d\d-\d\d,(1|12),\d+,EUR,\d+,\w*,\w*$/,
    );
    expect(files.get('usage_events.csv')!.split('\n')[1]).toMatch(
      /^A\d+,A\d+-U\d\d,20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ,\w+,\d+,20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    );
    expect(files.get('truth/hazards.csv')!.split('\n')[1]).toMatch(/^A\d+,2023-\d\d-01,0\.\d+$/);
    expect(JSON.parse(files.get('truth/scenario.json')!)).toMatchObject({ scenario: 'base', accounts: 60 });
  });

  it('keeps an account as it is when others are added', () => {
    const first = (accounts: number) =>
      rowsOf(simulateTables({ accounts, months: 4, seed: 9 }).tables.invoices).filter(
        (row) => row['account_id'] === 'A00007',
      );
    expect(first(40).length).toBeGreaterThan(0);
    expect(first(40)).toEqual(first(20));
  });

  it('null: every chance to leave is the same', () => {
    const { truth } = small('null');
    const hazards = (truth['hazards'] as SimulatedTable).columns[2]!.cells;
    expect(new Set(hazards as Float64Array)).toEqual(new Set([0.025]));
  });

  it('refuses options that it cannot honour', () => {
    expect(() => simulateTables({ seed: 1, accounts: 19 })).toThrow(/accounts from 20 to 99999, found 19/);
    expect(() => simulateTables({ seed: 1, months: 2.5 })).toThrow(/months from 3 to 120, found 2.5/);
    expect(() => simulateTables({ seed: 1, scenario: 'seed-fact', accounts: 500 })).toThrow(/from 1000/);
    expect(() => simulateTables({ seed: 1, scenario: 'other' as 'base' })).toThrow(
      /base, many-sided, .* found other/,
    );
  });
});
