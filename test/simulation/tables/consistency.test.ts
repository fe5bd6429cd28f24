import { describe, expect, it } from 'vitest';
import { tableNames } from '../../../src/simulation/tables/canonical-tables.js';
import { simulateTables } from '../../../src/simulation/tables/simulate.js';
import type { SimulatedTable } from '../../../src/simulation/tables/table.js';
import { dayNumber, grouped, type Row, rowsOf } from './read-tables.js';

const company = simulateTables({ accounts: 350, months: 14, seed: 5 });
const tables = Object.fromEntries(tableNames.map((name) => [name, rowsOf(company.tables[name])])) as Record<
  (typeof tableNames)[number],
  Row[]
>;
const truth = (name: string): Row[] => rowsOf(company.truth[name] as SimulatedTable);
const createdAt = new Map(tables.accounts.map((row) => [row['account_id'], row['created_at']!]));
const agreements = grouped(tables.subscriptions, (row) => row['account_id']!);
const extraction = dayNumber('2024-03-01');
const happened = {
  usage_events: 'occurred_at',
  support_tickets: 'opened_at',
  invoices: 'issued_at',
  surveys: 'answered_at',
  community_activity: 'occurred_at',
  relationship_events: 'occurred_at',
  self_service_events: 'occurred_at',
  incidents: 'occurred_at',
  outreach: 'contacted_at',
} as const;
const events = Object.keys(happened) as (keyof typeof happened)[];

const end = (row: Row): number => (row['ended_at'] ? dayNumber(row['ended_at']) : extraction);
const notLater = (earlier: string | null | undefined, later: string | null | undefined): boolean =>
  !earlier || !later || earlier <= later;

describe('the tables of base', () => {
  it('have one row per id', () => {
    for (const [table, id] of [
      ['accounts', 'account_id'],
      ['subscriptions', 'subscription_id'],
      ['support_tickets', 'ticket_id'],
      ['invoices', 'invoice_id'],
    ] as const) {
      expect(new Set(tables[table].map((row) => row[id])).size, table).toBe(tables[table].length);
    }
  });

  it.each(tableNames)('%s: every row belongs to an account', (name) => {
    expect(tables[name].filter((row) => !createdAt.has(row['account_id']!))).toEqual([]);
  });

  it('have agreements that follow each other without overlap, the first from the sign-up on', () => {
    for (const [account, rows] of agreements) {
      expect(rows[0]!['started_at']).toBe(createdAt.get(account));
      for (const [index, row] of rows.entries()) {
        const next = rows[index + 1];
        expect(dayNumber(row['started_at']!)).toBeLessThan(end(row));
        expect(notLater(row['ended_at'], row['renews_at']), JSON.stringify(row)).toBe(true);
        expect(next === undefined || end(row) <= dayNumber(next['started_at']!)).toBe(true);
        const isFollowed = next !== undefined && next['started_at'] === row['ended_at'];
        expect(row['churn_kind'] !== null).toBe(row['ended_at'] !== null && !isFollowed);
      }
    }
  });

  it('have terms of whole months, from the first day or the renewal before', () => {
    for (const rows of agreements.values()) {
      for (const [index, row] of rows.entries()) {
        const startsTerm = index === 0 || rows[index - 1]!['renews_at'] === row['started_at'];
        const [year, month, day] = row['started_at']!.split('-').map(Number);
        const due = new Date(Date.UTC(year!, month! - 1 + Number(row['term_months']), day));
        if (startsTerm) expect(row['renews_at']).toBe(due.toISOString().slice(0, 10));
      }
    }
  });

  it.each(events)('%s: nothing happens before sign-up, between or after subscriptions', (name) => {
    const outside = tables[name].filter((row) => {
      const day = dayNumber(row[happened[name]]!);
      return !agreements
        .get(row['account_id']!)!
        .some((agreement) => dayNumber(agreement['started_at']!) <= day && day < end(agreement));
    });
    expect(outside).toEqual([]);
  });

  it('record facts after they happened and before the extraction', () => {
    for (const name of events) {
      if (name === 'outreach') continue;
      const wrong = tables[name].filter(
        (row) => row['recorded_at']! < row[happened[name]]! || dayNumber(row['recorded_at']!) >= extraction,
      );
      expect(wrong, name).toEqual([]);
    }
  });

  it('have times in order', () => {
    expect(
      tables.support_tickets.filter((row) => !notLater(row['opened_at'], row['first_response_at'])),
    ).toEqual([]);
    expect(
      tables.support_tickets.filter((row) => !notLater(row['first_response_at'], row['closed_at'])),
    ).toEqual([]);
    expect(tables.invoices.filter((row) => !notLater(row['issued_at'], row['paid_at']))).toEqual([]);
    expect(tables.invoices.filter((row) => !notLater(row['issued_at'], row['due_at']))).toEqual([]);
    expect(tables.incidents.filter((row) => !notLater(row['occurred_at'], row['resolved_at']))).toEqual([]);
    const early = tables.onboarding_milestones.filter(
      (row) => row['reached_at'] && row['reached_at'] < createdAt.get(row['account_id'])!,
    );
    expect(early).toEqual([]);
  });

  it('have scores on their scales, and hold what a company has', () => {
    const scales: Record<string, [number, number]> = { csat: [1, 10], nps: [0, 10], ces: [1, 7] };
    const off = tables.surveys.filter((row) => {
      const [low, high] = scales[row['kind']!]!;
      return Number(row['score']) < low || Number(row['score']) > high;
    });
    expect(off).toEqual([]);
    const returned = [...agreements.values()].filter(
      (rows) => rows.filter((row) => row['churn_kind']).length > 1,
    );
    const kinds = new Set(tables.subscriptions.map((row) => row['churn_kind']));
    const gaps = [...agreements.values()].filter((rows) =>
      rows.slice(0, -1).some((row) => row['churn_kind']),
    );
    expect(kinds).toEqual(new Set([null, 'voluntary', 'involuntary']));
    expect(gaps.length + returned.length).toBeGreaterThan(0);
  });

  it('end where the truth says that accounts leave, on day 3 to 28 of the month', () => {
    const ends = tables.subscriptions
      .filter((row) => row['churn_kind'])
      .map((row) => `${row['account_id']} ${row['ended_at']} ${row['churn_kind']}`);
    const leaves = truth('leaves').map(
      (row) => `${row['account_id']} ${row['left_on']} ${row['churn_kind']}`,
    );
    expect(ends).toEqual(leaves);
    const days = leaves.map((leave) => Number(/-(\d\d) /.exec(leave)![1]));
    expect(Math.min(...days)).toBeGreaterThanOrEqual(3);
    expect(Math.max(...days)).toBeLessThanOrEqual(28);
  });

  it('have a hazard for exactly the accounts that were active on the first of a month', () => {
    const active = new Set(
      Array.from({ length: 14 }, (_, m) => new Date(Date.UTC(2023, m, 1)).toISOString().slice(0, 10)).flatMap(
        (first) =>
          tables.subscriptions
            .filter((row) => dayNumber(row['started_at']!) < dayNumber(first) && dayNumber(first) < end(row))
            .concat(tables.subscriptions.filter((row) => row['started_at'] === first))
            .map((row) => `${row['account_id']} ${first}`),
      ),
    );
    expect(new Set(truth('hazards').map((row) => `${row['account_id']} ${row['month']}`))).toEqual(active);
  });
});
