import { CHURN_FLAGS_TABLE } from '../table-writer.js';
import type { DoubtCheck, DoubtContext } from './doubt.js';

/** While a workspace is loaded: the accounts that the list of leavings names. */
export const CHURN_EVENTS_TABLE = 'churn_event_accounts';

/** Accounts whose flag of leaving says something else than the events do. */
export function churnFlagChecks({ churnEvents, observedUntil }: DoubtContext): DoubtCheck[] {
  if (churnEvents === null) return [];
  const left =
    churnEvents === 'list'
      ? `SELECT account_id FROM ${CHURN_EVENTS_TABLE}`
      : `SELECT account_id FROM subscriptions GROUP BY account_id HAVING bool_and(ended_at IS NOT NULL AND ended_at < ${observedUntil})`;
  const events = churnEvents === 'list' ? 'the list of leavings' : 'the subscriptions';
  return [
    {
      kind: 'flag-contradicts-events',
      table: 'accounts',
      title: `Accounts whose flag of leaving contradicts ${events}`,
      explanation:
        'One of the two is not what it says, or an account that came back has lost its flag. The label is made from the subscriptions; the flag is no feature.',
      from: `accounts t JOIN ${CHURN_FLAGS_TABLE} f USING (account_id)`,
      where: `f.flag <> (t.account_id IN (${left}))`,
      example: `'account ' || t.account_id || CASE WHEN f.flag THEN ': flagged, but not gone' ELSE ': not flagged, but gone' END || ' according to ${events}'`,
    },
  ];
}
