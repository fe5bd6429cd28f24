import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { lambdaPath } from '../../../src/models/logistic/lambda-path.js';
import { fitLogistic, fitLogisticPath, logisticSchema } from '../../../src/models/logistic/logistic.js';
import { contributionsLogistic, predictLogistic } from '../../../src/models/logistic/predict.js';
import { type Column, makeTable } from '../../../src/tables/table.js';
import { describeModelLaws, lawTrainingSet } from '../../laws/model-laws.js';

for (const [name, penalty] of Object.entries({
  ridge: { l1: 0, l2: 0.01 },
  'elastic net': { l1: 0.01, l2: 0.001 },
  'no penalty': { l1: 0, l2: 0 },
})) {
  describeModelLaws(`logistic, ${name}`, {
    fit: (train) => fitLogistic(train, penalty),
    predict: predictLogistic,
    schema: logisticSchema,
    contributions: contributionsLogistic,
    weightsWithin: 1e-4,
  });
}

it('agrees with scikit-learn on a table with missing cells', () => {
  const reference = JSON.parse(
    readFileSync(new URL('../../references/elastic-net.json', import.meta.url), 'utf8'),
  );
  const { tenure, spend, plan, scores } = reference.table;
  const levels = ['Month', 'Year'];
  const table = makeTable([
    numbers('tenure', tenure),
    numbers('spend', spend),
    {
      kind: 'category',
      name: 'plan',
      levels,
      codes: Int32Array.from(plan, (p: string) => levels.indexOf(p)),
    },
  ]);
  const fitted = fitLogistic(
    { table, churned: Uint8Array.from(reference.churned), weights: null },
    { l1: 0, l2: 0.01 },
  );
  const gaps = predictLogistic(fitted, table).map((score, row) => Math.abs(score - scores[row]));
  expect(Math.max(...gaps)).toBeLessThan(1e-6);
});

describe('fitLogistic', () => {
  const churned = Uint8Array.of(1, 1, 1, 0, 1, 0, 0, 0);
  const plans: Column = {
    kind: 'category',
    name: 'plan',
    codes: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1),
    levels: ['Month', 'Year'],
  };

  it('with hardly any penalty gives each of two levels its own rate: 3/4 and 1/4', () => {
    const table = makeTable([plans]);
    const scores = predictLogistic(fitLogistic({ table, churned, weights: null }, { l1: 0, l2: 0 }), table);
    expect(scores[0]).toBeCloseTo(Math.log(3), 4);
    expect(scores[7]).toBeCloseTo(Math.log(1 / 3), 4);
  });

  it('gives an unseen level the plain mean of the levels, or the missing level when it learned one', () => {
    const table = makeTable([plans]);
    const fitted = fitLogistic({ table, churned, weights: null }, { l1: 0, l2: 0.1 });
    const [term] = fitted.terms;
    expect(term).toMatchObject({ kind: 'category', missing: 0 });
    expect((term as { coefficients: number[] }).coefficients.reduce((a, b) => a + b)).toBeCloseTo(0, 8);
    const unseen = makeTable([{ ...plans, levels: ['Other', 'Else'] }]);
    expect(predictLogistic(fitted, unseen)[0]).toBe(fitted.intercept);

    const codes = Int32Array.of(0, 0, 0, 0, 1, 1, -1, -1);
    const withMissing = makeTable([{ ...plans, codes }]);
    const learned = fitLogistic({ table: withMissing, churned, weights: null }, { l1: 0, l2: 0.1 });
    expect(learned.terms[0]!.missing).toBeLessThan(-0.1);
    expect(predictLogistic(learned, unseen)[0]).toBe(predictLogistic(learned, withMissing)[7]);
  });

  it.each([
    ['days', (months: number) => 1e6 + months * 30.4],
    ['a unit whose squares overflow', (months: number) => months * 1e200],
  ])('does not care about the unit of a number: %s', (_, convert) => {
    const train = lawTrainingSet(300, seededRandom(1));
    const tenure = train.table.columns[0] as Column & { kind: 'number' };
    const converted = { ...tenure, values: tenure.values.map(convert) };
    const other = { ...train, table: makeTable([converted, ...train.table.columns.slice(1)]) };
    const penalty = { l1: 0.005, l2: 0.005 };
    const scores = predictLogistic(fitLogistic(train, penalty), train.table);
    const gaps = predictLogistic(fitLogistic(other, penalty), other.table).map((s, row) => s - scores[row]!);
    expect(Math.max(...gaps.map(Math.abs))).toBeLessThan(1e-6);
  });

  it('stays finite on separated outcomes and says so', () => {
    const table = makeTable([numbers('usage', [1, 2, 3, 4, 5, 6, 7, 8])]);
    const apart = Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0);
    const fitted = fitLogistic({ table, churned: apart, weights: null }, { l1: 0, l2: 0 });
    expect(fitted.notes.map(({ kind }) => kind)).toEqual(['separation']);
    expect(predictLogistic(fitted, table).every(Number.isFinite)).toBe(true);
    expect(fitLogistic({ table, churned, weights: null }, { l1: 0, l2: 0 }).notes).toEqual([]);
  });

  it('explains against the training mean: the pushes of each feature average 0', () => {
    const train = lawTrainingSet(300, seededRandom(2));
    const weights = Float64Array.from(train.churned, (_, row) => (row % 4) + 0.5);
    const fitted = fitLogistic({ ...train, weights }, { l1: 0, l2: 0.01 });
    const { features, values } = contributionsLogistic(fitted, train.table);
    features.forEach((_, at) => {
      const sum = weights.reduce((total, w, row) => total + w * values[row * features.length + at]!, 0);
      expect(sum).toBeCloseTo(0, 6);
    });
  });
});

describe('lambdaPath', () => {
  const train = lawTrainingSet(300, seededRandom(3));

  it('begins where every coefficient is 0 and grows weaker in equal ratios', () => {
    const path = lambdaPath(train, { mix: 0.5, steps: 5 });
    const ratios = path.slice(1).map((penalty, i) => penalty.l1 / path[i]!.l1);
    ratios.forEach((ratio) => {
      expect(ratio).toBeCloseTo(0.1, 9);
    });
    expect(path.every(({ l1, l2 }) => Math.abs(l1 - l2) < 1e-12)).toBe(true);

    const [first, second] = fitLogisticPath(train, path);
    const scores = predictLogistic(first!, train.table);
    expect(Math.max(...scores) - Math.min(...scores)).toBeLessThan(1e-9);
    expect(new Set(predictLogistic(second!, train.table)).size).toBeGreaterThan(10);
  });

  it('leads to the same models one by one as together', () => {
    const path = lambdaPath(train, { steps: 6 });
    fitLogisticPath(train, path).forEach((fitted, i) => {
      const alone = predictLogistic(fitLogistic(train, path[i]!), train.table);
      const gaps = predictLogistic(fitted, train.table).map((score, row) => Math.abs(score - alone[row]!));
      expect(Math.max(...gaps)).toBeLessThan(1e-6);
    });
  });
});

function numbers(name: string, values: readonly (number | null)[]): Column {
  return { kind: 'number', name, values: Float64Array.from(values, (value) => value ?? NaN) };
}
