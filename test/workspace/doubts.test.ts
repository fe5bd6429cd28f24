import { describe, expect, it } from 'vitest';
import type { WorkspaceInput } from '../../src/workspace/config.js';
import { DOUBT_KINDS, type DoubtKind } from '../../src/workspace/doubts/doubt.js';
import { csv, SMALL_COMPANY, withWorkspace } from './workspace-folder.js';

/** Every contradiction once, each in a row of its own beside one that is right. */
const CONTRADICTIONS = {
  'accounts.csv': csv(
    'account_id,created_at,closed_at,recorded_at,gone',
    'a,2024-01-01,,,no',
    'b,2024-01-01,2024-06-01,2024-01-01,no',
    'c,2024-01-01,,2023-12-31,yes',
  ),
  'subscriptions.csv': csv(
    'subscription_id,account_id,started_at,ended_at,mrr_cents',
    's1,a,2024-02-01,2024-05-01,1',
    's2,a,2024-04-01,,1',
    's3,b,2024-02-01,2024-04-01,1',
    's4,b,2024-04-01,2024-03-01,1',
    's5,c,2024-02-01,,1',
  ),
  'usage_events.csv': csv(
    'account_id,occurred_at,event',
    'a,2024-02-01,x',
    'ghost,2024-02-01,x',
    'a,2023-12-31,before sign-up and before paying',
    'b,2024-03-31,x',
    'b,2024-04-01,after leaving',
    'b,2024-06-01,after leaving and closing',
    'c,2024-09-01,not yet',
  ),
  'support_tickets.csv': csv(
    'ticket_id,account_id,opened_at,first_response_at,closed_at',
    't1,a,2024-02-02,2024-02-02,2024-02-02',
    't2,a,2024-02-02,2024-02-01,2024-02-03',
    't3,a,2024-02-02,2024-02-02,2024-02-01',
  ),
  'invoices.csv': csv(
    'invoice_id,account_id,issued_at,due_at,paid_at,amount_cents',
    'i1,a,2024-02-02,2024-02-16,2024-02-02,1',
    'i2,a,2024-02-02,2024-02-01,,1',
    'i3,a,2024-02-02,2024-02-16,2024-02-01,1',
  ),
  'onboarding_milestones.csv': csv(
    'account_id,milestone,due_at,reached_at',
    'a,first login,2023-12-01,2024-01-02',
    'a,training,2024-01-01,2023-12-31',
  ),
  'incidents.csv': csv(
    'account_id,occurred_at,severity,resolved_at',
    'a,2024-02-02,high,2024-02-01',
    'a,2024-02-02,high,',
  ),
};

const MAPPING: WorkspaceInput = {
  observedUntil: '2024-09-01',
  tables: {
    accounts: { file: 'accounts.csv', churnFlag: 'gone' },
    ...Object.fromEntries(
      (
        [
          'subscriptions',
          'usage_events',
          'support_tickets',
          'invoices',
          'onboarding_milestones',
          'incidents',
        ] as const
      ).map((table) => [table, { file: `${table}.csv` }]),
    ),
  },
};

const found = [
  ['unknown-account', 'usage_events', [2]],
  ['before-sign-up', 'usage_events', [3]],
  ['reached-before-sign-up', 'onboarding_milestones', [2]],
  ['before-first-subscription', 'usage_events', [3]],
  ['overlapping-subscriptions', 'subscriptions', [2]],
  ['ended-before-started', 'subscriptions', [4]],
  ['paid-before-issued', 'invoices', [3]],
  ['due-before-issued', 'invoices', [2]],
  ['closed-before-opened', 'support_tickets', [3]],
  ['answered-before-opened', 'support_tickets', [2]],
  ['resolved-before-occurred', 'incidents', [1]],
  ['recorded-before-happened', 'accounts', [3]],
  ['after-closing', 'usage_events', [6]],
  ['after-leaving', 'usage_events', [5, 6]],
  ['not-yet-happened', 'usage_events', [7]],
  // b left and is not flagged; c is flagged and has not left.
  ['flag-contradicts-events', 'accounts', [2, 3]],
] as const;

describe('doubts', () => {
  it('of every kind are counted, with examples, and kept', () =>
    withWorkspace(CONTRADICTIONS, MAPPING, async ({ intake }) => {
      expect(
        intake.doubts.map(({ kind, table, examples }) => [
          kind,
          table,
          examples.map(({ rowNumber }) => rowNumber),
        ]),
      ).toEqual(found);
      expect(
        intake.doubts.every(({ action, count, examples }) => action === 'keep' && count === examples.length),
      ).toBe(true);
      expect(intake.doubts.find(({ kind }) => kind === 'after-closing')!.examples).toEqual([
        {
          file: 'usage_events.csv',
          rowNumber: 6,
          text: 'account b: 2024-06-01 00:00 after closing 2024-06-01 00:00',
        },
      ]);
      expect(intake.tables.map(({ table, kept, doubted }) => [table, kept, doubted])).toEqual([
        ['accounts', 3, 2],
        ['subscriptions', 5, 2],
        ['usage_events', 7, 5],
        ['support_tickets', 3, 2],
        ['invoices', 3, 2],
        ['onboarding_milestones', 2, 1],
        ['incidents', 2, 1],
      ]);
    }));

  it('need a reason: a company without contradictions has none', () =>
    withWorkspace(SMALL_COMPANY, null, async ({ intake }) => expect(intake.doubts).toEqual([])));

  it('are dropped where that is asked for, and listed with the rejects', () =>
    withWorkspace(
      CONTRADICTIONS,
      MAPPING,
      async ({ company, intake }) => {
        expect(intake.tables.find(({ table }) => table === 'usage_events')).toMatchObject({
          read: 7,
          kept: 2,
          rejected: 0,
          dropped: 5,
        });
        expect(await company.database.rows('SELECT row_number FROM usage_events ORDER BY 1')).toEqual([
          { row_number: 1 },
          { row_number: 4 },
        ]);
        expect(intake.rejectCount).toBe(5);
        expect(intake.rejects[0]).toEqual({
          table: 'usage_events',
          file: 'usage_events.csv',
          rowNumber: 2,
          column: null,
          value: 'account ghost',
          reason: 'dropped: Rows of accounts that are not among the accounts',
        });
      },
      {
        onDoubt: {
          'unknown-account': 'drop',
          'before-sign-up': 'drop',
          'before-first-subscription': 'drop',
          'after-leaving': 'drop',
          'after-closing': 'drop',
          'not-yet-happened': 'drop',
        },
      },
    ));

  it('make the loading fail where that is asked for', () =>
    expect(
      withWorkspace(CONTRADICTIONS, MAPPING, async () => {}, {
        onDoubt: { 'paid-before-issued': 'fail', 'after-leaving': 'fail' },
      }),
    ).rejects.toMatchObject({
      code: 'bad-table',
      message: expect.stringContaining('invoices: paid-before-issued 1, usage_events: after-leaving 2'),
    }));

  it('hold usage against the subscription that it names, and flags against a list of leavings', () =>
    withWorkspace(
      {
        ...CONTRADICTIONS,
        'log.csv': csv('sub,at', 's1,2024-02-01', 's2,2024-03-31'),
        'left.csv': csv('who', 'a', 'c', 'c'),
      },
      {
        tables: {
          accounts: { file: 'accounts.csv', churnFlag: 'gone' },
          subscriptions: { file: 'subscriptions.csv' },
          usage_events: {
            file: 'log.csv',
            columns: { account_id: { ofSubscription: 'sub' }, occurred_at: 'at', event: { constant: 'x' } },
          },
        },
        churnEvents: { file: 'left.csv', account_id: 'who' },
      },
      async ({ intake }) => {
        const rows = (kind: DoubtKind) =>
          intake.doubts
            .filter((doubt) => doubt.kind === kind)
            .map(({ examples }) => examples.map(({ rowNumber }) => rowNumber));
        expect(rows('before-own-subscription')).toEqual([[2]]);
        expect(rows('before-first-subscription')).toEqual([]);
        expect(rows('flag-contradicts-events')).toEqual([[1]]);
      },
    ));

  it('cover every kind in these tests', () => {
    const seen = new Set<string>([...found.map(([kind]) => kind), 'before-own-subscription']);
    expect(DOUBT_KINDS.filter((kind) => !seen.has(kind))).toEqual([]);
  });
});
