import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyRecipe } from '../../src/cleaning/recipe.js';
import { scoreFile } from '../../src/scoring/score-file.js';
import { readTable } from '../../src/sources/read-table.js';
import { cellText } from '../../src/tables/raw-table.js';
import { predictChurn } from '../../src/training/churn-model.js';
import type { Training } from '../../src/training/learn.js';
import { customerRows, delimited, withColumn } from '../cli/customers.js';
import { makeFolder, writeInto } from '../sources/table-files.js';
import { saveSmall } from './small-bundle.js';

const folder = makeFolder();
const model = join(folder, 'model');
const out = join(folder, 's.csv');
let training: Training;
beforeAll(async () => {
  training = await saveSmall(model);
});

async function scored(file: string): Promise<string[][]> {
  const { raw } = await readTable(file);
  return Array.from({ length: raw.rows }, (_, row) =>
    raw.columns.map((column) => cellText(column, row) ?? ''),
  );
}

describe('scoreFile', () => {
  it('gives every row of a file of many chunks what its row gets alone', async () => {
    const rows = customerRows(10_000, 5);
    const input = writeInto(folder, 'many.csv', delimited(rows));
    const progress: number[] = [];
    const result = await scoreFile(input, { model, out, onProgress: (count) => progress.push(count) });
    expect(progress.length).toBeGreaterThan(1);
    expect(progress.at(-1)).toBe(10_000);
    expect(result).toMatchObject({ read: 10_000, scored: 10_000, rejected: 0, rejectsFile: null });
    const found = new Map((await scored(out)).map(([id, p]) => [id, Number(p)]));
    const { raw } = await readTable(input);
    const { table, ids } = applyRecipe(training.recipe, raw);
    const expected = predictChurn(training.model, table);
    for (const [row, id] of ids.entries()) expect(found.get(id!)).toBe(expected[row]);
    expect(result.expectedChurners).toBeCloseTo(
      expected.reduce((sum, p) => sum + p, 0),
      6,
    );
  });

  it('ranks ties in the order of the file', async () => {
    const [header, first] = customerRows(1);
    const same = ['a', 'b', 'c', 'd'].map((id) => [id, ...first!.slice(1)]);
    await scoreFile(writeInto(folder, 'ties.csv', delimited([header!, ...same])), { model, out });
    const rows = await scored(out);
    expect(rows.map(([id, , , , rank]) => [id, rank])).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', '3'],
      ['d', '4'],
    ]);
  });

  it('rejects rows that it cannot read or name, and counts them', async () => {
    const rows = withColumn(customerRows(6), 'use', (cell, row) => (row === 2 ? 'lots' : cell));
    rows[5]![0] = '';
    const result = await scoreFile(writeInto(folder, 'faults.csv', delimited(rows)), { model, out });
    expect(result).toMatchObject({ read: 6, scored: 4, rejected: 2, rejectsFile: `${out}.rejects.csv` });
    expect(readFileSync(`${out}.rejects.csv`, 'utf8')).toBe(
      'row,column,value,reason\n3,use,lots,not a number\n5,id,,id is missing\n',
    );
  });

  it('names every column that is missing before it writes anything', async () => {
    const before = readdirSync(folder);
    const input = writeInto(folder, 'narrow.csv', 'id,plan\na,pro\n');
    await expect(scoreFile(input, { model, out: join(folder, 'none.csv') })).rejects.toMatchObject({
      code: 'missing-column',
      message: expect.stringMatching(/3 columns are missing: "use", "age", "since"/),
    });
    expect(readdirSync(folder).sort()).toEqual([...before, 'narrow.csv'].sort());
  });

  it('writes only to endings that it knows', async () => {
    const input = writeInto(folder, 'ok.csv', delimited(customerRows(3)));
    await expect(scoreFile(input, { model, out: join(folder, 's.doc') })).rejects.toMatchObject({
      code: 'bad-option',
    });
  });
});
