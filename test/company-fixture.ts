import { CONTRACTS, TABLE_NAMES } from '../src/contracts/catalogue.js';
import { contractColumns, createTableSql, sqlType, type TableName } from '../src/contracts/contract.js';
import { type Cell, openDatabase } from '../src/sources/duckdb/database.js';
import {
  type Company,
  type CompanySettings,
  CREATE_ATTRIBUTES_SQL,
  DEFAULT_CHURN_RULES,
  DEFAULT_STAGE_RULES,
} from '../src/workspace/company.js';

/** Rows by table; dates as ISO text, missing columns are missing cells. */
export type FixtureTables = Partial<Record<TableName, readonly Record<string, Cell>[]>>;

/** A small company in a real database. Close `database` when done. */
export async function makeCompany(
  tables: FixtureTables,
  settings: Partial<CompanySettings> = {},
  attributes: readonly { account_id: string; name: string; value: string | number }[] = [],
): Promise<Company> {
  const database = await openDatabase();
  for (const table of TABLE_NAMES) {
    await database.run(createTableSql(CONTRACTS[table]));
    const rows = tables[table] ?? [];
    if (rows.length === 0) continue;
    const columns = contractColumns(CONTRACTS[table]);
    const unknown = Object.keys(Object.assign({}, ...rows)).filter(
      (name) => !columns.some((column) => column.name === name),
    );
    if (unknown.length > 0) throw new Error(`${table} has no column ${unknown.join(', ')}`);
    const cells = columns.map(({ name, kind }) =>
      rows.map((row): Cell => {
        const value = row[name] ?? (name === 'currency' ? 'EUR' : null);
        return kind === 'instant' && typeof value === 'string' ? Date.parse(value) : value;
      }),
    );
    await database.append(
      table,
      [...columns.map(({ kind }) => sqlType(kind)), 'VARCHAR', 'BIGINT'],
      [...cells, rows.map(() => `${table}.csv`), rows.map((_, row) => row + 1)],
    );
  }
  await database.run(CREATE_ATTRIBUTES_SQL);
  await database.append(
    'account_attributes',
    ['VARCHAR', 'VARCHAR', 'VARCHAR', 'DOUBLE'],
    [
      attributes.map(({ account_id }) => account_id),
      attributes.map(({ name }) => name),
      attributes.map(({ value }) => (typeof value === 'string' ? value : null)),
      attributes.map(({ value }) => (typeof value === 'number' ? value : null)),
    ],
  );
  const kinds = new Map(attributes.map(({ name, value }) => [name, typeof value as 'string' | 'number']));
  return {
    database,
    settings: {
      name: 'fixture',
      currency: 'EUR',
      observedUntil: Date.UTC(2025, 0, 1),
      churn: DEFAULT_CHURN_RULES,
      stages: DEFAULT_STAGE_RULES,
      ...settings,
    },
    tables: new Set(TABLE_NAMES.filter((table) => (tables[table] ?? []).length > 0)),
    aspects: [],
    attributes: [...kinds].map(([name, kind]) => ({ name, kind: kind === 'string' ? 'text' : 'number' })),
  };
}
