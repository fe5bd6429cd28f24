import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DoubtKind } from '../../src/workspace/doubts/doubt.js';
import { type OpenedWorkspace, openWorkspace } from '../../src/workspace/open-workspace.js';

const root = resolve(import.meta.dirname, '../..');
const data = process.env['CHURNLAB_DATA'] ?? join(root, '../shared/data');

async function withExample(name: string, use: (opened: OpenedWorkspace) => Promise<void>): Promise<void> {
  const opened = await openWorkspace(join(root, 'examples', name));
  try {
    await use(opened);
  } finally {
    await opened.close();
  }
}

describe('the example of a shop', () => {
  it('has customers, orders as invoices, and leaves by inactivity', () =>
    withExample('shop', async ({ company, intake }) => {
      expect(
        intake.tables.map(({ table, kept, rejected, doubted }) => [table, kept, rejected, doubted]),
      ).toEqual([
        ['accounts', 320, 0, 0],
        ['invoices', 2679, 0, 0],
        ['incidents', 326, 0, 0],
      ]);
      expect(intake.rejectCount).toBe(0);
      expect(company.settings.churn).toMatchObject({ by: 'inactivity', inactiveDays: 90 });
      // 08:00 in a Lisbon summer is 07:00 UTC.
      expect(await company.database.value('SELECT min(hour(issued_at)) FROM invoices')).toBe(7);
    }));
});

describe.skipIf(!existsSync(data))('the examples on public tables', () => {
  it('ravenstack: every known contradiction is counted', () =>
    withExample('ravenstack', async ({ intake }) => {
      const count = (kind: DoubtKind, table: string) =>
        intake.doubts.find((doubt) => doubt.kind === kind && doubt.table === table)?.count;
      expect(count('flag-contradicts-events', 'accounts')).toBe(312);
      expect(count('before-own-subscription', 'usage_events')).toBe(19_142);
      expect(count('before-sign-up', 'support_tickets')).toBe(1077);
      expect(intake.rejectCount).toBe(0);
    }));

  it('telco: customers without a service are no customers with a missing one', () =>
    withExample('telco-tables', async ({ company, intake }) => {
      const { database } = company;
      expect(intake.tables.map(({ kept }) => kept)).toEqual([7043, 7043]);
      expect(await database.value('SELECT count(ended_at) FROM subscriptions')).toBe(1869);
      const services = await database.rows(
        "SELECT text, count(*) AS n FROM account_attributes WHERE name = 'online_security' GROUP BY text ORDER BY text",
      );
      expect(services).toContainEqual({ text: 'no such service', n: 7043 - 5517 });
      expect(company.attributes.map(({ name }) => name)).not.toContain('TotalCharges');
    }));
});
