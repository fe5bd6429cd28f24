import { type DoubtCheck, shown } from './doubt.js';

/** Each subscription beside the latest end of those of the account that started before it. */
const WITH_EARLIER = `(
  SELECT *, rowid AS own_row, max(coalesce(ended_at, TIMESTAMP 'infinity')) OVER (
    PARTITION BY account_id ORDER BY started_at, rowid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS earlier_end FROM subscriptions
)`;

/** An account that pays for two agreements at once. */
export function overlapChecks(): DoubtCheck[] {
  return [
    {
      kind: 'overlapping-subscriptions',
      table: 'subscriptions',
      title: 'Subscriptions that start before an earlier one of the account has ended',
      explanation: 'Right where an account may hold several. If it may not, revenue is counted twice.',
      from: `subscriptions t JOIN ${WITH_EARLIER} e ON e.own_row = t.rowid`,
      where: 't.started_at < e.earlier_end',
      example: `'account ' || t.account_id || ': starts ' || ${shown('t.started_at')} || ' while another runs'`,
    },
  ];
}
