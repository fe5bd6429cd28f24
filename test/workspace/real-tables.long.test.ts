import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { openWorkspace } from '../../src/workspace/open-workspace.js';

const root = resolve(import.meta.dirname, '../..');
const data = process.env['CHURNLAB_DATA'] ?? join(root, '../shared/data');

it.skipIf(!existsSync(data))(
  'socialnet7: 1.7 million events are all kept, and sign-up is the first subscription',
  async () => {
    const { company, intake, close } = await openWorkspace(join(root, 'examples/socialnet7'));
    try {
      expect(intake.tables.map(({ read, kept }) => [read, kept])).toEqual([
        [1470, 1470],
        [5660, 5660],
        [1_715_533, 1_715_533],
      ]);
      expect(new Date(intake.observedUntil).toISOString()).toBe('2020-06-02T00:00:00.000Z');
      expect(
        await company.database.value(
          'SELECT count(*) FROM accounts a WHERE created_at <> (SELECT min(started_at) FROM subscriptions s WHERE s.account_id = a.account_id)',
        ),
      ).toBe(0);
      // Events run on for a month in which no renewal could be seen.
      expect(intake.doubts.map(({ kind, table }) => [kind, table])).toEqual([
        ['not-yet-happened', 'usage_events'],
      ]);
    } finally {
      await close();
    }
  },
);
