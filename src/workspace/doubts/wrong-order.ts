import { CONTRACTS, TABLE_NAMES } from '../../contracts/catalogue.js';
import type { TableName } from '../../contracts/contract.js';
import { type DoubtCheck, type DoubtKind, shown } from './doubt.js';

const PAIRS: readonly { kind: DoubtKind; table: TableName; earlier: string; later: string; title: string }[] =
  [
    {
      kind: 'ended-before-started',
      table: 'subscriptions',
      earlier: 'started_at',
      later: 'ended_at',
      title: 'Subscriptions that ended before they started',
    },
    {
      kind: 'paid-before-issued',
      table: 'invoices',
      earlier: 'issued_at',
      later: 'paid_at',
      title: 'Invoices paid before they were issued',
    },
    {
      kind: 'due-before-issued',
      table: 'invoices',
      earlier: 'issued_at',
      later: 'due_at',
      title: 'Invoices due before they were issued',
    },
    {
      kind: 'closed-before-opened',
      table: 'support_tickets',
      earlier: 'opened_at',
      later: 'closed_at',
      title: 'Tickets closed before they were opened',
    },
    {
      kind: 'answered-before-opened',
      table: 'support_tickets',
      earlier: 'opened_at',
      later: 'first_response_at',
      title: 'Tickets answered before they were opened',
    },
    {
      kind: 'resolved-before-occurred',
      table: 'incidents',
      earlier: 'occurred_at',
      later: 'resolved_at',
      title: 'Incidents over before they began',
    },
  ];

/** Two instants of one row in the wrong order. */
export function wrongOrderChecks(): DoubtCheck[] {
  const arrivals = TABLE_NAMES.map((table) => ({
    kind: 'recorded-before-happened' as const,
    table,
    earlier: CONTRACTS[table].knownAt[0]!,
    later: 'recorded_at',
    title: 'Rows that were known before they happened',
  }));
  return [...PAIRS, ...arrivals].map(({ kind, table, earlier, later, title }) => ({
    kind,
    table,
    title,
    explanation: `Columns may be swapped, or ${later} may hold a plan and no fact; what is computed from the time between them is wrong.`,
    from: `${table} t`,
    where: `t.${later} < t.${earlier}`,
    example: `'${later} ' || ${shown(`t.${later}`)} || ', ${earlier} ' || ${shown(`t.${earlier}`)}`,
  }));
}
