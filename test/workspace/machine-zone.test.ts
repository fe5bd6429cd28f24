import { afterAll, expect, it } from 'vitest';
import { TABLE_NAMES } from '../../src/contracts/catalogue.js';
import type { OpenedWorkspace } from '../../src/workspace/open-workspace.js';
import { csv, SMALL_COMPANY, withWorkspace } from './workspace-folder.js';

/** Dates with and without times and zones, around the hours that clocks skip and repeat. */
const FILES = {
  ...SMALL_COMPANY,
  'usage_events.csv': csv(
    'account_id,occurred_at,event,recorded_at',
    'a,2024-03-31 02:30,spring,2024-03-31T02:30:00Z',
    'a,2024-10-27 02:30,autumn,2024-10-27 02:30:00+01:00',
    'a,2024-03-10 02:30,elsewhere,',
    'a,2024-11-03,day,',
    'a,2024-02-30,never,',
  ),
  'surveys.jsonl': '{"account_id":"a","answered_at":"2024-05-01T12:00:00","kind":"nps","score":9}\n',
  'churnlab.config.mjs': "export default { name: 'Berlin', timeZone: 'Europe/Berlin' };\n",
};

const machineZone = process.env['TZ'];
afterAll(() => {
  if (machineZone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = machineZone;
});

async function dump({ company, intake }: OpenedWorkspace): Promise<string> {
  const tables = [];
  for (const table of [...TABLE_NAMES, 'account_attributes']) {
    tables.push(await company.database.rows(`SELECT * FROM ${table} ORDER BY rowid`));
  }
  return JSON.stringify({ tables, intake, settings: company.settings });
}

it('gives the same bytes whatever the zone of the machine', async () => {
  const dumps = [];
  for (const [zone, minutes] of [
    ['UTC', 0],
    ['Asia/Kolkata', -330],
    ['America/St_Johns', 210],
  ] as const) {
    process.env['TZ'] = zone;
    // Node takes a new zone over at once; otherwise this test would show nothing.
    expect(new Date(Date.UTC(2024, 0, 1)).getTimezoneOffset()).toBe(minutes);
    dumps.push(await withWorkspace(FILES, null, dump));
  }
  expect(dumps[0]).toContain(`"occurred_at":${Date.UTC(2024, 2, 31, 1, 30)}`);
  expect(dumps[1]).toBe(dumps[0]);
  expect(dumps[2]).toBe(dumps[0]);
});
