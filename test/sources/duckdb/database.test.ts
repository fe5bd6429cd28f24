import { expect, it } from 'vitest';
import { openDatabase, type SqlType } from '../../../src/sources/duckdb/database.js';

const NUMBERS = [
  0,
  -1,
  1,
  2 ** 32,
  -(2 ** 32) - 1,
  2 ** 53 - 1,
  -(2 ** 53) + 1,
  1_706_659_200_123,
  -5_000_000_001,
];

it('appends numbers, instants, flags and texts as they are, over many batches, with gaps in any place', async () => {
  const database = await openDatabase();
  try {
    const types: SqlType[] = ['BIGINT', 'DOUBLE', 'TIMESTAMP', 'BOOLEAN', 'VARCHAR', 'BIGINT'];
    await database.run(
      'CREATE TABLE t (i BIGINT, d DOUBLE, t TIMESTAMP, b BOOLEAN, s VARCHAR, listed BIGINT)',
    );
    const rows = 5000;
    // Gaps in the first batch of 2,048 rows, none in the second, gaps again in the third.
    const isGap = (row: number) => (row < 2048 || row >= 4096) && row % 3 === 1;
    const integer = (row: number) => (isGap(row) ? Number.NaN : NUMBERS[row % NUMBERS.length]!);
    const instant = (row: number) =>
      isGap(row) ? Number.NaN : Date.UTC(1970, 0, 1) + (row - 2500) * 86_400_123;
    const orNull = (value: number) => (Number.isNaN(value) ? null : value);
    const column = (cell: (row: number) => number) =>
      Float64Array.from({ length: rows }, (_, row) => cell(row));
    await database.append('t', types, [
      column(integer),
      column((row) => integer(row) / 8),
      column(instant),
      column((row) => (isGap(row) ? Number.NaN : row % 2)),
      Array.from({ length: rows }, (_, row) => (isGap(row) ? null : `text ${row % 7} 😀`)),
      Array.from({ length: rows }, (_, row) => orNull(integer(row))),
    ]);
    const stored = await database.rows('SELECT * FROM t ORDER BY rowid');
    expect(stored).toEqual(
      Array.from({ length: rows }, (_, row) => ({
        i: orNull(integer(row)),
        d: orNull(integer(row) / 8),
        t: orNull(instant(row)),
        b: isGap(row) ? null : row % 2 === 1,
        s: isGap(row) ? null : `text ${row % 7} 😀`,
        listed: orNull(integer(row)),
      })),
    );
  } finally {
    await database.close();
  }
});
