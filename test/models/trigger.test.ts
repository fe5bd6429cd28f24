import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import {
  contributionsTrigger,
  describeTrigger,
  fitTrigger,
  predictTrigger,
  triggerSchema,
} from '../../src/models/trigger.js';
import { candidateCells } from '../../src/models/trigger-cells.js';
import { makeTable } from '../../src/tables/table.js';
import { describeModelLaws, lawTrainingSet } from '../laws/model-laws.js';

describeModelLaws('trigger', {
  fit: (train) => fitTrigger(train),
  predict: predictTrigger,
  schema: triggerSchema,
  contributions: contributionsTrigger,
  weightsWithin: 1e-9,
});

/** Ten rows: `plan` splits 4/5 from 1/5 churners, `tenure` below 3 splits 4/4 from 1/6. */
const ten = {
  table: makeTable([
    {
      kind: 'category',
      name: 'plan',
      codes: Int32Array.of(0, 0, 0, 0, 0, 1, 1, 1, 1, 1),
      levels: ['M', 'Y'],
    },
    { kind: 'number', name: 'tenure', values: Float64Array.of(1, 2, 9, 1, 5, 2, 7, NaN, 8, 6) },
  ]),
  churned: Uint8Array.of(1, 1, 1, 1, 0, 1, 0, 0, 0, 0),
  weights: null,
};

describe('fitTrigger', () => {
  it('takes the condition of lowest loss, rates smoothed by half a row each', () => {
    const fitted = fitTrigger(ten, { minLeafRows: 2 });
    expect(describeTrigger(fitted)).toBe('tenure < 5');
    expect(fitted.rowsInside).toBe(4);
    expect(fitted.inside).toBeCloseTo(Math.log(4.5 / 0.5), 12);
    expect(fitted.outside).toBeCloseTo(Math.log(1.5 / 5.5), 12);
    expect(fitted.baseline).toBeCloseTo(0.4 * fitted.inside + 0.6 * fitted.outside, 12);
  });

  it('needs enough rows on both sides, and prefers the riskier side of an even split', () => {
    const fitted = fitTrigger(ten, { minLeafRows: 5 });
    expect(describeTrigger(fitted)).toBe('plan is M');
    expect(fitted.inside).toBeCloseTo(Math.log(4.5 / 1.5), 12);
  });

  it('does not take a condition that all but a few rows meet', () => {
    const values = Float64Array.from({ length: 60 }, (_, row) => (row < 3 ? NaN : 1));
    const churned = Uint8Array.from(values, (value, row) => (Number.isNaN(value) || row === 59 ? 1 : 0));
    const table = makeTable([{ kind: 'number', name: 'seats', values }]);
    expect(fitTrigger({ table, churned, weights: null }).condition).toBeNull();
    expect(describeTrigger(fitTrigger({ table, churned, weights: null }, { minLeafRows: 3 }))).toBe(
      'seats is missing',
    );
  });

  it('gives the base rate when no condition holds for enough rows', () => {
    const fitted = fitTrigger(ten);
    expect(fitted.condition).toBeNull();
    expect([...predictTrigger(fitted, ten.table)]).toEqual(new Array(10).fill(0));
    expect(describeTrigger(fitted)).toBe('no condition on enough rows');
  });

  it('finds that missing itself is the alarm', () => {
    const churned = Uint8Array.from({ length: 60 }, (_, row) => (row % 2 ? 1 : 0));
    const values = Float64Array.from(churned, (y, row) => (y ? NaN : row));
    const table = makeTable([{ kind: 'number', name: 'seats', values }]);
    const fitted = fitTrigger({ table, churned, weights: null });
    expect(describeTrigger(fitted)).toBe('seats is missing');
    const pushes = contributionsTrigger(fitted, table).values;
    expect(pushes[1]).toBeCloseTo(fitted.inside - fitted.baseline, 12);
    expect(pushes[0]! + pushes[1]!).toBeCloseTo(0, 12);
  });

  it('finds a planted threshold among 20,000 distinct values to within one cut', () => {
    const random = seededRandom(3);
    const values = Float64Array.from({ length: 20_000 }, () => random.uniform());
    const churned = Uint8Array.from(values, (x) => (random.uniform() < (x < 0.3 ? 0.4 : 0.1) ? 1 : 0));
    const table = makeTable([{ kind: 'number', name: 'usage', values }]);
    const train = { table, churned, weights: null };
    const { condition } = fitTrigger(train);
    expect(condition).toMatchObject({ test: 'below', feature: 'usage' });
    expect(Math.abs((condition as { threshold: number }).threshold - 0.3)).toBeLessThan(1 / 100);
    // Missing, and below or at least each of 255 cuts.
    expect(candidateCells(table.columns[0]!, train)).toHaveLength(1 + 2 * 255);
  });

  it('says numbers and levels as people would', () => {
    expect(describeTrigger(fitTrigger(lawTrainingSet(400, seededRandom(11))))).toMatch(/^tenure < \d+$/);
  });
});
