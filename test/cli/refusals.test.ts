import { describe, it } from 'vitest';
import { openSink } from '../../src/sources/writing/sink.js';
import { customerRows, delimited, trainArgs, withColumn } from './customers.js';
import { expectRefusal, makeWorkplace } from './workplace.js';

const place = makeWorkplace();
const rows = customerRows(60);
const header = rows[0]!;
const csv = delimited(rows);

interface Case {
  readonly what: string;
  readonly text: string;
  readonly message: RegExp;
  readonly args?: readonly string[];
}

const tables: Case[] = [
  { what: 'an empty file', text: '', message: /t\.csv is empty/ },
  { what: 'blank lines alone', text: '\n \n\n', message: /t\.csv .*(empty|no)/ },
  { what: 'a header alone', text: delimited([header]), message: /t\.csv has a header and no rows/ },
  {
    what: 'three rows',
    text: delimited(rows.slice(0, 4)),
    message: /needs at least 10 churned and 10 staying/,
  },
  {
    what: 'a target that is not there',
    text: delimited([header.map((name) => name.replace('churned', 'Churned?')), ...rows.slice(1)]),
    message: /target column "churned" is not in the table; did you mean "Churned\?"/,
  },
  {
    what: 'a target of one level',
    text: delimited(withColumn(rows, 'churned', () => 'no')),
    message: /target "churned" is constant, found only "no" \(60 rows\)/,
  },
  {
    what: 'a target that is always missing',
    text: delimited(withColumn(rows, 'churned', () => 'NA')),
    message: /target "churned" is missing in all of its 60 rows/,
  },
  {
    what: 'a target of three levels',
    text: delimited(withColumn(rows, 'churned', (cell, row) => (row % 5 ? cell : 'paused'))),
    message: /target "churned" has 3 levels where two are needed.*--positive/,
  },
  {
    what: 'a target that does not say which level means leaving',
    text: delimited(withColumn(rows, 'churned', (cell) => (cell === 'yes' ? 'A' : 'B'))),
    message: /levels do not say which one means leaving.*--positive/,
  },
  {
    what: 'an id that is not there',
    text: delimited([['ID ', ...header.slice(1)], ...rows.slice(1)]),
    message: /train: a column is missing: "id" \(nearest: "ID"\)/,
  },
  {
    what: 'an id that stands for two rows',
    text: delimited(withColumn(rows, 'id', (cell, row) => (row === 41 ? 'c7' : cell))),
    message: /id column "id" must name each row once; "c7" stands in rows 7 and 42/,
  },
  {
    what: 'an id that is always missing',
    text: delimited(withColumn(rows, 'id', () => '-')),
    message: /found 0 churned and 0 staying, 60 rows set aside \(in 60 the id is missing\)/,
  },
  {
    what: 'nothing to learn from',
    text: delimited(rows.map((row) => [row[0]!, row[5]!])),
    message: /no column is left to learn from/,
  },
  {
    what: 'features that are all missing',
    text: delimited(rows.map((row, i) => [row[0]!, i === 0 ? 'use' : 'NA', row[5]!])),
    message: /no column is left to learn from/,
  },
  {
    what: 'a time column without dates',
    text: csv,
    args: ['--time', 'plan'],
    message: /plan.*date/,
  },
  { what: 'a group that is not there', text: csv, args: ['--group', 'region'], message: /"region"/ },
  {
    what: 'a column to allow that is not there',
    text: csv,
    args: ['--allow', 'usage'],
    message: /"usage"/,
  },
  {
    what: 'a level that the target lacks',
    text: csv,
    args: ['--positive', 'gone'],
    message: /no level "gone"/,
  },
];

describe('train refuses', () => {
  it.each(tables)('$what', async ({ text, message, args = [] }) => {
    place.write('t.csv', text);
    await expectRefusal(place, [...trainArgs('t.csv'), ...args], message);
  });

  it('a folder as its place that holds something else', async () => {
    place.write('t.csv', csv);
    place.write('taken/diary.txt', 'mine');
    await expectRefusal(
      place,
      trainArgs('t.csv', 'taken'),
      /cannot write taken: it holds something else, "diary.txt"/,
    );
  });
});

const files: { what: string; name: string; bytes: () => Promise<Uint8Array | string>; message: RegExp }[] = [
  {
    what: 'a Parquet file cut short',
    name: 't.parquet',
    bytes: cutParquet,
    message: /t\.parquet .*cut short/,
  },
  {
    what: 'text that calls itself Parquet',
    name: 'text.parquet',
    bytes: async () => csv,
    message: /text\.parquet is not what its extension \.parquet says/,
  },
  { what: 'an empty file', name: 'empty.jsonl', bytes: async () => '', message: /empty\.jsonl is empty/ },
];

describe('every command refuses', () => {
  it.each(files)('$what', async ({ name, bytes, message }) => {
    place.write(name, await bytes());
    await expectRefusal(place, trainArgs(name), message);
    await expectRefusal(place, ['check', name, '--out', 'checked'], message);
  });

  it('a file that is not there, and a folder that is no workspace', async () => {
    await expectRefusal(place, trainArgs('none.csv'), /none\.csv does not exist/);
    await expectRefusal(place, ['check', '.', '--out', 'checked'], /\. has no churnlab\.config\.ts/);
  });
});

/** The first half of a Parquet file. */
async function cutParquet(): Promise<Uint8Array> {
  const path = place.path('whole.parquet');
  const sink = await openSink(path, [{ name: 'id', kind: 'text' }]);
  await sink.append([Array.from({ length: 5000 }, (_, i) => `c${i}`)]);
  await sink.finish();
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(path);
  return bytes.subarray(0, bytes.length / 2);
}
