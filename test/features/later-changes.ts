import fc from 'fast-check';
import { CONTRACTS, TABLE_NAMES } from '../../src/contracts/catalogue.js';
import {
  type ContractColumn,
  contractColumns,
  sqlType,
  type TableName,
} from '../../src/contracts/contract.js';
import type { Cell, Database } from '../../src/sources/duckdb/database.js';
import { rowInstant, sqlInstant } from '../../src/timeline/as-of.js';

const YEAR = 365 * 86_400_000;

/** Something that happens to a table at the snapshot or after it. */
export type LaterChange = (database: Database) => Promise<void>;

/** Rows that happen later, rows that arrive later, cells that are filled in later, rows that are dropped later. */
export function laterChange(snapshot: number): fc.Arbitrary<LaterChange> {
  return fc
    .constantFrom(...TABLE_NAMES)
    .chain((table) =>
      fc.oneof(
        laterRow(table, snapshot),
        lateArrival(table, snapshot),
        laterCells(table, snapshot),
        deletion(table, snapshot),
      ),
    );
}

function laterRow(table: TableName, snapshot: number): fc.Arbitrary<LaterChange> {
  const later = fc.integer({ min: snapshot, max: snapshot + YEAR });
  return row(table, snapshot, (name) => (CONTRACTS[table].knownAt.includes(name) ? later : null)).map(
    append(table),
  );
}

function lateArrival(table: TableName, snapshot: number): fc.Arbitrary<LaterChange> {
  const later = fc.integer({ min: snapshot, max: snapshot + YEAR });
  return row(table, snapshot, (name) => (name === 'recorded_at' ? later : null)).map(append(table));
}

function laterCells(table: TableName, snapshot: number): fc.Arbitrary<LaterChange> {
  const { later } = CONTRACTS[table];
  const times = new Set(Object.values(later).filter((time) => time !== 'never'));
  const cells = contractColumns(CONTRACTS[table])
    .filter(({ name }) => name in later && !times.has(name))
    .map((column) => [column.name, anyCell(column, snapshot)] as const);
  const instants = [...times].map(
    (time) => [time, fc.integer({ min: snapshot, max: snapshot + YEAR })] as const,
  );
  return fc.record(Object.fromEntries([...cells, ...instants])).map((values) => async (database) => {
    for (const time of times) {
      const filled = Object.keys(values).filter((name) => name === time || later[name] === time);
      const set = filled.map((name) => `${name} = ${literal(table, name, values[name] as Cell)}`);
      await database.run(
        `UPDATE ${table} SET ${set.join(', ')} WHERE ${time} IS NULL OR ${time} >= ${sqlInstant(snapshot)}`,
      );
    }
  });
}

function deletion(table: TableName, snapshot: number): fc.Arbitrary<LaterChange> {
  const at = sqlInstant(snapshot);
  return fc.constant((database) =>
    database.run(
      `DELETE FROM ${table} WHERE ${rowInstant(CONTRACTS[table])} >= ${at} OR recorded_at >= ${at}`,
    ),
  );
}

/** A row of account `a`, with the columns that `fixed` names and whatever in the others. */
function row(
  table: TableName,
  snapshot: number,
  fixed: (name: string) => fc.Arbitrary<Cell> | null,
): fc.Arbitrary<Record<string, Cell>> {
  const columns = contractColumns(CONTRACTS[table]).map((column) => {
    const { name } = column;
    const cell = name === 'account_id' && table !== 'accounts' ? fc.constant('a') : anyCell(column, snapshot);
    return [name, fixed(name) ?? cell] as const;
  });
  return fc.record(Object.fromEntries(columns)) as fc.Arbitrary<Record<string, Cell>>;
}

function anyCell({ name, kind, required, cell }: ContractColumn, snapshot: number): fc.Arbitrary<Cell> {
  const words = (cell as { options?: string[] }).options ?? ['high', 'c1', 'u1'];
  const value: fc.Arbitrary<Cell> = {
    instant: fc.integer({ min: snapshot - YEAR, max: snapshot + YEAR }),
    text: name.endsWith('_id') ? fc.uuid() : fc.constantFrom(...words),
    choice: fc.constantFrom(...words),
    cents: fc.integer(),
    count: fc.nat(),
    number: fc.double({ min: 1, max: 7, noNaN: true }),
    flag: fc.boolean(),
  }[kind];
  return required ? value : fc.option(value);
}

function append(table: TableName): (values: Record<string, Cell>) => LaterChange {
  return (values) => (database) => {
    const names = Object.keys(values);
    const cells = names.map((name) => literal(table, name, values[name]!));
    return database.run(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${cells.join(', ')})`);
  };
}

function literal(table: TableName, name: string, cell: Cell): string {
  if (cell === null) return 'NULL';
  const { kind } = contractColumns(CONTRACTS[table]).find((column) => column.name === name)!;
  if (kind === 'instant') return sqlInstant(Number(cell));
  return `CAST('${cell}' AS ${sqlType(kind)})`;
}
