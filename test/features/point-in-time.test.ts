import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { TableName } from '../../src/contracts/contract.js';
import { featureCatalogue } from '../../src/features/catalogue.js';
import type { Cell } from '../../src/sources/duckdb/database.js';
import type { Company } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';
import { featuresAt } from './built.js';
import { laterChange } from './later-changes.js';
import { SNAPSHOT, tinyCompany } from './tiny-company.js';

const BEFORE = new Date(SNAPSHOT - 1).toISOString();
const AT = new Date(SNAPSHOT).toISOString();
const AFTER = new Date(SNAPSHOT + 1).toISOString();

/** A row that happens when it is told to, and the feature that counts it. */
const EVENTS: readonly [TableName, string, (at: string) => Record<string, Cell>][] = [
  ['subscriptions', 'running_agreements', (at) => ({ subscription_id: 's', started_at: at, mrr_cents: 1 })],
  ['usage_events', 'usage_events_7d', (at) => ({ occurred_at: at, event: 'open' })],
  ['support_tickets', 'support_tickets_7d', (at) => ({ ticket_id: 't', opened_at: at })],
  ['invoices', 'unpaid_invoices', (at) => ({ invoice_id: 'i', issued_at: at, due_at: at, amount_cents: 1 })],
  ['surveys', 'survey_answers_90d', (at) => ({ answered_at: at, kind: 'nps', score: 9 })],
  ['community_activity', 'community_actions_28d', (at) => ({ occurred_at: at, kind: 'post' })],
  ['relationship_events', 'check_ins_90d', (at) => ({ occurred_at: at, kind: 'check_in' })],
  ['self_service_events', 'self_service_events_28d', (at) => ({ occurred_at: at, kind: 'search' })],
  ['onboarding_milestones', 'milestones_reached', (at) => ({ milestone: 'm', reached_at: at })],
  ['incidents', 'incidents_28d', (at) => ({ occurred_at: at, severity: 'low' })],
];

describe('features as of a date', () => {
  let company: Company;
  afterEach(() => company.database.close());

  it('are the same to the last bit whatever happens, arrives, is filled in or is dropped later', async () => {
    company = await tinyCompany();
    const { database } = company;
    const fingerprint = async () => {
      await featuresAt(company, SNAPSHOT, ['a', 'b']);
      return await database.rows('SELECT * FROM features');
    };
    const before = await fingerprint();
    let changes = 0;
    // Changes are left in place: each run stands on all before it.
    await fc.assert(
      fc.asyncProperty(
        fc.array(laterChange(SNAPSHOT), { minLength: 20, maxLength: 40, size: 'max' }),
        async (later) => {
          for (const change of later) await change(database);
          changes += later.length;
          expect(await fingerprint()).toEqual(before);
        },
      ),
      { numRuns: 5, endOnFailure: true },
    );
    expect(changes).toBeGreaterThan(100);
  }, 180_000);

  it.each(EVENTS)(
    '%s: %s counts what happened a moment before the snapshot, and nothing at it',
    async (table, feature, row) => {
      company = await makeCompany({
        accounts: ['before', 'at'].map((account_id) => ({ account_id, created_at: '2024-01-01' })),
        [table]: [
          { account_id: 'before', ...row(BEFORE) },
          { account_id: 'at', ...row(AT) },
        ],
      });
      const { before, at } = await featuresAt(company, SNAPSHOT, ['before', 'at']);
      expect([before![feature], at![feature]]).toEqual([1, 0]);
    },
  );

  it('go by when a row arrived, where that is later than when it happened', async () => {
    const accounts = { [BEFORE]: 'before', [AT]: 'at', [AFTER]: 'after' };
    company = await makeCompany({
      accounts: Object.values(accounts).map((account_id) => ({ account_id, created_at: '2024-01-01' })),
      usage_events: Object.entries(accounts).map(([recorded_at, account_id]) => ({
        account_id,
        occurred_at: '2024-06-28',
        recorded_at,
        event: 'open',
      })),
    });
    const features = await featuresAt(company, SNAPSHOT, Object.values(accounts));
    expect(Object.values(accounts).map((account) => features[account]!.usage_events_7d)).toEqual([1, 0, 0]);
  });

  it('change with what was known: the law above is not kept by features that see nothing', async () => {
    company = await tinyCompany();
    const counts = featureCatalogue(company).filter(({ name }) => name === 'usage_events_7d');
    const before = await featuresAt(company, SNAPSHOT, ['a'], counts);
    await company.database.run(
      `INSERT INTO usage_events (account_id, occurred_at, event) VALUES ('a', TIMESTAMP '2024-06-30 23:59:59.999', 'open')`,
    );
    const after = await featuresAt(company, SNAPSHOT, ['a'], counts);
    expect([before, after]).toEqual([{ a: { usage_events_7d: 2 } }, { a: { usage_events_7d: 3 } }]);
  });
});
