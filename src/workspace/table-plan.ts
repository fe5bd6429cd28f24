import { CONTRACTS } from '../contracts/catalogue.js';
import { type ContractColumn, contractColumns, type TableName } from '../contracts/contract.js';
import { badOption, type CellOrigin, ColumnPlanner, nearestAmong } from './column-origin.js';
import type { WorkspaceConfig } from './config.js';
import type { TableMapping } from './mapping.js';

export interface PlannedColumn {
  readonly column: ContractColumn;
  readonly origin: CellOrigin;
  /** The configuration's key, for messages. */
  readonly key: string;
}

/** How a file's rows become rows of a canonical table. */
export interface TablePlan {
  readonly table: TableName;
  readonly mapping: TableMapping;
  readonly key: string;
  readonly columns: readonly PlannedColumn[];
  readonly attributes: readonly PlannedColumn[];
  readonly churnFlag: PlannedColumn | null;
  /** All of these. */
  readonly all: readonly PlannedColumn[];
  /** The file's columns that nothing reads. */
  readonly unread: readonly string[];
}

const attributeColumn = (name: string): ContractColumn => ({
  ...contractColumns(CONTRACTS.accounts).find((column) => column.name === 'segment')!,
  name,
});
const flagColumn: ContractColumn = {
  ...contractColumns(CONTRACTS.support_tickets).find((column) => column.name === 'reopened')!,
  name: 'churn_flag',
};

/**
 * Holds a mapping against the columns that its file and joins have.
 *
 * @param names the file's columns, then the joins' as `as.column`
 * @throws ChurnError `missing-column` or `bad-option`, naming the key, the file and the nearest name
 */
export function planTable(
  table: TableName,
  mapping: TableMapping,
  key: string,
  names: readonly string[],
  config: WorkspaceConfig,
): TablePlan {
  const columns = contractColumns(CONTRACTS[table]);
  requireKnown(Object.keys(mapping.columns), columns, table, key);
  const planner = new ColumnPlanner(table, mapping, names, config);
  const planned = columns.map((column) => {
    const source = mapping.columns[column.name];
    const at = `${key}.columns.${column.name}`;
    if (source !== undefined) return { column, key: at, origin: planner.origin(column, source, at) };
    return { column, key: at, origin: planner.ownName(column, at) };
  });
  requireAccountsOnly(table, mapping, key);
  const attributes = Object.entries(mapping.attributes ?? {}).map(([name, source]) => {
    const at = `${key}.attributes.${name}`;
    const column = attributeColumn(name);
    return { column, key: at, origin: planner.origin(column, source, at) };
  });
  const flagKey = `${key}.churnFlag`;
  const churnFlag =
    mapping.churnFlag === undefined
      ? null
      : { column: flagColumn, key: flagKey, origin: planner.origin(flagColumn, mapping.churnFlag, flagKey) };
  for (const name of Object.keys(mapping.where ?? {})) planner.requireName(name, `${key}.where`);
  const all = [...planned, ...attributes, ...(churnFlag ? [churnFlag] : [])];
  const read = readNames(mapping, all);
  const unread = names.filter((name) => !read.has(name));
  return { table, mapping, key, columns: planned, attributes, churnFlag, all, unread };
}

/** The file's columns that something reads. */
function readNames({ where, join }: TableMapping, planned: readonly PlannedColumn[]): Set<string> {
  const read = new Set(Object.keys(where ?? {}));
  for (const { origin } of planned) if ('name' in origin) read.add(origin.name);
  for (const { on, as } of join) {
    for (const [theirs, ours] of Object.entries(on)) read.add(ours).add(`${as}.${theirs}`);
  }
  return read;
}

function requireKnown(
  names: readonly string[],
  columns: readonly ContractColumn[],
  table: TableName,
  key: string,
): void {
  const known = columns.map(({ name }) => name);
  for (const name of names) {
    if (known.includes(name)) continue;
    throw badOption(`${key}.columns`, `${table} has no column "${name}"${nearestAmong(name, known)}`);
  }
}

function requireAccountsOnly(table: TableName, mapping: TableMapping, key: string): void {
  if (table === 'accounts') return;
  for (const option of ['attributes', 'churnFlag'] as const) {
    if (mapping[option] !== undefined) throw badOption(`${key}.${option}`, 'is for accounts alone');
  }
}
