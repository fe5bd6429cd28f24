import { describe, expect, it } from 'vitest';
import { type Aspect, aspectFacts } from '../../../src/simulation/tables/aspects.js';
import { simulateTables } from '../../../src/simulation/tables/simulate.js';
import type { SimulatedTable } from '../../../src/simulation/tables/table.js';
import { dayNumber, grouped, type Row, rowsOf } from './read-tables.js';

const { tables, truth } = simulateTables({ scenario: 'many-sided', accounts: 1200, months: 18, seed: 8 });
const leaves = grouped(rowsOf(truth['leaves'] as SimulatedTable), (row) => row['cause']!);

/** What each aspect's trouble does to its table: rows to count, and whether they get more or fewer. */
const signs: Partial<
  Record<Aspect, { table: SimulatedTable; at: string; holds?: (row: Row) => boolean; rises: boolean }>
> = {
  usage: { table: tables.usage_events, at: 'occurred_at', rises: false },
  support: { table: tables.support_tickets, at: 'opened_at', rises: true },
  community: { table: tables.community_activity, at: 'occurred_at', rises: false },
  incidents: { table: tables.incidents, at: 'occurred_at', rises: true },
  executive: {
    table: tables.relationship_events,
    at: 'occurred_at',
    holds: (row) => row['kind'] === 'executive_meeting' || row['kind'] === 'check_in',
    rises: false,
  },
  surveys: {
    table: tables.surveys,
    at: 'answered_at',
    holds: (row) => row['kind'] === 'csat' && Number(row['score']) < 5,
    rises: true,
  },
  self_sufficiency: {
    table: tables.self_service_events,
    at: 'occurred_at',
    holds: (row) => row['kind'] === 'search_without_result',
    rises: true,
  },
  invoices: {
    table: tables.invoices,
    at: 'issued_at',
    holds: (row) => Number(row['failed_payments']) > 0,
    rises: true,
  },
};

describe.each(Object.entries(signs))(
  '%s, among those who left of it',
  (aspect, { table, at, holds, rises }) => {
    const { leadDays } = aspectFacts[aspect as Aspect];
    const rows = grouped(
      rowsOf(table).filter((row) => holds?.(row) ?? true),
      (row) => row['account_id']!,
    );

    /** Rows per account whose age at leaving lies in [from, to) days. */
    const rate = (from: number, to: number): number => {
      const left = leaves.get(aspect)!;
      const count = left.reduce((sum, { account_id, left_on }) => {
        const ages = (rows.get(account_id!) ?? []).map((row) => dayNumber(left_on!) - dayNumber(row[at]!));
        return sum + ages.filter((age) => age >= from && age < to).length;
      }, 0);
      return count / left.length / (to - from);
    };

    it(`changes ${leadDays} days before, and not two weeks earlier`, () => {
      const before = rate(leadDays + 16, leadDays + 46);
      const justBefore = rate(leadDays + 3, leadDays + 17);
      const after = rate(leadDays - 28, leadDays - 3);
      const change = (a: number, b: number) => (rises ? a / Math.max(b, 1e-9) : b / Math.max(a, 1e-9));
      expect(change(after, before)).toBeGreaterThan(2);
      expect(change(after, justBefore)).toBeGreaterThan(1.8);
    });
  },
);

describe('agreements and milestones of those who left of them', () => {
  const agreements = grouped(rowsOf(tables.subscriptions), (row) => row['account_id']!);
  const changes = (cause: string, changed: (before: Row, after: Row) => boolean): number[] =>
    leaves.get(cause)!.flatMap(({ account_id, left_on }) => {
      const rows = agreements.get(account_id!)!.filter((row) => row['started_at']! < left_on!);
      const index = rows.findLastIndex((row, i) => i > 0 && changed(rows[i - 1]!, row));
      return index < 0 ? [] : [dayNumber(left_on!) - dayNumber(rows[index]!['started_at']!)];
    });
  const isNear = (lead: number) => (days: number) => Math.abs(days - lead) <= 2;

  it('seats are cut the lead time before', () => {
    const days = changes('contract_growth', (a, b) => Number(b['seats']) <= 0.8 * Number(a['seats']));
    expect(days).toHaveLength(leaves.get('contract_growth')!.length);
    expect(days.filter(isNear(aspectFacts.contract_growth.leadDays)).length / days.length).toBeGreaterThan(
      0.9,
    );
  });

  it('annual agreements become monthly the lead time before', () => {
    const days = changes('renewal', (a, b) => a['term_months'] === '12' && b['term_months'] === '1');
    expect(days.every(isNear(aspectFacts.renewal.leadDays))).toBe(true);
  });

  it('the first milestone that is missed was due the lead time before', () => {
    const milestones = grouped(rowsOf(tables.onboarding_milestones), (row) => row['account_id']!);
    const days = leaves.get('onboarding')!.flatMap(({ account_id, left_on }) => {
      const missed = (milestones.get(account_id!) ?? []).find((row) => row['reached_at'] === null);
      return missed ? [dayNumber(left_on!) - dayNumber(missed['due_at']!)] : [];
    });
    expect(days.length).toBeGreaterThan(5);
    expect(days.every(isNear(aspectFacts.onboarding.leadDays))).toBe(true);
  });
});
