import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditBuild, auditFeatures } from '../../src/audit/point-in-time.js';
import { aspectSchema } from '../../src/contracts/aspect.js';
import { TABLE_NAMES } from '../../src/contracts/catalogue.js';
import { seededRandom } from '../../src/math/random.js';
import { sqlInstant } from '../../src/timeline/as-of.js';
import type { Company } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';
import { fullTables } from './full-tables.js';

const SNAPSHOT = Date.UTC(2024, 5, 1);
let company: Company;

beforeAll(async () => {
  company = await makeCompany(fullTables(40));
  await company.database.run(
    `CREATE TABLE asked AS SELECT account_id, ${sqlInstant(SNAPSHOT)} AS snapshot_at FROM accounts WHERE created_at < ${sqlInstant(SNAPSHOT)}`,
  );
});
afterAll(() => company.database.close());

const options = () => ({ snapshot: SNAPSHOT, accounts: 'asked', random: seededRandom(5) });

async function rowsOf(table: string) {
  return JSON.stringify(await company.database.rows(`SELECT * FROM ${table} ORDER BY ALL`));
}

const ownAspect = (from: string) =>
  aspectSchema.parse({
    aspect: 'own',
    title: 'Own',
    needs: ['usage_events'],
    groups: [
      { from, features: [{ name: 'own_events', unit: 'events', description: 'Events', sql: 'count(*)' }] },
    ],
  });

/** One feature from SQL that may read anything. */
const building = (select: string) => (tables: { accounts: string; into: string }) =>
  company.database.run(
    `CREATE OR REPLACE TABLE ${tables.into} AS SELECT account_id, snapshot_at, value FROM ${tables.accounts} LEFT JOIN (${select}) USING (account_id)`,
  );

describe('auditFeatures', () => {
  it('finds every feature the same, whatever happens later, and leaves the tables alone', async () => {
    const before = await Promise.all(TABLE_NAMES.map(rowsOf));
    const audit = await auditFeatures({ ...company, aspects: [ownAspect('known_usage_events')] }, options());
    expect(audit.differences).toEqual([]);
    expect(audit.passed).toBe(true);
    expect(audit.features).toBeGreaterThan(100);
    expect(await Promise.all(TABLE_NAMES.map(rowsOf))).toEqual(before);
    for (const kind of ['append', 'alter', 'delete'] as const) {
      expect(
        audit.changes.filter((change) => change.kind === kind && change.rows > 0).map(({ table }) => table),
      ).toEqual(TABLE_NAMES);
    }
  });

  it('refuses an aspect that reads a table itself', async () => {
    await expect(
      auditFeatures({ ...company, aspects: [ownAspect('usage_events')] }, options()),
    ).rejects.toMatchObject({
      code: 'bad-option',
    });
  });
});

describe('auditBuild', () => {
  it.each([
    [
      'rows after the snapshot',
      'SELECT account_id, count(*) AS value FROM usage_events GROUP BY 1',
      ['append', 'delete'],
    ],
    [
      'rows recorded later',
      `SELECT account_id, count(*) AS value FROM surveys WHERE answered_at < ${sqlInstant(SNAPSHOT)} GROUP BY 1`,
      ['append', 'delete'],
    ],
    [
      'rows of the very instant',
      `SELECT account_id, max(occurred_at) AS value FROM usage_events WHERE occurred_at <= ${sqlInstant(SNAPSHOT)} GROUP BY 1`,
      ['append'],
    ],
    [
      'cells filled in later',
      `SELECT account_id, count(ended_at) AS value FROM subscriptions WHERE started_at < ${sqlInstant(SNAPSHOT)} GROUP BY 1`,
      ['alter', 'delete'],
    ],
    [
      'values of later cells',
      `SELECT account_id, max(csat) AS value FROM support_tickets WHERE opened_at < ${sqlInstant(SNAPSHOT)} GROUP BY 1`,
      ['alter', 'delete'],
    ],
    [
      'values of later rows',
      `SELECT account_id, max(mrr_cents) FILTER (WHERE started_at >= ${sqlInstant(SNAPSHOT)}) AS value FROM subscriptions GROUP BY 1`,
      ['append', 'alter', 'delete'],
    ],
  ])('catches %s', async (_, sql, kinds) => {
    const audit = await auditBuild(company.database, options(), building(sql));
    expect(audit.passed).toBe(false);
    const found = audit.differences.map(({ kind }) => kind);
    for (const kind of kinds) expect(found).toContain(kind);
    expect(audit.differences[0]).toMatchObject({ feature: 'value' });
    expect(audit.differences[0]!.accounts).toBeGreaterThan(0);
  });

  it('ends the transaction when a build fails', async () => {
    let built = 0;
    const failing = async (tables: { accounts: string; into: string }) => {
      if (built++ > 0) throw new Error('no');
      await building('SELECT account_id, 1 AS value FROM accounts')(tables);
    };
    await expect(auditBuild(company.database, options(), failing)).rejects.toThrow('no');
    await company.database.run('BEGIN TRANSACTION; COMMIT');
  });
});
