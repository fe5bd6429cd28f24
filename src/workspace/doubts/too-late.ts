import { CONTRACTS, TABLE_NAMES } from '../../contracts/catalogue.js';
import type { TableName } from '../../contracts/contract.js';
import { type DoubtCheck, type DoubtContext, shown } from './doubt.js';

/** What only somebody who is still there does. */
const ACTIVITY: readonly TableName[] = [
  'usage_events',
  'community_activity',
  'self_service_events',
  'relationship_events',
];
const LAST_ENDS =
  '(SELECT account_id, max(ended_at) AS last_end FROM subscriptions GROUP BY account_id HAVING count(*) = count(ended_at))';

/** Rows that happened after the account was gone, or that have not happened yet. */
export function tooLateChecks({ observedUntil, hasSubscriptions }: DoubtContext): DoubtCheck[] {
  return [
    ...ACTIVITY.map(afterClosing),
    ...(hasSubscriptions ? ACTIVITY.map(afterLeaving) : []),
    ...TABLE_NAMES.map((table) => notYetHappened(table, observedUntil)),
  ];
}

function afterClosing(table: TableName): DoubtCheck {
  const instant = `t.${CONTRACTS[table].knownAt[0]!}`;
  return {
    kind: 'after-closing',
    table,
    title: 'Activity after the account was closed',
    explanation: 'The closing date may be that of the paperwork, or the rows may be made by machines.',
    from: `${table} t JOIN accounts a USING (account_id)`,
    where: `${instant} >= a.closed_at`,
    example: `'account ' || t.account_id || ': ' || ${shown(instant)} || ' after closing ' || ${shown('a.closed_at')}`,
  };
}

function afterLeaving(table: TableName): DoubtCheck {
  const instant = `t.${CONTRACTS[table].knownAt[0]!}`;
  return {
    kind: 'after-leaving',
    table,
    title: "Activity after the account's last subscription ended",
    explanation:
      'Free use after leaving looks so. If there is none, the ends of the subscriptions are in doubt, and so is the label.',
    from: `${table} t JOIN ${LAST_ENDS} s USING (account_id)`,
    where: `${instant} >= s.last_end`,
    example: `'account ' || t.account_id || ': ' || ${shown(instant)} || ' after ' || ${shown('s.last_end')}`,
  };
}

function notYetHappened(table: TableName, observedUntil: string): DoubtCheck {
  const instant = `t.${CONTRACTS[table].knownAt[0]!}`;
  return {
    kind: 'not-yet-happened',
    table,
    title: 'Rows from after the end of the observation',
    explanation: 'Plans or typing errors; or observedUntil of the configuration is too early.',
    from: `${table} t`,
    where: `${instant} >= ${observedUntil}`,
    example: `'account ' || t.account_id || ': ' || ${shown(instant)}`,
  };
}
