import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drain, makeFolder, writeInto, writeParquet } from '../table-files.js';

const folder = makeFolder();

describe('reading Parquet', () => {
  it('maps every type of column', async () => {
    const path = await writeParquet(
      join(folder, 'types.parquet'),
      `SELECT * FROM (VALUES
        (1::TINYINT, 2.5::FLOAT, 12.30::DECIMAL(20, 2), true, DATE '2024-02-29', TIMESTAMP '2024-02-29 12:00:00.25',
         TIMESTAMPTZ '2024-02-29 12:00:00+02', 'text é', [1, 2], {'a': 1, 'b': 'x'}, '\\xC3\\xA9'::BLOB, TIME '12:30:00',
         '0194fdc2-fa2f-4cc0-81d3-ff12045b73c8'::UUID, 'NaN'::DOUBLE, 'infinity'::DOUBLE, 'infinity'::TIMESTAMP),
        (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
      ) AS t (tiny, float, decimal, yes, day, moment, zoned, words, list, struct, bytes, hour, uuid, nan, infinite, never)`,
    );
    const { source, rows, kinds } = await drain(path);
    expect(
      source.columnNames.map((name, index) => [name, kinds[index], rows[0]![index], rows[1]![index]]),
    ).toEqual([
      ['tiny', 'number', '1', null],
      ['float', 'number', '2.5', null],
      ['decimal', 'number', '12.3', null],
      ['yes', 'text', 'true', null],
      ['day', 'instant', '2024-02-29T00:00:00.000Z', null],
      ['moment', 'instant', '2024-02-29T12:00:00.250Z', null],
      ['zoned', 'instant', '2024-02-29T10:00:00.000Z', null],
      ['words', 'text', 'text é', null],
      ['list', 'text', '[1,2]', null],
      ['struct', 'text', '{"a":1,"b":"x"}', null],
      ['bytes', 'text', 'é', null],
      ['hour', 'text', '12:30:00', null],
      ['uuid', 'text', '0194fdc2-fa2f-4cc0-81d3-ff12045b73c8', null],
      ['nan', 'number', null, null],
      ['infinite', 'number', 'Infinity', null],
      ['never', 'instant', null, null],
    ]);
  });

  it('makes large integers numbers when all of them fit, text otherwise', async () => {
    const path = await writeParquet(
      join(folder, 'integers.parquet'),
      `SELECT * FROM (VALUES (9007199254740991, 9007199254740992, 1::HUGEINT, 18446744073709551615::UBIGINT, NULL::BIGINT),
        (-9007199254740991, 1, NULL, 0, NULL)) AS t (fits, over, huge, unsigned, missing)`,
    );
    const { rows, kinds } = await drain(path);
    expect(kinds).toEqual(['number', 'text', 'number', 'text', 'number']);
    expect(rows[0]).toEqual(['9007199254740991', '9007199254740992', '1', '18446744073709551615', null]);
  });

  it('gives the rows in file order with their numbers, texts of any length and nulls in place', async () => {
    const path = await writeParquet(
      join(folder, 'large.parquet'),
      `SELECT i AS id, CASE WHEN i % 3 = 0 THEN NULL ELSE repeat('ab', (i % 20)::INT) || i % 7 END AS words,
        CASE WHEN i % 5 > 0 THEN i / 4 END AS part FROM range(100000) AS t (i)`,
    );
    const { rows, rowNumbers } = await drain(path);
    expect(rowNumbers).toEqual(Array.from({ length: 100_000 }, (_, row) => row + 1));
    for (const [i, row] of rows.entries()) {
      const words = i % 3 === 0 ? null : 'ab'.repeat(i % 20) + (i % 7);
      const part = i % 5 > 0 ? String(i / 4) : null;
      if (row[0] !== String(i) || row[1] !== words || row[2] !== part)
        expect(row).toEqual([String(i), words, part]);
    }
  });

  it('reads names that SQL would choke on, and those that differ by case alone', async () => {
    const path = await writeParquet(
      join(folder, 'names.parquet'),
      `SELECT 1 AS "a ""b""; DROP TABLE x; --", 2 AS "😀", {'x': 1} AS "<b>", 3 AS " odd  name "`,
    );
    const { source, rows } = await drain(path);
    expect(source.columnNames).toEqual(['a "b"; DROP TABLE x; --', '😀', '<b>', 'odd name']);
    expect(rows).toEqual([['1', '2', '{"x":1}', '3']]);
  });

  it('takes a path with quotes, globs and key=value folders for what it is', async () => {
    await writeParquet(join(folder, 'xa.parquet'), 'SELECT 0 AS other');
    for (const name of [`it's "x" [a] *?.parquet`, '[a].parquet', 'x*.parquet', 'k=1/[b]?/x.parquet']) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      const path = await writeParquet(join(folder, name), 'SELECT 1 AS one');
      const { source, rows } = await drain(path);
      expect([source.columnNames, rows]).toEqual([['one'], [['1']]]);
    }
  });

  it('refuses a file without rows, cut short or damaged', async () => {
    const rows = 'SELECT i, hash(i) AS h, md5(i::VARCHAR) AS words FROM range(50000) AS t (i)';
    const bytes = readFileSync(await writeParquet(join(folder, 'whole.parquet'), rows));
    const none = await writeParquet(join(folder, 'none.parquet'), `${rows} LIMIT 0`);
    await expect(drain(none)).rejects.toMatchObject({
      code: 'bad-file',
      message: `${none} has columns and no rows`,
    });
    const damaged = Buffer.from(bytes);
    damaged.fill(0xff, 2000, 400_000);
    for (const content of [
      bytes.subarray(0, 100_000),
      bytes.subarray(0, bytes.length - 1),
      bytes.subarray(0, 4),
      damaged,
    ]) {
      const path = writeInto(folder, 'damaged.parquet', content);
      await expect(drain(path)).rejects.toMatchObject({
        code: 'bad-file',
        message: `${path} is not a readable Parquet file: it is damaged or cut short`,
      });
    }
  });
});
