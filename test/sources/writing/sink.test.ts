import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSink, type SinkColumn } from '../../../src/sources/writing/sink.js';
import { drain, makeFolder } from '../table-files.js';

const folder = makeFolder();
const SCORES: SinkColumn[] = [
  { name: 'id', kind: 'text' },
  { name: 'p', kind: 'number' },
  { name: 'rank', kind: 'integer' },
  { name: 'calls', kind: 'integer' },
];

function blank(rows: number): Float64Array {
  return new Float64Array(rows).fill(Number.NaN);
}

async function writeScores(path: string): Promise<number> {
  const sink = await openSink(path, SCORES);
  await sink.append([
    ['a', 'b', null],
    Float64Array.of(0.5, 0.1, Number.NaN),
    blank(3),
    Float64Array.of(1, 2, 3),
  ]);
  await sink.append([
    ['d', ''],
    Float64Array.of(0.5, 1e-7),
    blank(2),
    Float64Array.of(2 ** 53 - 1, Number.NaN),
  ]);
  return sink.finish({ orderBy: 'p', descending: true, rankColumn: 'rank' });
}

describe('writing a table', () => {
  it.each(['csv', 'tsv', 'parquet', 'json', 'jsonl', 'xlsx'])(
    'orders and ranks %s, ties as they came',
    async (extension) => {
      const path = join(folder, `it's "a" [b] *.${extension}`);
      expect(await writeScores(path)).toBe(5);
      const { source, rows } = await drain(path);
      const cells = rows.map((row) => row.map((cell) => cell || null));
      expect(source.columnNames).toEqual(['id', 'p', 'rank', 'calls']);
      expect(
        cells.map(([id, p, rank, calls]) => [id, p === null ? null : Number(p), Number(rank), calls]),
      ).toEqual([
        ['a', 0.5, 1, '1'],
        ['d', 0.5, 2, '9007199254740991'],
        ['b', 0.1, 3, '2'],
        [null, 1e-7, 4, null],
        [null, null, 5, '3'],
      ]);
    },
  );

  it('keeps the order of append, in any number of rows, with every null in its place', async () => {
    const path = join(folder, 'many.parquet');
    const sink = await openSink(path, [
      { name: 'n', kind: 'integer' },
      { name: 'text', kind: 'text' },
    ]);
    const text = (n: number) => (n % 3 === 0 ? null : `row ${n} ${'x'.repeat(n % 17)}`);
    for (let from = 0; from < 30_000; from += 5000) {
      const numbers = Float64Array.from({ length: 5000 }, (_, row) =>
        (from + row) % 7 ? from + row : Number.NaN,
      );
      await sink.append([numbers, Array.from({ length: 5000 }, (_, row) => text(from + row))]);
    }
    expect(await sink.finish()).toBe(30_000);
    const { rows } = await drain(path);
    expect(rows).toEqual(rows.map((_, n) => [n % 7 ? String(n) : null, text(n)]));
  });

  it('adds the rank as the last column where none has its name', async () => {
    const path = join(folder, 'added.csv');
    const sink = await openSink(path, [{ name: 'x', kind: 'text' }]);
    await sink.append([['b', 'a']]);
    await sink.finish({ orderBy: 'x', rankColumn: 'place' });
    expect(readFileSync(path, 'utf8')).toBe('x,place\na,1\nb,2\n');
  });

  it('neutralises texts and names that a spreadsheet would run, in csv, tsv and xlsx alone', async () => {
    const texts = ['=1+1', '+call', '-x', '@sum', '\ttab', '\rreturn', '-12.5', '+3', 'a=b', ''];
    const found: Record<string, unknown> = {};
    for (const extension of ['csv', 'tsv', 'xlsx', 'parquet', 'jsonl']) {
      const path = join(folder, `harmless.${extension}`);
      const sink = await openSink(path, [{ name: '=name', kind: 'text' }]);
      await sink.append([texts]);
      await sink.finish();
      const { source, rows } = await drain(path);
      found[extension] = [source.columnNames[0], ...rows.flat()];
    }
    const harmless = [
      "'=name",
      "'=1+1",
      "'+call",
      "'-x",
      "'@sum",
      "'\ttab",
      "'\rreturn",
      '-12.5',
      '+3',
      'a=b',
    ];
    expect(found).toEqual({
      csv: [...harmless, ''],
      tsv: [...harmless, ''],
      xlsx: harmless,
      parquet: ['=name', ...texts],
      jsonl: ['=name', ...texts],
    });
  });

  it('writes hostile texts and names so that they come back as they were', async () => {
    const texts = [
      'a,b',
      '"q""',
      'two\nlines',
      'a\r\nb',
      ' x ',
      'é😀',
      'null',
      'NULL',
      '\\N',
      "it's",
      'a\u0000b',
      '<b>',
    ];
    const name = 'a "b"; DROP TABLE stored; --';
    for (const extension of ['csv', 'tsv', 'parquet', 'json', 'jsonl']) {
      const path = join(folder, `hostile.${extension}`);
      const sink = await openSink(path, [{ name, kind: 'text' }]);
      await sink.append([texts]);
      await sink.finish();
      const { source, rows } = await drain(path);
      expect([source.columnNames, rows.flat()]).toEqual([[name], texts]);
    }
  });

  it('writes a number that is infinite as missing, so that JSON stays JSON', async () => {
    const path = join(folder, 'infinite.json');
    const sink = await openSink(path, [{ name: 'x', kind: 'number' }]);
    await sink.append([Float64Array.of(Number.POSITIVE_INFINITY, Number.NaN, 0.25)]);
    await sink.finish();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual([{ x: null }, { x: null }, { x: 0.25 }]);
  });

  it('leaves the old file until the new one is whole, and nothing after abort', async () => {
    const inside = makeFolder();
    const path = join(inside, 'scores.csv');
    writeFileSync(path, 'old');
    const sink = await openSink(path, SCORES);
    await sink.append([['a'], Float64Array.of(1), blank(1), blank(1)]);
    expect(readFileSync(path, 'utf8')).toBe('old');
    await sink.abort();
    expect(readdirSync(inside)).toEqual(['scores.csv']);
    expect(readFileSync(path, 'utf8')).toBe('old');
    await writeScores(path);
    expect(readdirSync(inside)).toEqual(['scores.csv']);
    expect(readFileSync(path, 'utf8')).toMatch(/^id,p,rank,calls\n/u);
  });

  it('refuses what cannot be written, before and after the rows', async () => {
    const inside = makeFolder();
    const number: SinkColumn[] = [{ name: 'A', kind: 'number' }];
    await expect(openSink(join(inside, 'x.txt'), number)).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('its extension must be one of .csv, .tsv, .parquet'),
    });
    await expect(
      openSink(join(inside, 'x.csv'), [...number, { name: 'a', kind: 'text' }]),
    ).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining('columns "A" and "a" have one name but for case'),
    });
    const nowhere = join(inside, 'missing', 'x.csv');
    await expect(openSink(nowhere, number)).rejects.toMatchObject({
      code: 'write-failed',
      message: `cannot write ${nowhere}: its folder does not exist`,
    });
    const sink = await openSink(join(inside, 'x.csv'), number);
    await sink.append([Float64Array.of(1)]);
    await expect(sink.finish({ orderBy: 'b' })).rejects.toMatchObject({
      code: 'bad-option',
      message: 'cannot order by "b": the columns are "A"',
    });
    await sink.abort();
    const clash = await openSink(join(inside, 'x.csv'), number);
    await expect(clash.finish({ rankColumn: 'a' })).rejects.toMatchObject({ code: 'bad-option' });
    expect(readdirSync(inside)).toEqual([]);
  });

  it('refuses more rows than a sheet holds', async () => {
    const inside = makeFolder();
    const path = join(inside, 'long.xlsx');
    const sink = await openSink(path, [{ name: 'x', kind: 'number' }]);
    await sink.append([new Float64Array(1_048_575)]);
    await expect(sink.append([new Float64Array(1)])).rejects.toMatchObject({
      code: 'write-failed',
      message: `cannot write ${path}: a sheet holds 1048575 rows and there are more; write .csv or .parquet`,
    });
    expect(readdirSync(inside)).toEqual([]);
  });
});
