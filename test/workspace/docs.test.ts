import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { DOUBT_KINDS } from '../../src/workspace/doubts/doubt.js';
import { csv, withWorkspace } from './workspace-folder.js';

const text = readFileSync(resolve(import.meta.dirname, '../../docs/workspace.md'), 'utf8');
const [config] = /(?<=```ts\n)import \{ defineWorkspace[\s\S]*?(?=```)/.exec(text)!;

it('the configuration in docs/workspace.md does what it says', () =>
  withWorkspace(
    {
      'churnlab.config.ts': config,
      'crm/customers.csv': csv(
        'Customer ID,Signed up,Size,City',
        'a,2024-01-31,big,Ulm',
        'b,2024-01-01,small,Nowhere',
      ),
      'crm/regions.csv': csv('city,name', 'Ulm,south'),
      'billing/contracts.csv': csv(
        'Contract,Customer,From,To,Per month,Currency',
        'c1,a,2024-02-01,open,100,USD',
      ),
      'log.csv': csv(
        'contract,time,action,source',
        'c1,2024-02-02 12:00,login,web',
        'c1,2024-02-02 12:01,login,robot',
      ),
    },
    null,
    async ({ company, intake }) => {
      expect(intake.tables.map(({ table, kept, skipped }) => [table, kept, skipped])).toEqual([
        ['accounts', 2, 0],
        ['subscriptions', 1, 0],
        ['usage_events', 1, 1],
      ]);
      expect(await company.database.rows('SELECT started_at, mrr_cents FROM subscriptions')).toEqual([
        { started_at: Date.UTC(2024, 0, 31, 23), mrr_cents: 9200 },
      ]);
      expect(await company.database.rows('SELECT account_id, text FROM account_attributes')).toEqual([
        { account_id: 'a', text: 'south' },
        { account_id: 'b', text: 'unknown' },
      ]);
      expect(await company.database.value('SELECT occurred_at FROM usage_events')).toBe(
        Date.UTC(2024, 1, 2, 12),
      );
    },
  ));

it('docs/workspace.md names every kind of doubt', () => {
  expect(DOUBT_KINDS.filter((kind) => !text.includes(`\`${kind}\``))).toEqual([]);
});
