import { describe, expect, it } from 'vitest';
import { CONTRACTS, TABLE_NAMES } from '../../src/contracts/catalogue.js';
import { type ContractColumn, contractColumns, type TableName } from '../../src/contracts/contract.js';
import { type Random, seededRandom } from '../../src/math/random.js';
import { withWorkspace } from './workspace-folder.js';

const GOOD_ROWS = 50;
const BAD_ROWS = 1000;

/** A cell that every contract allows; ids are the row's own. */
function goodCell({ kind, name, cell }: ContractColumn, table: TableName, row: number): string {
  if (name === CONTRACTS[table].key) return `${table}-${row}`;
  if (name === 'account_id') return `accounts-${row}`;
  if (kind === 'instant')
    return name === 'recorded_at' ? '' : `2024-01-${String((row % 28) + 1).padStart(2, '0')}`;
  if (kind === 'choice') return String((cell as unknown as { options: string[] }).options[0]);
  if (name === 'currency') return 'EUR';
  return kind === 'text' ? 'x' : kind === 'flag' ? 'yes' : '3';
}

const JUNK = [
  '',
  ' ',
  'NaN',
  '-',
  '=1+1',
  '9999-99-99',
  '2024-02-30',
  '1e999',
  '-7',
  '0x1f',
  '12,5,5',
  'ja',
  '\u0000',
  '😀',
  'x'.repeat(500),
  '1969-12-31',
  '2200-01-01',
  'NULL',
  '"',
];

/** A row with some good cells and some junk, at times with too few or too many cells or a quote left open. */
function badRow(table: TableName, random: Random, row: number): string {
  const cells = contractColumns(CONTRACTS[table]).map((column) => {
    const junk = JUNK[random.integer(JUNK.length)]!;
    return random.uniform() < 0.5
      ? goodCell(column, table, row % (GOOD_ROWS * 2))
      : random.uniform() < 0.7
        ? `"${junk.replaceAll('"', '""')}"`
        : junk.replaceAll('"', "'");
  });
  if (random.uniform() < 0.1) cells.pop();
  if (random.uniform() < 0.1) cells.push('more');
  return cells.join(',');
}

function tableFile(table: TableName, bad: readonly string[]): string {
  const columns = contractColumns(CONTRACTS[table]);
  const good = Array.from({ length: GOOD_ROWS }, (_, row) =>
    columns.map((column) => goodCell(column, table, row)).join(','),
  );
  return [columns.map(({ name }) => name).join(','), ...good, ...bad, ''].join('\n');
}

/** The rows of accounts that were there before, without where they came from. */
const goodRows = (table: TableName) =>
  `SELECT * EXCLUDE (source_file) FROM ${table} WHERE row_number <= ${GOOD_ROWS} ORDER BY row_number`;

describe('a thousand malformed rows in every table', () => {
  it('are kept or rejected, all counted, and leave the other rows as they were', async () => {
    const random = seededRandom(7);
    const files = (rows: number) =>
      Object.fromEntries(
        TABLE_NAMES.map((table) => [
          `${table}.csv`,
          tableFile(
            table,
            Array.from({ length: rows }, (_, row) => badRow(table, random, row)),
          ),
        ]),
      );
    const clean = await withWorkspace(files(0), null, async ({ company, intake }) => {
      expect(intake.rejectCount).toBe(0);
      return Promise.all(TABLE_NAMES.map((table) => company.database.rows(goodRows(table))));
    });
    await withWorkspace(files(BAD_ROWS), null, async ({ company, intake }) => {
      for (const { table, read, kept, rejected, skipped, dropped } of intake.tables) {
        expect([table, read]).toEqual([table, GOOD_ROWS + BAD_ROWS]);
        expect(kept + rejected).toBe(read);
        expect(skipped + dropped).toBe(0);
        expect(rejected).toBeGreaterThan(BAD_ROWS / 2);
        expect(await company.database.value(`SELECT count(*) FROM ${table}`)).toBe(kept);
        const rejectedRows = new Set(
          intake.rejects.filter((reject) => reject.table === table).map(({ rowNumber }) => rowNumber),
        );
        expect(rejectedRows.size).toBe(rejected);
      }
      expect(await Promise.all(TABLE_NAMES.map((table) => company.database.rows(goodRows(table))))).toEqual(
        clean,
      );
    });
  });
});
