import { nearestName } from '../cleaning/nearest-name.js';
import { CONTRACTS } from '../contracts/catalogue.js';
import { type ContractColumn, contractColumns, type TableName } from '../contracts/contract.js';
import { ChurnError } from '../errors.js';
import type { WorkspaceConfig } from './config.js';
import { type ColumnSource, originsOf, type TableMapping } from './mapping.js';

/** Milliseconds of the units that durations come in. */
const DURATIONS = { seconds: 1000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** How one canonical column (or attribute) gets its cells from a file's rows. */
export type CellOrigin =
  | {
      readonly from: 'column';
      /** Among the file's columns and those that joins add. */
      readonly name: string;
      readonly values: ReadonlyMap<string, string | number | boolean | null>;
      readonly major: boolean;
      /** A duration after another canonical column's instant. */
      readonly after: { readonly column: string; readonly unitMs: number } | null;
      readonly order: 'dmy' | 'mdy' | null;
      readonly timeZone: string;
    }
  | { readonly from: 'constant'; readonly text: string; readonly major: boolean; readonly timeZone: string }
  | { readonly from: 'row-number'; readonly prefix: string }
  | { readonly from: 'subscription'; readonly name: string }
  | {
      readonly from: 'other-tables';
      readonly instants: readonly { readonly table: TableName; readonly column: string }[];
    }
  | { readonly from: 'nowhere' };

/** Decides where the columns of one mapping get their cells from; what cannot be is an error that names the place. */
export class ColumnPlanner {
  constructor(
    private readonly table: TableName,
    private readonly mapping: TableMapping,
    private readonly names: readonly string[],
    private readonly config: WorkspaceConfig,
  ) {}

  /** A canonical column that the mapping does not name. */
  ownName(column: ContractColumn, key: string): CellOrigin {
    if (this.names.includes(column.name)) return this.origin(column, column.name, key);
    if (column.name === 'currency') {
      return { from: 'constant', text: this.config.currency, major: false, timeZone: 'UTC' };
    }
    if (!column.required) return { from: 'nowhere' };
    throw new ChurnError(
      'missing-column',
      `${key}: ${this.mapping.file} has no column "${column.name}" (${column.description}), which ${this.table} needs; say in the configuration where it comes from${nearestAmong(column.name, this.names)}`,
      { file: this.mapping.file, column: column.name },
    );
  }

  origin(column: ContractColumn, written: string | ColumnSource, key: string): CellOrigin {
    const source: ColumnSource = typeof written === 'string' ? { column: written } : written;
    const [origin, ...more] = originsOf(source);
    if (origin === undefined || more.length > 0) {
      throw badOption(key, 'needed: exactly one of column, constant, numbered, ofSubscription, earliest');
    }
    this.requireFit(column, source, key);
    const timeZone = source.timeZone ?? this.mapping.timeZone ?? this.config.timeZone;
    const major = source.unit === 'major';
    if (source.constant !== undefined)
      return { from: 'constant', text: String(source.constant), major, timeZone };
    if (source.numbered !== undefined) return { from: 'row-number', prefix: source.numbered };
    if (source.earliest !== undefined)
      return { from: 'other-tables', instants: source.earliest.map((text) => instantOf(text, key)) };
    if (source.ofSubscription !== undefined) {
      this.requireName(source.ofSubscription, key);
      return { from: 'subscription', name: source.ofSubscription };
    }
    this.requireName(source.column!, key);
    return {
      from: 'column',
      name: source.column!,
      values: new Map(Object.entries(source.values ?? {})),
      major,
      after: source.after === undefined ? null : this.duration(source.after, source.unit, key),
      order: source.order ?? null,
      timeZone,
    };
  }

  requireName(name: string, key: string): void {
    requireColumn(name, this.names, this.mapping.file, key);
  }

  /** Settings that would mean nothing on this column. */
  private requireFit({ kind, name }: ContractColumn, source: ColumnSource, key: string): void {
    const isDuration = source.after !== undefined;
    if (source.unit !== undefined) {
      const isMoneyUnit = source.unit === 'minor' || source.unit === 'major';
      if (isMoneyUnit && kind !== 'cents')
        throw badOption(key, `unit "${source.unit}" is for amounts of money`);
      if (!isMoneyUnit && !isDuration)
        throw badOption(key, `unit "${source.unit}" needs "after": the instant that the duration begins at`);
    }
    if (isDuration && kind !== 'instant') throw badOption(key, '"after" is for columns of instants');
    if ((source.order ?? source.timeZone) !== undefined && kind !== 'instant') {
      throw badOption(key, '"order" and "timeZone" are for columns of instants');
    }
    if (
      source.ofSubscription !== undefined &&
      (name !== 'account_id' || this.table === 'accounts' || this.table === 'subscriptions')
    ) {
      throw badOption(key, '"ofSubscription" is for account_id of tables of events');
    }
    if (source.earliest !== undefined && (this.table !== 'accounts' || name !== 'created_at')) {
      throw badOption(key, '"earliest" is for accounts.created_at');
    }
    if (source.numbered !== undefined && name !== CONTRACTS[this.table].key) {
      throw badOption(key, '"numbered" is for the id of a table');
    }
  }

  private duration(after: string, unit: ColumnSource['unit'], key: string) {
    const instants = contractColumns(CONTRACTS[this.table]).filter(({ kind }) => kind === 'instant');
    const found = instants.find(({ name }) => name === after);
    if (!found)
      throw badOption(
        key,
        `"after" must be one of ${instants.map(({ name }) => name).join(', ')}, found "${after}"`,
      );
    if (unit === undefined || unit === 'minor' || unit === 'major') {
      throw badOption(key, `"after" needs a unit: ${Object.keys(DURATIONS).join(', ')}`);
    }
    return { column: after, unitMs: DURATIONS[unit] };
  }
}

/** @throws ChurnError `missing-column` when the file (with its joins) lacks the column */
export function requireColumn(name: string, names: readonly string[], file: string, key: string): void {
  if (names.includes(name)) return;
  throw new ChurnError(
    'missing-column',
    `${key}: ${file} has no column "${name}"${nearestAmong(name, names)}`,
    {
      file,
      column: name,
    },
  );
}

/** The end of a message about a name that is not there: the nearest one, or all. */
export function nearestAmong(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  return nearest === null ? `; its columns are ${names.join(', ')}` : `; nearest: "${nearest}"`;
}

function instantOf(text: string, key: string): { table: TableName; column: string } {
  const [table = '', column = ''] = text.split('.');
  const contract =
    Object.hasOwn(CONTRACTS, table) && table !== 'accounts' ? CONTRACTS[table as TableName] : null;
  const found =
    contract && contractColumns(contract).find(({ name, kind }) => name === column && kind === 'instant');
  if (!contract || !found)
    throw badOption(key, `"earliest" needs columns such as subscriptions.started_at, found "${text}"`);
  return { table: contract.table, column };
}

/** An error about a place in the configuration. */
export function badOption(key: string, complaint: string): ChurnError {
  return new ChurnError('bad-option', `${key}: ${complaint}`, { key });
}
