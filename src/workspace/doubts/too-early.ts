import { CONTRACTS, TABLE_NAMES } from '../../contracts/catalogue.js';
import type { TableName } from '../../contracts/contract.js';
import { LINK_COLUMN } from '../table-writer.js';
import { type DoubtCheck, type DoubtContext, shown } from './doubt.js';

const EVENT_TABLES = TABLE_NAMES.filter((table) => table !== 'accounts' && table !== 'outreach');
const FIRST_STARTS =
  '(SELECT account_id, min(started_at) AS first_start FROM subscriptions GROUP BY account_id)';

/** Rows that happened before they could: before sign-up, before the subscription they belong to, before any. */
export function tooEarlyChecks({ linked, hasSubscriptions }: DoubtContext): DoubtCheck[] {
  return [
    ...EVENT_TABLES.map(beforeSignUp),
    ...[...linked].map(beforeOwnSubscription),
    ...(hasSubscriptions && !linked.has('usage_events') ? [beforeFirstSubscription()] : []),
  ];
}

function beforeSignUp(table: TableName): DoubtCheck {
  const instant = `t.${CONTRACTS[table].knownAt[0]!}`;
  return {
    kind: table === 'onboarding_milestones' ? 'reached-before-sign-up' : 'before-sign-up',
    table,
    title: 'Rows from before the account signed up',
    explanation:
      'The sign-up may have been written anew after a move between systems, or the rows may belong to another account. Features of the first weeks are wrong for them.',
    from: `${table} t JOIN accounts a USING (account_id)`,
    where: `${instant} < a.created_at`,
    example: `'account ' || t.account_id || ': ' || ${shown(instant)} || ' before sign-up ' || ${shown('a.created_at')}`,
  };
}

function beforeOwnSubscription(table: TableName): DoubtCheck {
  const instant = `t.${CONTRACTS[table].knownAt[0]!}`;
  return {
    kind: 'before-own-subscription',
    table,
    title: 'Rows from before the subscription that they name has started',
    explanation:
      'The rows, or the starts of the subscriptions, are not what they say; what is computed from them is noise.',
    from: `${table} t JOIN subscriptions s ON s.subscription_id = t.${LINK_COLUMN}`,
    where: `${instant} < s.started_at`,
    example: `'subscription ' || s.subscription_id || ': ' || ${shown(instant)} || ' before its start ' || ${shown('s.started_at')}`,
  };
}

function beforeFirstSubscription(): DoubtCheck {
  return {
    kind: 'before-first-subscription',
    table: 'usage_events',
    title: 'Usage from before the account first paid',
    explanation: 'A trial looks so. If there are none, the starts of the subscriptions are in doubt.',
    from: `usage_events t JOIN ${FIRST_STARTS} s USING (account_id)`,
    where: 't.occurred_at < s.first_start',
    example: `'account ' || t.account_id || ': ' || ${shown('t.occurred_at')} || ' before ' || ${shown('s.first_start')}`,
  };
}
