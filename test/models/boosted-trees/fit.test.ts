import { describe, expect, it } from 'vitest';
import { contributionsBoostedTrees } from '../../../src/explanation/tree-shap.js';
import { permutation, seededRandom } from '../../../src/math/random.js';
import { type BoostedTreesOptions, fitBoostedTrees } from '../../../src/models/boosted-trees/fit.js';
import { boostedTreesSchema } from '../../../src/models/boosted-trees/model.js';
import { predictBoostedTrees } from '../../../src/models/boosted-trees/predict.js';
import { sigmoid, type TrainingSet } from '../../../src/models/model.js';
import { type Column, makeTable, takeBytes, takeRows } from '../../../src/tables/table.js';
import { describeModelLaws, lawTrainingSet } from '../../laws/model-laws.js';

const SMALL: BoostedTreesOptions = { trees: 30, learningRate: 0.1, maxLeaves: 6, minLeafRows: 10 };

describeModelLaws('boosted trees', {
  fit: (train) => fitBoostedTrees(train, SMALL).fitted,
  predict: predictBoostedTrees,
  schema: boostedTreesSchema,
  contributions: contributionsBoostedTrees,
  weightsWithin: 1e-12,
});

describeModelLaws('sampled additive trees', {
  fit: (train, random) => {
    const options = { ...SMALL, maxLeaves: 2, rowShare: 0.7, columnShare: 0.6, seed: random.integer(1000) };
    return fitBoostedTrees(train, options).fitted;
  },
  predict: predictBoostedTrees,
  schema: boostedTreesSchema,
  contributions: contributionsBoostedTrees,
});

describe('fitBoostedTrees gives the same model, to the bit,', () => {
  const train = lawTrainingSet(600, seededRandom(3));
  const { fitted } = fitBoostedTrees(train, SMALL);
  const scores = predictBoostedTrees(fitted, train.table);

  it('for rows in another order', () => {
    const order = permutation(600, seededRandom(1));
    expect(fitBoostedTrees(takeTraining(train, order), SMALL).fitted).toEqual(fitted);
  });

  it('for repeated rows in place of weights, row counts included', () => {
    const weights = Float64Array.from(train.churned, (_, row) => row % 4);
    const repeated = [...weights].flatMap((weight, row) => new Array<number>(weight).fill(row));
    const byRows = fitBoostedTrees(takeTraining(train, repeated), { ...SMALL, maxBins: 16 });
    expect(fitBoostedTrees({ ...train, weights }, { ...SMALL, maxBins: 16 })).toEqual(byRows);
  });

  it('for columns in another order, also when two columns tie and columns are sampled', () => {
    const twin: Column = { ...train.table.columns[0]!, name: 'a twin' };
    const table = makeTable([...train.table.columns, twin]);
    const reversed = makeTable(table.columns.toReversed());
    expect(fitBoostedTrees({ ...train, table }, { ...SMALL, columnShare: 0.99 })).toEqual(
      fitBoostedTrees({ ...train, table }, SMALL),
    );
    for (const options of [SMALL, { ...SMALL, columnShare: 0.5 }]) {
      const one = fitBoostedTrees({ ...train, table }, options).fitted;
      const two = fitBoostedTrees({ ...train, table: reversed }, options).fitted;
      const nameOf = (model: typeof one) => (feature: number) => model.features[feature]?.name;
      expect(two.trees.map(({ feature }) => feature.map(nameOf(two)))).toEqual(
        one.trees.map(({ feature }) => feature.map(nameOf(one))),
      );
      expect(predictBoostedTrees(two, table)).toEqual(predictBoostedTrees(one, table));
    }
  });

  it('with a column of one value or of none', () => {
    const same: Column = { kind: 'number', name: 'a same', values: new Float64Array(600).fill(3) };
    const empty: Column = { kind: 'number', name: 'b empty', values: new Float64Array(600).fill(NaN) };
    const table = makeTable([...train.table.columns, same, empty]);
    for (const options of [SMALL, { ...SMALL, columnShare: 0.5 }]) {
      expect(fitBoostedTrees({ ...train, table }, options).fitted.trees).toEqual(
        fitBoostedTrees(train, options).fitted.trees,
      );
    }
  });

  it('for levels under other names and codes', () => {
    const renamed = train.table.columns.map((column): Column => {
      if (column.kind === 'number') return column;
      const last = column.levels.length - 1;
      const codes = column.codes.map((code) => (code < 0 ? -1 : last - code));
      return { ...column, codes, levels: column.levels.map((_, i) => `level ${i}`) };
    });
    const other = fitBoostedTrees({ ...train, table: makeTable(renamed) }, SMALL).fitted;
    expect(predictBoostedTrees(other, makeTable(renamed))).toEqual(scores);
  });
});

describe('fitBoostedTrees', () => {
  it('sends training rows, read as numbers and levels, to the leaves that counted them', () => {
    const train = nastyTrainingSet(800);
    const { fitted } = fitBoostedTrees(train, { ...SMALL, maxLeaves: 30, minLeafRows: 5, maxBins: 40 });
    for (const tree of fitted.trees) {
      const counted = new Map<number, number>();
      tree.feature.forEach((feature, node) => {
        if (feature < 0) add(counted, tree.value[node]!, tree.cover[node]!);
      });
      const reached = new Map<number, number>();
      for (const value of predictBoostedTrees({ ...fitted, baseScore: 0, trees: [tree] }, train.table)) {
        add(reached, value, 1);
      }
      expect(reached).toEqual(counted);
    }
  });

  it('adds a tree to rows by walking it, when rows are sampled, as to the rows of its leaves', () => {
    const train = lawTrainingSet(500, seededRandom(8));
    const whole = fitBoostedTrees(train, SMALL).fitted;
    expect(fitBoostedTrees(train, { ...SMALL, rowShare: 1 - 1e-12 }).fitted).toEqual(whole);
    const sampled = fitBoostedTrees(train, { ...SMALL, rowShare: 0.6 }).fitted;
    expect(sampled.trees[0]!.cover[0]).toBeGreaterThan(240);
    expect(sampled.trees[0]!.cover[0]).toBeLessThan(360);
  });

  it('keeps every leaf at its least weight and Hessian', () => {
    const train = lawTrainingSet(700, seededRandom(9));
    const weights = Float64Array.from(train.churned, (_, row) => 0.25 + (row % 5) / 3);
    const options = { ...SMALL, trees: 1, maxLeaves: 40, minLeafRows: 31, minLeafHessian: 4 };
    const { fitted } = fitBoostedTrees({ ...train, weights }, options);
    const leaves = new Map<number, number>();
    predictBoostedTrees(fitted, train.table).forEach((score, row) => {
      add(leaves, score, weights[row]!);
    });
    const rate = sigmoid(fitted.baseScore);
    expect(leaves.size).toBeGreaterThan(5);
    for (const weight of leaves.values()) {
      expect(weight).toBeGreaterThanOrEqual(31);
      expect(weight * rate * (1 - rate)).toBeGreaterThanOrEqual(4);
    }
  });

  it('keeps to maxLeaves and maxDepth', () => {
    const train = lawTrainingSet(900, seededRandom(10));
    const { fitted } = fitBoostedTrees(train, { ...SMALL, maxLeaves: 7, maxDepth: 3, trees: 3 });
    for (const { feature, left } of fitted.trees) {
      expect(feature).toHaveLength(13);
      const depth = new Map([[0, 0]]);
      left.forEach((child, node) => {
        if (child === 0) return;
        depth.set(child, depth.get(node)! + 1).set(child + 1, depth.get(node)! + 1);
      });
      expect(Math.max(...depth.values())).toBe(3);
    }
  });

  it('gives everybody the base rate when no leaf may be small enough to split', () => {
    const train = lawTrainingSet(30, seededRandom(4));
    const { fitted } = fitBoostedTrees(train, { ...SMALL, minLeafRows: 16 });
    const rate = train.churned.reduce((sum, y) => sum + y, 0) / 30;
    for (const score of predictBoostedTrees(fitted, train.table))
      expect(sigmoid(score)).toBeCloseTo(rate, 10);
  });

  it('gives more than 254 levels: the rare ones share a side, and are not lost', () => {
    const rows = 4000;
    const random = seededRandom(12);
    const codes = Int32Array.from({ length: rows }, (_, row) => (row < 2000 ? row % 20 : 20 + (row % 400)));
    const churned = Uint8Array.from(codes, (code) => (random.uniform() < (code < 20 ? 0.2 : 0.8) ? 1 : 0));
    const levels = Array.from({ length: 420 }, (_, code) => `town ${code}`);
    const table = makeTable([{ kind: 'category', name: 'town', codes, levels }]);
    const { fitted } = fitBoostedTrees({ table, churned, weights: null }, SMALL);
    const scores = predictBoostedTrees(fitted, table);
    const rare = scores.filter((_, row) => codes[row]! >= 20);
    expect(Math.min(...rare)).toBeGreaterThan(Math.max(...scores.filter((_, row) => codes[row]! < 20)));
    expect(boostedTreesSchema.parse(JSON.parse(JSON.stringify(fitted)))).toEqual(fitted);
  });
});

function add(sums: Map<number, number>, key: number, amount: number): void {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

function takeTraining({ table, churned }: TrainingSet, rows: ArrayLike<number>): TrainingSet {
  return { table: takeRows(table, rows), churned: takeBytes(churned, rows), weights: null };
}

/** Neighbouring doubles, signed zeros, the largest and the smallest numbers, many ties. */
function nastyTrainingSet(rows: number): TrainingSet {
  const random = seededRandom(21);
  const near = [1, 1 + Number.EPSILON, 1 + 2 * Number.EPSILON, 0.1 + 0.2, 0.3];
  const far = [0, -0, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, NaN];
  const pick = (from: readonly number[]) => from[random.integer(from.length)]!;
  const columns = [
    Float64Array.from({ length: rows }, () => pick(near)),
    Float64Array.from({ length: rows }, () => pick(far)),
    Float64Array.from({ length: rows }, () => Math.round(random.normal() * 300) / 10),
  ];
  const churned = Uint8Array.from({ length: rows }, (_, row) => {
    const score =
      (columns[0]![row]! > 1 ? 1 : -1) + (columns[1]![row]! < 0 ? 2 : -1) + columns[2]![row]! / 20;
    return random.uniform() < sigmoid(score) ? 1 : 0;
  });
  const table = makeTable(columns.map((values, i): Column => ({ kind: 'number', name: `x${i}`, values })));
  return { table, churned, weights: null };
}
