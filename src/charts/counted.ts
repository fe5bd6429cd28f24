import type { Card } from '../training/card.js';

/**
 * What the figures of a run count: the accounts of a flat table, or the rows of dated tables. Such a row is an account
 * at a snapshot, and an account has as many as there are snapshots at which it was active.
 */
export type Counted = 'accounts' | 'rows';

export interface CountedOptions {
  /** Default `accounts`. */
  readonly counted?: Counted;
}

/** What the figures of this run count. */
export function countedIn({ company }: Pick<Card, 'company'>): Counted {
  return company === null ? 'accounts' : 'rows';
}

/** As the head of a table's column. */
export function countedTitle(counted: Counted): string {
  return { accounts: 'Accounts', rows: 'Rows' }[counted];
}
