import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyRecipe } from '../../src/cleaning/recipe.js';
import { loadBundle, saveBundle } from '../../src/exports/bundle.js';
import { rowsMeeting } from '../../src/models/condition.js';
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
  training = await train(flagWorld(8_000, 1, 0.6), { target: 'churned', id: 'id', timeBudgetSeconds: 1 });
  await saveBundle(model, training);
});

describe('a model trained where three harmless facts together are not', () => {
  it('publishes flags of all three and sets its probabilities beside the held-back rates', () => {
    const { card } = training;
    const [fact] = publishedFacts(card.flags);
    expect(fact!.conditions.map(({ feature }) => feature).sort()).toEqual([
      'cases_28d',
      'csat',
      'days_since_login',
    ]);
    const names = publishedFacts(card.flags).map(({ expression }) => expression);
    expect(card.insideFlags.map(({ name }) => name)).toEqual(names);
    for (const { kind, shifted, meanBefore, meanAfter, rate } of card.insideFlags) {
      expect({ kind, shifted }).toEqual({ kind: 'flag', shifted: true });
      expect(Math.abs(meanAfter - rate.value)).toBeLessThan(Math.abs(meanBefore - rate.value));
    }
  });

  it('takes from the rest what it adds inside, so that the total stays right', () => {
    const { groupShifts } = training.model;
    expect(groupShifts[0]!.shift).toBeGreaterThan(0.4);
    expect(groupShifts.at(-1)!.kind).toBe('all');
    expect(groupShifts.at(-1)!.shift).toBeLessThan(0);
    expect(training.card.evaluation.expectedCount.ratio.value).toBeGreaterThan(0.85);
    expect(training.card.evaluation.expectedCount.ratio.value).toBeLessThan(1.18);
  });

  it('scores later accounts with the flags that they raise', async () => {
    const input = writeInto(folder, 'later.csv', delimited(flagWorldRows(1_000, 2, 0.6)));
    const out = join(folder, 's.csv');
    await scoreFile(input, { model, out });
    const bundle = await loadBundle(model);
    const facts = publishedFacts(bundle.flags);
    const { raw } = await readTable(input);
    const { table, ids } = applyRecipe(bundle.recipe, raw);
    const raises = facts.map(({ conditions }) => rowsMeeting(conditions, table));
    const rowOf = new Map(ids.map((id, row) => [id, row]));
    const scores = (await readTable(out)).raw;
    expect(scores.columns.map(({ name }) => name)).toEqual([
      'id',
      'churn_probability',
      'reasons',
      'flags',
      'risk_rank',
    ]);
    const cell = (name: string, row: number) =>
      cellText(scores.columns.find((column) => column.name === name)!, row) ?? '';
    const before = predictBeforeShifts(bundle.model, table);
    const after = predictChurn(bundle.model, table);
    let raised = 0;
    for (let at = 0; at < scores.rows; at++) {
      const row = rowOf.get(cell('id', at))!;
      const own = facts.filter((_, i) => raises[i]![row] === 1).map(({ expression }) => expression);
      expect(cell('flags', at)).toBe(own.join('; '));
      expect(Number(cell('churn_probability', at))).toBe(after[row]);
      expect(after[row]! > before[row]!).toBe(own.length > 0);
      if (own.length > 0) raised++;
    }
    expect(raised).toBeGreaterThan(20);
  });
});
