import { describe, expect, it } from 'vitest';
import { tableNames } from '../../../src/simulation/tables/canonical-tables.js';
import { simulateTables } from '../../../src/simulation/tables/simulate.js';
import type { SimulatedTable } from '../../../src/simulation/tables/table.js';
import { dayNumber, type Row, rowsOf } from './read-tables.js';

const options = { accounts: 300, months: 14, seed: 6 };
const base = simulateTables(options);
const leaking = simulateTables({ ...options, scenario: 'leak' });

const subscriptions = rowsOf(leaking.tables.subscriptions);
const lastRows = new Map(subscriptions.map((row) => [row['account_id']!, row]));
const leftOn = new Map(
  [...lastRows.values()].flatMap((row) =>
    row['churn_kind'] ? [[row['account_id']!, row['ended_at']!] as const] : [],
  ),
);
const accounts = rowsOf(leaking.tables.accounts);
const share = (rows: readonly Row[], holds: (row: Row) => boolean) => rows.filter(holds).length / rows.length;
const gone = accounts.filter((row) => leftOn.has(row['account_id']!));
const stayed = accounts.filter((row) => !leftOn.has(row['account_id']!));

/** Rows that happened before their account left for good and were recorded on that day or later. */
function lateForLeavers(table: SimulatedTable, at: string): Row[] {
  return rowsOf(table).filter((row) => {
    const left = leftOn.get(row['account_id']!);
    return left !== undefined && row[at]! < left && row['recorded_at']! >= left;
  });
}

describe('the leaks', () => {
  it('are ten, each in a table and column that exist', () => {
    const leaks = rowsOf(leaking.truth['leaks'] as SimulatedTable);
    expect(new Set(leaks.map((row) => row['leak'])).size).toBe(10);
    for (const leak of leaks) {
      const table = leaking.tables[leak['table'] as (typeof tableNames)[number]];
      expect(table.columns.map(({ name }) => name)).toContain(leak['column']);
    }
  });

  it('leave everything else as it is in base', () => {
    for (const name of tableNames) {
      const rows = base.tables[name].rows;
      for (const column of base.tables[name].columns) {
        if (['accounts.owner', 'subscriptions.renews_at'].includes(`${name}.${column.name}`)) continue;
        const same = leaking.tables[name].columns.find((other) => other.name === column.name)!;
        expect(String(same.cells.slice(0, rows)) === String(column.cells), `${name}.${column.name}`).toBe(
          true,
        );
      }
    }
  });

  it('rewrite fields after leaving', () => {
    expect(gone.length).toBeGreaterThan(50);
    expect(share(gone, (row) => row['status'] === 'closed')).toBe(1);
    expect(share(stayed, (row) => row['status'] === 'open')).toBe(1);
    expect(share(gone, (row) => Number(row['health_score']) <= 25)).toBeGreaterThan(0.88);
    expect(share(stayed, (row) => Number(row['health_score']) <= 25)).toBeLessThan(0.02);
    expect(share(stayed, (row) => row['csm_pulse'] === 'green')).toBeGreaterThan(0.85);
    expect(share(gone, (row) => row['csm_pulse'] === 'green')).toBeLessThan(0.55);
    expect(share(gone, (row) => row['owner'] === 'offboarding-team')).toBe(1);
    expect(share(stayed, (row) => row['owner'] === 'offboarding-team')).toBe(0);
    const emptied = subscriptions.filter((row) => row['renews_at'] === null);
    expect(emptied.map((row) => row['account_id'])).toEqual([...leftOn.keys()]);
  });

  it('compute durations and sums on the day of extraction', () => {
    for (const row of accounts) {
      const end = leftOn.get(row['account_id']!) ?? '2024-03-01';
      expect(Number(row['tenure_days'])).toBe(dayNumber(end) - dayNumber(row['created_at']!));
      expect(Number(row['lifetime_revenue_cents'])).toBeGreaterThan(0);
    }
  });

  it.each([
    ['support_tickets', 'opened_at', 1],
    ['usage_events', 'occurred_at', 5],
    ['surveys', 'answered_at', 1],
  ] as const)('%s arrive after leaving, and hardly any in base', (name, at, each) => {
    const honest = lateForLeavers(base.tables[name], at).length;
    const planted = lateForLeavers(leaking.tables[name], at).length;
    expect(planted).toBeGreaterThan(honest + 0.85 * each * leftOn.size);
    expect(honest).toBeLessThan(0.35 * leftOn.size);
  });
});
