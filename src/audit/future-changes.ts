import {
  type CellKind,
  type Contract,
  type ContractColumn,
  contractColumns,
  ORIGIN_COLUMNS,
} from '../contracts/contract.js';
import { quoteText } from '../sources/duckdb/sql-text.js';
import { rowInstant, sqlInstant } from '../timeline/as-of.js';

/** What is done to everything that a snapshot cannot know. */
export type FutureChange = 'append' | 'alter' | 'delete';

export const FUTURE_CHANGES: readonly FutureChange[] = ['append', 'alter', 'delete'];

/** Statements that change what a table says about the time from an instant on, and only that. */
export interface ChangePlan {
  /** A query for the number of rows that the statements touch. */
  readonly count: string;
  readonly statements: readonly string[];
}

/** At most so many rows of a table are appended for each of the two ways of being late. */
const APPENDED_ROWS = 20_000;
/** Instants move by up to so many days. */
const MOVED_DAYS = 60;

/**
 * Plans a change of everything in a table that was not known just before an instant: rows that happened or were
 * recorded at or after it, and cells of known rows that were filled in later.
 *
 * - `append`: copies of rows dated from the instant on, and copies dated as they were but recorded from the instant on;
 * - `alter`: every such row and cell gets other values, still of a time from the instant on; cells that are empty so
 *   far are filled in;
 * - `delete`: such rows go, such cells are emptied.
 *
 * @param seed makes the changed values
 */
export function planFutureChange(
  contract: Contract,
  change: FutureChange,
  before: number,
  seed: number,
): ChangePlan {
  const plan = new FutureSql(contract, sqlInstant(before), seed);
  if (change === 'append') return plan.append();
  return change === 'alter' ? plan.alter() : plan.delete();
}

class FutureSql {
  private readonly columns: readonly ContractColumn[];
  /** Whether a row was not known yet; a row that cannot be dated is never known. */
  private readonly isFuture: string;

  constructor(
    private readonly contract: Contract,
    private readonly at: string,
    private readonly seed: number,
  ) {
    this.columns = contractColumns(contract);
    const happened = rowInstant(contract);
    this.isFuture = `NOT coalesce(${happened} < ${at} AND (recorded_at IS NULL OR recorded_at < ${at}), false)`;
  }

  append(): ChangePlan {
    const { table } = this.contract;
    const sample = (salt: number) =>
      `(SELECT *, rowid FROM ${table} ORDER BY hash(rowid, ${this.seed + salt}), rowid LIMIT ${APPENDED_ROWS})`;
    const insert = (salt: number, cell: (column: ContractColumn) => string) => {
      const cells = this.columns.map((column) =>
        column.name === this.contract.key ? `${column.name} || ' appended ${salt}'` : cell(column),
      );
      const origin = Object.keys(ORIGIN_COLUMNS);
      return `INSERT INTO ${table} (${[...this.columns.map(({ name }) => name), ...origin].join(', ')}) SELECT ${[...cells, ...origin].join(', ')} FROM ${sample(salt)}`;
    };
    const dated = insert(1, ({ name, kind }) =>
      this.contract.knownAt.includes(name) ? this.later() : kind === 'instant' ? this.moved(name) : name,
    );
    const recorded = insert(2, ({ name }) => (name === 'recorded_at' ? this.later() : name));
    return {
      count: `SELECT 2 * least(count(*), ${APPENDED_ROWS}) FROM ${table}`,
      statements: [dated, recorded],
    };
  }

  alter(): ChangePlan {
    const cells = this.columns
      .filter(({ name }) => name !== 'account_id' && name !== this.contract.key)
      .map((column) => {
        const { name } = column;
        const changes = this.isLater(name) ? `(${this.isFuture} OR ${this.isUnfilled(name)})` : this.isFuture;
        return `${name} = CASE WHEN ${changes} THEN ${this.other(column)} ELSE ${name} END`;
      });
    return {
      count: `SELECT count(*) FROM ${this.contract.table} WHERE ${this.touched()}`,
      statements: [`UPDATE ${this.contract.table} SET ${cells.join(', ')}`],
    };
  }

  delete(): ChangePlan {
    const { table, later } = this.contract;
    const emptied = Object.keys(later).map(
      (name) => `${name} = CASE WHEN ${this.isUnfilled(name)} THEN NULL ELSE ${name} END`,
    );
    return {
      count: `SELECT count(*) FROM ${table} WHERE ${this.touched()}`,
      statements: [
        `DELETE FROM ${table} WHERE ${this.isFuture}`,
        ...(emptied.length > 0 ? [`UPDATE ${table} SET ${emptied.join(', ')}`] : []),
      ],
    };
  }

  private isLater(name: string): boolean {
    return this.contract.later[name] !== undefined;
  }

  /** Whether a cell that is filled in later was not known yet. */
  private isUnfilled(name: string): string {
    const when = this.contract.later[name]!;
    return when === 'never' ? 'true' : `NOT coalesce(${when} < ${this.at}, false)`;
  }

  private touched(): string {
    return [this.isFuture, ...Object.keys(this.contract.later).map((name) => this.isUnfilled(name))].join(
      ' OR ',
    );
  }

  private days(): string {
    return `to_days(CAST(hash(rowid, ${this.seed}) % ${MOVED_DAYS} AS INTEGER))`;
  }

  /** Some instant from the snapshot on. */
  private later(): string {
    return `${this.at} + ${this.days()}`;
  }

  private moved(name: string): string {
    return `${name} + ${this.days()}`;
  }

  /** Another value than the column's; instants only move forward, so that a late row stays late. */
  private other(column: ContractColumn): string {
    const { name, kind } = column;
    if (kind === 'instant') {
      return this.isLater(name)
        ? `greatest(coalesce(${name}, ${this.at}), ${this.at}) + ${this.days()}`
        : this.moved(name);
    }
    return otherValue[kind](column, `hash(rowid, ${this.seed})`);
  }
}

type Other = (column: ContractColumn, chance: string) => string;

const otherNumber: Other = ({ name }, chance) => `coalesce(${name}, 0) + 1 + CAST(${chance} % 9 AS BIGINT)`;

const otherValue: Record<Exclude<CellKind, 'instant'>, Other> = {
  text: ({ name }, chance) => `coalesce(${name}, '') || ' altered ' || ${chance} % 9`,
  choice: ({ cell }, chance) => {
    const words = (cell as unknown as { options: readonly string[] }).options;
    return `[${words.map(quoteText).join(', ')}][CAST(1 + ${chance} % ${words.length} AS INTEGER)]`;
  },
  cents: otherNumber,
  count: otherNumber,
  number: otherNumber,
  flag: ({ name }) => `NOT coalesce(${name}, false)`,
};
