import { CONTRACTS, TABLE_NAMES } from '../../src/contracts/catalogue.js';
import { contractColumns, sqlType, type TableName } from '../../src/contracts/contract.js';
import type { ScenarioName } from '../../src/simulation/tables/scenarios.js';
import { simulateTables } from '../../src/simulation/tables/simulate.js';
import type { SimulatedTable, TableColumn } from '../../src/simulation/tables/table.js';
import type { Cell } from '../../src/sources/duckdb/database.js';
import type { Company } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';

const DAY = 86_400_000;

export function cellsOf(column: TableColumn): Cell[] {
  if (column.kind === 'text') return [...column.cells];
  const scale = { number: 1, day: DAY, instant: 1000 }[column.kind];
  return Array.from(column.cells, (cell) => (Number.isNaN(cell) ? null : cell * scale));
}

async function fill({ database }: Company, table: TableName, simulated: SimulatedTable): Promise<void> {
  const columns = contractColumns(CONTRACTS[table]);
  const cells = columns.map(({ name, kind }): Cell[] => {
    const column = simulated.columns.find((candidate) => candidate.name === name);
    if (!column) return Array.from({ length: simulated.rows }, () => null);
    return kind === 'flag'
      ? cellsOf(column).map((cell) => (cell === null ? null : cell === 1))
      : cellsOf(column);
  });
  await database.append(
    table,
    [...columns.map(({ kind }) => sqlType(kind)), 'VARCHAR', 'BIGINT'],
    [...cells, cells[0]!.map(() => `${table}.csv`), cells[0]!.map((_, row) => row + 1)],
  );
}

export interface SimulatedCompanyOptions {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly accounts?: number;
  readonly months?: number;
}

/** A simulated company in a database; columns of accounts beyond the contract are attributes. Close `database` when done. */
export async function simulatedCompany({
  accounts = 1000,
  months = 24,
  ...options
}: SimulatedCompanyOptions): Promise<Company> {
  const { tables } = simulateTables({ accounts, months, ...options });
  const ofContract = new Set(contractColumns(CONTRACTS.accounts).map(({ name }) => name));
  const ids = cellsOf(tables.accounts.columns.find(({ name }) => name === 'account_id')!);
  const attributes = tables.accounts.columns
    .filter(({ name }) => !ofContract.has(name))
    .flatMap((column) =>
      cellsOf(column).flatMap((value, row) =>
        value === null
          ? []
          : [{ account_id: String(ids[row]), name: column.name, value: value as string | number }],
      ),
    );
  const company = await makeCompany({}, { observedUntil: Date.UTC(2023, months, 1) }, attributes);
  for (const table of TABLE_NAMES) await fill(company, table, tables[table]);
  return { ...company, tables: new Set(TABLE_NAMES.filter((table) => tables[table].rows > 0)) };
}
