import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lookBackFrom, sqlInstant } from '../../src/timeline/as-of.js';
import type { Company } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';

const SNAPSHOT = Date.UTC(2024, 2, 1);

describe('tables as they were known just before a snapshot', () => {
  let company: Company;
  beforeAll(async () => {
    company = await makeCompany({
      accounts: [
        { account_id: 'a', created_at: '2024-01-01', closed_at: '2024-05-01' },
        { account_id: 'b', created_at: '2024-03-01' },
      ],
      usage_events: [
        { account_id: 'a', occurred_at: '2024-02-29T23:59:59.999Z', event: 'last' },
        { account_id: 'a', occurred_at: '2024-03-01', event: 'at the snapshot' },
        { account_id: 'a', occurred_at: '2024-02-01', recorded_at: '2024-03-01', event: 'late' },
        { account_id: 'a', occurred_at: '2024-02-01', recorded_at: '2024-02-02', event: 'in time' },
      ],
      support_tickets: [
        {
          ticket_id: '1',
          account_id: 'a',
          opened_at: '2024-02-01',
          closed_at: '2024-03-02',
          csat: 2,
          reopened: true,
        },
        { ticket_id: '2', account_id: 'a', opened_at: '2024-02-01', closed_at: '2024-02-02', csat: 9 },
      ],
      onboarding_milestones: [
        { account_id: 'a', milestone: 'planned', due_at: '2024-02-10', reached_at: '2024-03-10' },
        { account_id: 'a', milestone: 'to come', due_at: '2024-03-10', reached_at: null },
        { account_id: 'a', milestone: 'early', due_at: '2024-03-10', reached_at: '2024-02-10' },
      ],
      outreach: [
        { account_id: 'a', contacted_at: '2024-02-01', play: 'call', assigned: 'treat', result: 'saved' },
      ],
    });
    await lookBackFrom(company.database, SNAPSHOT);
  });
  afterAll(() => company.database.close());

  const known = (sql: string) => company.database.rows(sql);

  it('leaves out rows that had not happened or not arrived, the snapshot itself included', async () => {
    expect(await known('SELECT event FROM known_usage_events ORDER BY event')).toEqual([
      { event: 'in time' },
      { event: 'last' },
    ]);
    expect(await known('SELECT account_id, closed_at FROM known_accounts')).toEqual([
      { account_id: 'a', closed_at: null },
    ]);
  });

  it('empties cells that were filled in later', async () => {
    expect(
      await known('SELECT ticket_id, closed_at, csat, reopened FROM known_support_tickets ORDER BY 1'),
    ).toEqual([
      { ticket_id: '1', closed_at: null, csat: null, reopened: null },
      { ticket_id: '2', closed_at: Date.UTC(2024, 1, 2), csat: 9, reopened: null },
    ]);
    expect(await known('SELECT result FROM known_outreach')).toEqual([{ result: null }]);
  });

  it('knows a milestone from the earlier of plan and deed', async () => {
    expect(await known('SELECT milestone, reached_at FROM known_onboarding_milestones ORDER BY 1')).toEqual([
      { milestone: 'early', reached_at: Date.UTC(2024, 1, 10) },
      { milestone: 'planned', reached_at: null },
    ]);
  });

  it('writes instants to the millisecond', () => {
    expect(sqlInstant(Date.UTC(2024, 1, 29, 23, 59, 59, 999))).toBe("TIMESTAMP '2024-02-29 23:59:59.999'");
  });
});
