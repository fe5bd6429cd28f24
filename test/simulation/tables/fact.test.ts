import { describe, expect, it } from 'vitest';
import { factCells, factCounts } from '../../../src/simulation/tables/fact-cells.js';
import { simulateTables } from '../../../src/simulation/tables/simulate.js';
import type { SimulatedTable } from '../../../src/simulation/tables/table.js';
import { dayNumber, grouped, type Row, rowsOf } from './read-tables.js';

const DAY = 86_400_000;

describe('factCounts', () => {
  it('are the planted ones at 20,000 accounts', () => {
    expect(factCounts(20_000)).toEqual({
      all: { accounts: 20_000, leave: 4000 },
      silent: { accounts: 4000, leave: 680 },
      busy: { accounts: 2000, leave: 170 },
      unhappy: { accounts: 3000, leave: 399 },
      silentBusy: { accounts: 620, leave: 116 },
      silentUnhappy: { accounts: 760, leave: 140 },
      busyUnhappy: { accounts: 620, leave: 116 },
      allThree: { accounts: 260, leave: 110 },
    });
  });

  it.each([1000, 1234, 4000, 20_000, 99_999])(
    '%i accounts: cells of whole accounts that add up',
    (accounts) => {
      const cells = factCells(factCounts(accounts));
      expect(cells.reduce((sum, cell) => sum + cell.accounts, 0)).toBe(accounts);
      expect(cells.reduce((sum, cell) => sum + cell.leave, 0)).toBe(Math.round(accounts * 0.2));
      for (const cell of cells) {
        expect(cell.leave).toBeGreaterThanOrEqual(0);
        expect(cell.leave).toBeLessThanOrEqual(cell.accounts);
      }
    },
  );

  it('leave no pair above the base rate', () => {
    const { silentBusy, silentUnhappy, busyUnhappy } = factCounts(20_000);
    for (const { accounts, leave } of [silentBusy, silentUnhappy, busyUnhappy]) {
      expect(leave / accounts).toBeLessThan(0.2);
    }
  });
});

describe('the tables of seed-fact', () => {
  const accounts = 2000;
  const { tables, truth } = simulateTables({ scenario: 'seed-fact', accounts, seed: 4 });
  const { snapshotAt } = truth['scenario'] as unknown as { snapshotAt: string };
  const snapshot = `${snapshotAt}T00:00:00Z`;
  const daysBefore = (days: number): string =>
    new Date(Date.parse(snapshot) - days * DAY).toISOString().replace('.000', '');
  const known = (table: SimulatedTable, at: string): Row[] =>
    rowsOf(table).filter((row) => row[at]! < snapshot && row['recorded_at']! < snapshot);

  const usage = grouped(known(tables.usage_events, 'occurred_at'), (row) => row['account_id']!);
  const tickets = grouped(
    known(tables.support_tickets, 'opened_at').filter((row) => row['opened_at']! >= daysBefore(30)),
    (row) => row['account_id']!,
  );
  const answers = grouped(
    known(tables.surveys, 'answered_at').filter((row) => row['kind'] === 'csat'),
    (row) => row['account_id']!,
  );
  const ids = rowsOf(tables.accounts).map((row) => row['account_id']!);
  const last = (rows: Row[], at: string): Row => rows.reduce((a, b) => (a[at]! > b[at]! ? a : b));
  const shown = {
    silent: ids.filter((id) => last(usage.get(id)!, 'occurred_at')['occurred_at']! < daysBefore(14)),
    busy: ids.filter((id) => (tickets.get(id)?.length ?? 0) > 10),
    unhappy: ids.filter((id) => Number(last(answers.get(id)!, 'answered_at')['score']) < 5),
  };
  const members = {
    silent: new Set(shown.silent),
    busy: new Set(shown.busy),
    unhappy: new Set(shown.unhappy),
  };
  const left = new Set(
    rowsOf(tables.subscriptions)
      .filter((row) => row['churn_kind'] && row['ended_at']! > snapshotAt)
      .filter((row) => dayNumber(row['ended_at']!) < dayNumber(snapshotAt) + 90)
      .map((row) => row['account_id']!),
  );
  const count = (some: readonly string[]) => ({
    accounts: some.length,
    leave: some.filter((id) => left.has(id)).length,
  });
  const all = (...signs: (keyof typeof shown)[]): string[] =>
    ids.filter((id) => signs.every((sign) => members[sign].has(id)));

  it('show exactly the planted counts on the snapshot date, read as of that date', () => {
    expect({
      all: count(ids),
      silent: count(shown.silent),
      busy: count(shown.busy),
      unhappy: count(shown.unhappy),
      silentBusy: count(all('silent', 'busy')),
      silentUnhappy: count(all('silent', 'unhappy')),
      busyUnhappy: count(all('busy', 'unhappy')),
      allThree: count(all('silent', 'busy', 'unhappy')),
    }).toEqual(factCounts(accounts));
  });

  it('are active on the snapshot date, all of them, and leave within the horizon or not at all', () => {
    const subscriptions = rowsOf(tables.subscriptions);
    const active = subscriptions.filter(
      (row) => row['started_at']! <= snapshotAt && (row['ended_at'] ?? '9999') > snapshotAt,
    );
    expect(new Set(active.map((row) => row['account_id'])).size).toBe(accounts);
    expect(subscriptions.filter((row) => row['churn_kind'])).toHaveLength(left.size);
  });

  it('name the members in facts, with what came of them', () => {
    const facts = grouped(rowsOf(truth['facts'] as SimulatedTable), (row) => row['fact']!);
    expect(facts.get('silent')!.map((row) => row['account_id'])).toEqual(shown.silent);
    const three = facts.get('silent and busy and unhappy')!;
    expect(three).toHaveLength(26);
    expect(three.filter((row) => row['left'] === '1')).toHaveLength(11);
  });
});
