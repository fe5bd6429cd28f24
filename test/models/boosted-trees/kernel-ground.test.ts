import { describe, expect, it } from 'vitest';
import { openWorkshop } from '../../../src/kernels/workshop.js';
import { kernelExp } from '../../../src/math/kernel-exp.js';
import { seededRandom } from '../../../src/math/random.js';
import {
  type BoostedTreesFit,
  type BoostedTreesOptions,
  boostingRounds,
  fitBoostedTrees,
  growRounds,
} from '../../../src/models/boosted-trees/fit.js';
import { openPlainGround } from '../../../src/models/boosted-trees/open-ground.js';
import { predictBoostedTrees } from '../../../src/models/boosted-trees/predict.js';
import { sigmoid, type TrainingSet } from '../../../src/models/model.js';
import { type Column, makeTable, takeBytes, takeNumbers, takeRows } from '../../../src/tables/table.js';

/** Numbers with ties, missing values and signed zeros, categories of few and of many levels. */
function mixedTrainingSet(rows: number, seed: number): TrainingSet {
  const random = seededRandom(seed);
  const normal = Float64Array.from({ length: rows }, () => random.normal());
  const ties = Float64Array.from({ length: rows }, () => Math.round(random.normal() * 3) / 2 || -0);
  const rare = Float64Array.from({ length: rows }, () => (random.uniform() < 0.4 ? NaN : random.uniform()));
  const skew = Float64Array.from({ length: rows }, () => Math.exp(4 * random.normal()));
  const plan = Int32Array.from({ length: rows }, () => random.integer(6) - 1);
  const town = Int32Array.from({ length: rows }, () => Math.floor(400 * random.uniform() ** 3));
  const churned = Uint8Array.from({ length: rows }, (_, row) => {
    const score = normal[row]! * ties[row]! + (plan[row] === 2 ? 1 : -0.5) + (rare[row]! > 0.5 ? 1 : 0);
    return random.uniform() < sigmoid(score + (town[row]! % 3) - 1) ? 1 : 0;
  });
  const numbers = Object.entries({ normal, ties, rare, skew }).map(
    ([name, values]): Column => ({ kind: 'number', name, values }),
  );
  const levels = (count: number) => Array.from({ length: count }, (_, code) => `level ${code}`);
  const table = makeTable([
    ...numbers,
    { kind: 'category', name: 'plan', codes: plan, levels: levels(5) },
    { kind: 'category', name: 'town', codes: town, levels: levels(400) },
    { kind: 'number', name: 'same', values: new Float64Array(rows).fill(1) },
    ...Array.from({ length: 5 }, (_, i): Column => {
      const values = Float64Array.from({ length: rows }, () => random.integer(2 ** (i + 1)));
      return { kind: 'number', name: `step ${i}`, values };
    }),
  ]);
  return { table, churned, weights: null };
}

function finish(rounds: ReturnType<typeof boostingRounds>): BoostedTreesFit {
  for (let round = rounds.next(); ; round = rounds.next()) if (round.done) return round.value;
}

const BASE: BoostedTreesOptions = { trees: 8, maxLeaves: 12, minLeafRows: 5, seed: 3 };

describe('the kernels grow the trees of their plain twin, to the bit,', () => {
  const train = mixedTrainingSet(1501, 1);
  const others = mixedTrainingSet(333, 2);
  const weights = (weightOf: (row: number) => number) => ({
    ...train,
    weights: Float64Array.from(train.churned, (_, row) => weightOf(row)),
  });

  it.each<[string, TrainingSet, BoostedTreesOptions]>([
    ['with all defaults', train, {}],
    ['for whole weights, some of them 0', weights((row) => row % 3), {}],
    ['for weights with a fraction', weights((row) => 0.1 + (row % 7) / 3), {}],
    ['for tiny and huge weights', weights((row) => (row % 5 === 0 ? 2 ** 20 : 2 ** -9)), {}],
    ['with penalties', train, { l1: 0.7, l2: 0, minSplitGain: 0.5, minLeafHessian: 2 }],
    ['with few bins and deep trees', train, { maxBins: 9, maxLeaves: 200, minLeafRows: 1, maxDepth: 30 }],
    ['with shallow trees', train, { maxDepth: 2 }],
    ['with samples of rows and columns', train, { rowShare: 0.6, columnShare: 0.4 }],
    ['with validation rows', train, { validation: others, patience: 3, learningRate: 0.6, trees: 40 }],
    ['with both', train, { validation: others, rowShare: 0.5 }],
    [
      'with monotone promises',
      train,
      { monotone: { normal: 1, ties: -1, rare: 1, skew: -1 }, maxLeaves: 40 },
    ],
    ['with sets of interactions', train, { interactions: [['normal', 'ties', 'plan'], ['rare']] }],
    ['as a pairwise model', train, { maxInteraction: 2, maxLeaves: 30 }],
    ['with symmetric trees', train, { symmetric: true, maxLeaves: 32 }],
    ['with symmetric trees of large leaves', train, { symmetric: true, maxLeaves: 64, minLeafRows: 90 }],
    ['with symmetric trees and promises', train, { symmetric: true, monotone: { normal: 1, skew: -1 } }],
    ['with symmetric trees and samples', train, { symmetric: true, rowShare: 0.6, validation: others }],
    [
      'with symmetric trees and rough categories',
      train,
      { symmetric: true, minLevelRows: 1, levelPenalty: 0 },
    ],
    ['with ten steps a leaf', train, { leafSteps: 10, l1: 0.2 }],
    [
      'with ten steps a leaf and weights',
      weights((row) => 0.2 + (row % 3)),
      { leafSteps: 10, symmetric: true },
    ],
    ['with ten steps within promises', train, { leafSteps: 10, monotone: { normal: 1, ties: -1 } }],
    ['with rough categories', train, { categorySmoothing: 0, minLevelRows: 1, levelPenalty: 0 }],
  ])('%s', (_, set, options) => {
    const plain = finish(growRounds(set, { ...BASE, ...options }, openPlainGround));
    expect(plain.fitted.trees.some(({ feature }) => feature.length > 3)).toBe(true);
    expect(fitBoostedTrees(set, { ...BASE, ...options, threads: 1 })).toEqual(plain);
    expect(fitBoostedTrees(set, { ...BASE, ...options, threads: 2 })).toEqual(plain);
  });

  it('for one row more than the kernels take at a time, and for any number of threads', async () => {
    const many = mixedTrainingSet(2 * 16_384 + 1, 4);
    const options = { ...BASE, trees: 4, maxLeaves: 20, rowShare: 0.9 };
    const plain = finish(growRounds(many, options, openPlainGround));
    for (const threads of [1, 2, 3, 5]) {
      // The first fit hires helpers, which join in when they are up; the second has them from the outset.
      for (let time = 0; time < 2; time++) {
        expect(fitBoostedTrees(many, { ...options, threads }), `${threads} threads`).toEqual(plain);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  });

  it('where two cuts are equally good, taking the lower one', () => {
    const x = Float64Array.from({ length: 30 }, (_, row) => 1 + (row % 3));
    const churned = Uint8Array.from(x, (value, row) => (Math.floor(row / 3) < [2, 5, 8][value - 1]! ? 1 : 0));
    const set = { table: makeTable([{ kind: 'number', name: 'x', values: x }]), churned, weights: null };
    const options = { ...BASE, trees: 1, maxLeaves: 2 };
    const { fitted } = fitBoostedTrees(set, options);
    expect(fitted.trees[0]!.threshold[0]).toBe(1.5);
    expect(finish(growRounds(set, options, openPlainGround)).fitted).toEqual(fitted);
    const symmetric = { ...options, symmetric: true };
    expect(fitBoostedTrees(set, symmetric).fitted).toEqual(fitted);
    expect(finish(growRounds(set, symmetric, openPlainGround)).fitted).toEqual(fitted);
  });

  it('for more columns than a block holds, and for one', () => {
    const { table, churned } = train;
    const wide = makeTable(
      Array.from({ length: 21 }, (_, i) => ({ ...table.columns[i % 12]!, name: `column ${i}` })),
    );
    for (const columns of [wide.columns, wide.columns.slice(0, 16), wide.columns.slice(0, 1)]) {
      const set = { table: makeTable(columns), churned, weights: null };
      expect(fitBoostedTrees(set, { ...BASE, threads: 2 })).toEqual(
        finish(growRounds(set, BASE, openPlainGround)),
      );
    }
  });

  it('in memory that others have left full', () => {
    const options = { ...BASE, symmetric: true, threads: 1, minSplitGain: 1e6 };
    const plain = finish(growRounds(train, options, openPlainGround));
    const workshops = [openWorkshop(1)!, openWorkshop(1)!];
    for (const workshop of workshops) {
      const room = workshop.allocate(2 ** 22);
      workshop.u8.fill(255, room, room + 2 ** 22);
    }
    for (const workshop of workshops) workshop.close();
    for (const own of [{}, { symmetric: false }]) {
      expect(fitBoostedTrees(train, { ...options, ...own })).toEqual(plain);
    }
    const growing = { ...options, minSplitGain: 0 };
    expect(fitBoostedTrees(train, growing)).toEqual(finish(growRounds(train, growing, openPlainGround)));
  });

  it('while several fits take turns', () => {
    const halves = [
      Int32Array.from({ length: 700 }, (_, i) => i),
      Int32Array.from({ length: 801 }, (_, i) => 700 + i),
    ];
    const sets = halves.map((rows) => ({
      table: takeRows(train.table, rows),
      churned: takeBytes(train.churned, rows),
      weights: null,
    }));
    const open = sets.map((set) => boostingRounds(set, { ...BASE, threads: 2 }));
    for (let round = 0; round < 5; round++) for (const rounds of open) rounds.next();
    expect(open.map(finish)).toEqual(sets.map((set) => finish(growRounds(set, BASE, openPlainGround))));
  });
});

describe('the scores that growth keeps', () => {
  it('are those that the model gives, on training and validation rows', () => {
    const train = mixedTrainingSet(900, 7);
    const validation = { ...mixedTrainingSet(200, 8), weights: null };
    const fit = fitBoostedTrees(train, { ...BASE, validation, rowShare: 0.7 });
    const scores = predictBoostedTrees(fit.fitted, validation.table);
    const losses = takeNumbers(scores, Int32Array.from(scores.keys())).map((score, row) =>
      Math.log1p(Math.exp(validation.churned[row] ? -score : score)),
    );
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    expect(fit.validationLoss!.at(-1)).toBeCloseTo(mean, 12);
  });
});

it('kernelExp is e^x to 1e-14, held at the ends', () => {
  for (let x = -40; x <= 40; x += 0.0371) {
    expect(Math.abs(kernelExp(x) / Math.exp(x) - 1)).toBeLessThan(1e-14);
  }
  expect(kernelExp(-1e9)).toBe(kernelExp(-700));
  expect(kernelExp(Infinity)).toBe(kernelExp(700));
  expect(kernelExp(0)).toBe(1);
});
