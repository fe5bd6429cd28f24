import type { TableName } from '../../contracts/contract.js';

/** What can be doubted. */
export const DOUBT_KINDS = [
  'unknown-account',
  'before-sign-up',
  'before-own-subscription',
  'before-first-subscription',
  'overlapping-subscriptions',
  'ended-before-started',
  'paid-before-issued',
  'due-before-issued',
  'closed-before-opened',
  'answered-before-opened',
  'resolved-before-occurred',
  'reached-before-sign-up',
  'recorded-before-happened',
  'after-closing',
  'after-leaving',
  'not-yet-happened',
  'flag-contradicts-events',
] as const;

/** What a doubt is about. */
export type DoubtKind = (typeof DOUBT_KINDS)[number];

/** What is done with rows in doubt: kept, dropped (and listed with the rejects), or the loading fails. */
export type DoubtAction = 'keep' | 'drop' | 'fail';

/** One thing to look for in one table. */
export interface DoubtCheck {
  readonly kind: DoubtKind;
  readonly table: TableName;
  readonly title: string;
  readonly explanation: string;
  /** What stands after FROM; the doubted table is `t`. */
  readonly from: string;
  readonly where: string;
  /** SQL for a text that shows the contradiction. */
  readonly example: string;
}

/** What the checks need to know of the company. */
export interface DoubtContext {
  /** As an SQL literal. */
  readonly observedUntil: string;
  /** Tables whose rows name a subscription while they are loaded. */
  readonly linked: ReadonlySet<TableName>;
  readonly hasSubscriptions: boolean;
  /** Where the accounts' flags of leaving are held against: a list of leavings, the subscriptions, or nothing. */
  readonly churnEvents: 'list' | 'subscriptions' | null;
}

/** An instant for an example. */
export function shown(column: string): string {
  return `coalesce(strftime(${column}, '%Y-%m-%d %H:%M'), 'nothing')`;
}
