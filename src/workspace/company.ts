import type { AspectDefinition } from '../contracts/aspect.js';
import type { TableName } from '../contracts/contract.js';
import type { Database } from '../sources/duckdb/database.js';

/** When an account counts as gone. */
export interface ChurnRules {
  /** `subscription`: no paid agreement any more; `inactivity`: no activity for `inactiveDays`. */
  readonly by: 'subscription' | 'inactivity';
  /** Days after the end of the last agreement within which a new one is a renewal and no come-back. */
  readonly graceDays: number;
  /** Without subscriptions: days without activity after which an account counts as gone. */
  readonly inactiveDays: number;
  /** Tables whose rows are activity. */
  readonly activity: readonly ('usage_events' | 'invoices')[];
  /** Revenue below this share of the snapshot's counts as leaving; `null` when a downgrade never does. */
  readonly downgradeShare: number | null;
  /** `voluntary`: accounts lost to failed payment are set apart. */
  readonly kinds: 'all' | 'voluntary';
}

/** When an account stands in which stage of its journey; days since the start of its present stay, and shares. */
export interface StageRules {
  /** Land ends once the account has used the product on `adoptActiveDays` days, or after `landDays` at the latest. */
  readonly landDays: number;
  readonly adoptActiveDays: number;
  /** Renew: a term that is longer than so many days ends within them. */
  readonly renewWithinDays: number;
  /** Expand: seats or revenue grew by this share within `expandLookbackDays`, or since the start of a younger stay. */
  readonly expandGrowth: number;
  readonly expandLookbackDays: number;
}

/** What the company's own rules and units are. */
export interface CompanySettings {
  readonly name: string;
  /** ISO 4217; every amount in the tables is in its minor unit. */
  readonly currency: string;
  /** First instant that is not observed any more, in milliseconds since 1970 UTC. */
  readonly observedUntil: number;
  readonly churn: ChurnRules;
  readonly stages: StageRules;
}

export const DEFAULT_CHURN_RULES: ChurnRules = {
  by: 'subscription',
  graceDays: 0,
  inactiveDays: 90,
  activity: ['usage_events', 'invoices'],
  downgradeShare: null,
  kinds: 'all',
};

export const DEFAULT_STAGE_RULES: StageRules = {
  landDays: 90,
  adoptActiveDays: 10,
  renewWithinDays: 90,
  expandGrowth: 0.05,
  expandLookbackDays: 180,
};

/** A column of the user's accounts beyond the contract; it has no history, so its value is that of the extraction. */
export interface AccountAttribute {
  readonly name: string;
  readonly kind: 'text' | 'number';
}

/**
 * A company's canonical tables in an embedded database: all twelve tables are there, those without data empty.
 * Instants are TIMESTAMP in UTC, amounts BIGINT in minor units of `settings.currency`. `account_attributes`
 * (`account_id`, `name`, `text`, `number`) holds the user's own columns of accounts.
 */
export interface Company {
  readonly database: Database;
  readonly settings: CompanySettings;
  /** Tables that have rows. */
  readonly tables: ReadonlySet<TableName>;
  readonly attributes: readonly AccountAttribute[];
  /** Aspects of the user's own, besides the built-in ones. */
  readonly aspects: readonly AspectDefinition[];
}

export const ATTRIBUTES_TABLE = 'account_attributes';

/** The statement that makes the table of the user's own account columns. */
export const CREATE_ATTRIBUTES_SQL = `CREATE TABLE ${ATTRIBUTES_TABLE} (account_id VARCHAR, name VARCHAR, text VARCHAR, number DOUBLE)`;
