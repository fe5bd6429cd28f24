import { TABLE_NAMES } from '../../contracts/catalogue.js';
import type { DoubtCheck } from './doubt.js';

/** Rows of accounts that the accounts' table does not have. */
export function unknownAccountChecks(): DoubtCheck[] {
  return TABLE_NAMES.filter((table) => table !== 'accounts').map((table) => ({
    kind: 'unknown-account',
    table,
    title: 'Rows of accounts that are not among the accounts',
    explanation:
      'Such rows belong to no account and are in no feature. Deleted accounts look so: without them, leaving is undercounted.',
    from: `${table} t`,
    where: 't.account_id NOT IN (SELECT account_id FROM accounts)',
    example: "'account ' || t.account_id",
  }));
}
