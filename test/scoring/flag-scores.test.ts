import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { rowsOf } from '../../src/calibration/group-shifts.js';
import { applyRecipe } from '../../src/cleaning/recipe.js';
import { loadBundle, saveBundle } from '../../src/exports/bundle.js';
import { scoreFile } from '../../src/scoring/score-file.js';
import { readTable } from '../../src/sources/read-table.js';
import { cellText } from '../../src/tables/raw-table.js';
import { predictBeforeShifts, predictChurn } from '../../src/training/churn-model.js';
import { publishedFacts } from '../../src/training/group-calibration.js';
import type { Training } from '../../src/training/learn.js';
import { train } from '../../src/training/train.js';
import { delimited } from '../cli/customers.js';
import { makeFolder, writeInto } from '../sources/table-files.js';
import { flagWorld, flagWorldRows } from '../training/flag-world.js';

const folder = makeFolder();
const model = join(folder, 'model');
let training: Training;
beforeAll(async () => {
  training = await train(flagWorld(4_000, 1), { target: 'churned', id: 'id', timeBudgetSeconds: 1 });
  await saveBundle(model, training);
});

describe('a model trained where three harmless facts together are not', () => {
  it('publishes the flag and is right inside it on held-back rows', () => {
    const { card } = training;
    const [fact] = publishedFacts(card.flags);
    expect(fact!.conditions.map(({ feature }) => feature).sort()).toEqual([
      'cases_28d',
      'csat',
      'days_since_login',
    ]);
    const [inside] = card.insideFlags;
    expect(inside).toMatchObject({ name: fact!.expression, kind: 'flag', shifted: true, agrees: true });
    expect(inside!.meanBefore).toBeLessThan(0.21);
    expect(inside!.meanAfter).toBeGreaterThan(0.33);
    expect(card.evaluation.rows).toBe(800);
  });

  it('keeps the total right and gives no account away twice', () => {
    const { groupShifts } = training.model;
    expect(groupShifts.map(({ kind }) => kind)).toEqual(['flag', 'all']);
    expect(groupShifts[0]!.shift).toBeGreaterThan(0.8);
    expect(groupShifts[1]!.shift).toBeLessThan(0);
    expect(training.card.evaluation.expectedCount.ratio.value).toBeGreaterThan(0.85);
    expect(training.card.evaluation.expectedCount.ratio.value).toBeLessThan(1.18);
  });

  it('scores later accounts with the flags that they raise, shifted by as much', async () => {
    const input = writeInto(folder, 'later.csv', delimited(flagWorldRows(1_000, 2)));
    const out = join(folder, 's.csv');
    await scoreFile(input, { model, out });
    const bundle = await loadBundle(model);
    const [fact] = publishedFacts(bundle.flags);
    const { raw } = await readTable(input);
    const { table, ids } = applyRecipe(bundle.recipe, raw);
    const raises = rowsOf(fact!.conditions, table);
    const rowOf = new Map(ids.map((id, row) => [id, row]));
    const scores = (await readTable(out)).raw;
    const cell = (name: string, row: number) =>
      cellText(scores.columns.find((column) => column.name === name)!, row) ?? '';
    expect(scores.columns.map(({ name }) => name)).toEqual([
      'id',
      'churn_probability',
      'reasons',
      'flags',
      'risk_rank',
    ]);
    const before = predictBeforeShifts(bundle.model, table);
    const after = predictChurn(bundle.model, table);
    let raised = 0;
    for (let at = 0; at < scores.rows; at++) {
      const row = rowOf.get(cell('id', at))!;
      expect(cell('flags', at)).toBe(raises[row] === 1 ? fact!.expression : '');
      expect(Number(cell('churn_probability', at))).toBe(after[row]);
      expect(after[row]! > before[row]!).toBe(raises[row] === 1);
      raised += raises[row]!;
    }
    expect(raised).toBeGreaterThan(20);
  });
});
