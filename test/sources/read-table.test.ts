import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/sources/read-table.js';
import { cellRows, makeFolder, writeInto, writeParquet } from './table-files.js';

const folder = makeFolder();
const data = process.env.CHURNLAB_DATA ?? join(import.meta.dirname, '../../../shared/data');

describe('readTable', () => {
  it('joins chunks onto common levels, in order of first appearance', async () => {
    const lines = Array.from(
      { length: 30_000 },
      (_, row) => `${row},${['b', 'a', ''][row % 3]},${row % 13_000}`,
    );
    const path = writeInto(folder, 'long.csv', `id,plan,n\n7\n${lines.join('\n')}\n`);
    const { raw, read, rejects, sha256, format } = await readTable(path);
    expect([raw.rows, read, rejects.length, format]).toEqual([30_000, 30_001, 1, 'csv']);
    expect(raw.columns.map((column) => (column.kind === 'text' ? column.levels.length : -1))).toEqual([
      30_000, 3, 13_000,
    ]);
    expect(raw.columns[1]).toMatchObject({ name: 'plan', levels: ['b', 'a', ''] });
    expect(cellRows(raw).every((cells, row) => cells.join(',') === lines[row])).toBe(true);
    expect([raw.rowNumbers[0], raw.rowNumbers[29_999]]).toEqual([2, 30_001]);
    expect(sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'));
  });

  it('joins typed columns', async () => {
    const path = await writeParquet(
      join(folder, 'typed.parquet'),
      `SELECT i AS n, DATE '2024-01-01' AS d FROM range(20000) AS t (i)`,
    );
    const { raw } = await readTable(path);
    expect(raw.columns.map(({ kind }) => kind)).toEqual(['number', 'instant']);
    const [numbers] = raw.columns;
    expect(numbers?.kind === 'number' && numbers.values.every((value, row) => value === row)).toBe(true);
    expect(raw.rows).toBe(20_000);
  });

  it.skipIf(!existsSync(data)).each([
    ['telco/telco.csv', 7043, 21, []],
    ['bank-records/bank-records.csv', 10_000, 18, []],
    ['mlc-churn/mlc_churn.csv', 5000, 20, []],
    ['iranian-churn/Customer_Churn.csv', 3150, 14, ['header-renamed', 'header-renamed', 'header-renamed']],
    ['telco-tables/contract.csv', 7043, 8, []],
    ['ravenstack/ravenstack_support_tickets.csv', 2000, 9, []],
  ])('reads %s without a reject', async (name, rows, columns, notes) => {
    const { raw, read, notes: found } = await readTable(join(data, name));
    expect([read, raw.rows, raw.columns.length, found.map(({ kind }) => kind)]).toEqual([
      rows,
      rows,
      columns,
      notes,
    ]);
  });
});
