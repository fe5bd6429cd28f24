import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyRecipe } from '../../src/cleaning/recipe.js';
import { auc } from '../../src/evaluation/roc.js';
import { evaluateFile } from '../../src/scoring/evaluate-file.js';
import { readTable } from '../../src/sources/read-table.js';
import { predictChurn } from '../../src/training/churn-model.js';
import type { Training } from '../../src/training/learn.js';
import { customerRows, delimited, withColumn } from '../cli/customers.js';
import { makeFolder, writeInto } from '../sources/table-files.js';
import { saveSmall } from './small-bundle.js';

const folder = makeFolder();
const model = join(folder, 'model');
let training: Training;
beforeAll(async () => {
  training = await saveSmall(model);
});

describe('evaluateFile', () => {
  it('judges the saved model on new rows of the same kind', async () => {
    const rows = customerRows(600, 9);
    const input = writeInto(folder, 'new.csv', delimited(rows));
    const { verdict, evaluation, differences, read, rejected } = await evaluateFile(input, { model });
    const { table } = applyRecipe(training.recipe, (await readTable(input)).raw);
    const churned = Uint8Array.from(rows.slice(1), (row) => (row.at(-1) === 'yes' ? 1 : 0));
    expect(evaluation.auc.value).toBe(auc(predictChurn(training.model, table), churned));
    expect([verdict.kind, read, rejected, evaluation.rows]).toEqual(['signal', 600, 0, 600]);
    expect(differences.map(({ against }) => against)).toEqual(['base-rate']);
    expect(differences[0]!.logLoss.high).toBeLessThan(0);
  });

  it('leaves out rows without outcome or with a broken cell, and lists them', async () => {
    const rows = withColumn(customerRows(40, 3), 'churned', (cell, row) => (row === 4 ? '' : cell));
    rows[9]![3] = 'old';
    const input = writeInto(folder, 'gaps.csv', delimited(rows));
    const { read, rejected, rejects, evaluation } = await evaluateFile(input, { model });
    expect([read, rejected, evaluation.rows]).toEqual([40, 2, 38]);
    expect(rejects.map(({ rowNumber, reason }) => [rowNumber, reason])).toEqual([
      [5, 'outcome is missing'],
      [9, 'not a number'],
    ]);
  });

  it('reads outcomes in other words for the same two levels, and refuses strange ones', async () => {
    const shouted = withColumn(customerRows(40, 3), 'churned', (cell) => cell.toUpperCase());
    const asWritten = await evaluateFile(writeInto(folder, 'a.csv', delimited(customerRows(40, 3))), {
      model,
    });
    const inCapitals = await evaluateFile(writeInto(folder, 'b.csv', delimited(shouted)), { model });
    expect(inCapitals.evaluation).toEqual(asWritten.evaluation);
    const strange = withColumn(customerRows(40, 3), 'churned', (cell) =>
      cell === 'yes' ? 'left' : 'stayed',
    );
    await expect(
      evaluateFile(writeInto(folder, 'c.csv', delimited(strange)), { model }),
    ).rejects.toMatchObject({
      code: 'bad-target',
      message: expect.stringMatching(/no level "yes", found "(left|stayed)"/),
    });
  });

  it('needs the outcome column', async () => {
    const rows = customerRows(10).map((row) => row.slice(0, -1));
    await expect(evaluateFile(writeInto(folder, 'd.csv', delimited(rows)), { model })).rejects.toMatchObject({
      code: 'bad-target',
      message: expect.stringMatching(/target column "churned" is not in the table/),
    });
  });
});
