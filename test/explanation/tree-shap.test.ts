import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contributionsBoostedTrees, interventionalContributions } from '../../src/explanation/tree-shap.js';
import { seededRandom } from '../../src/math/random.js';
import { fitBoostedTrees } from '../../src/models/boosted-trees/fit.js';
import type { FittedBoostedTrees } from '../../src/models/boosted-trees/model.js';
import { predictBoostedTrees } from '../../src/models/boosted-trees/predict.js';
import { makeTable, takeRows } from '../../src/tables/table.js';
import { lawTrainingSet } from '../laws/model-laws.js';
import { coarseTable } from '../models/boosted-trees/reference-data.js';
import {
  alternatingRow,
  chainModel,
  chainRows,
  interventionalGame,
  pathDependentGame,
  randomRows,
  randomTrees,
  rowsOf,
  scoreOf,
  shapleyByDefinition,
} from './by-definition.js';
import { reference, referenceBackground, referenceModel, referenceRows } from './shap-reference.js';

/** Leaves of small trees; the last one is cut into several branches. */
const LEAVES = [1, 2, 5, 9, 24];

describe('contributionsBoostedTrees', () => {
  it('gives the Shapley values of the definition, over all subsets of features', () => {
    for (const seed of [1, 2, 3, 4]) {
      const random = seededRandom(seed);
      const fitted = randomTrees(random, LEAVES);
      const table = randomRows(random, 8);
      const { values, baseline } = contributionsBoostedTrees(fitted, table);
      rowsOf(fitted, table).forEach((row, r) => {
        const game = pathDependentGame(fitted, row);
        expect(baseline).toBeCloseTo(game(0), 10);
        shapleyByDefinition(game, 6).forEach((push, i) => {
          expect(values[r * 6 + i]).toBeCloseTo(push, 10);
        });
      });
    }
  });

  it('agrees with LightGBM (pred_contrib)', () => {
    const path = new URL('../references/boosted-trees.json', import.meta.url);
    const { contributions } = JSON.parse(readFileSync(path, 'utf8')).coarse as { contributions: number[][] };
    const train = coarseTable();
    const { fitted } = fitBoostedTrees(train, {
      trees: 5,
      learningRate: 0.1,
      maxLeaves: 12,
      minLeafRows: 1,
      minLeafHessian: 6,
      categorySmoothing: 1,
      minLevelRows: 1,
      levelPenalty: 0,
    });
    const { values, baseline } = contributionsBoostedTrees(
      fitted,
      takeRows(train.table, [...contributions.keys()]),
    );
    contributions.forEach((theirs, row) => {
      theirs.forEach((push, feature) => {
        expect(feature === 4 ? baseline : values[row * 4 + feature]).toBeCloseTo(push, 6);
      });
    });
  });

  it('agrees with the shap package (tree_path_dependent)', () => {
    const { values, baseline } = contributionsBoostedTrees(referenceModel, referenceRows);
    expect(baseline).toBeCloseTo(reference.pathDependentBaseline, 9);
    reference.pathDependent.flat().forEach((push, i) => {
      expect(values[i]).toBeCloseTo(push, 9);
    });
  });

  it('sums to the score within 1e-9 for deep trees that ask about a feature again and again', () => {
    const train = lawTrainingSet(1200, seededRandom(5));
    const { fitted } = fitBoostedTrees(train, {
      trees: 8,
      maxLeaves: 200,
      minLeafRows: 2,
      learningRate: 0.3,
    });
    const scores = predictBoostedTrees(fitted, train.table);
    const { values, baseline, features } = contributionsBoostedTrees(fitted, train.table);
    scores.forEach((score, row) => {
      const pushes = values.subarray(row * features.length, (row + 1) * features.length);
      expect(Math.abs(pushes.reduce((sum, push) => sum + push, baseline) - score)).toBeLessThan(1e-9);
    });
  });

  it('explains a path of 14 features, too long for a table, and a row alone as in company', () => {
    const chain = chainModel(14);
    const table = chainRows(14, 5);
    const { values } = contributionsBoostedTrees(chain, table);
    shapleyByDefinition(pathDependentGame(chain, rowsOf(chain, table)[1]!), 14).forEach((push, i) => {
      expect(values[14 + i]).toBeCloseTo(push, 10);
    });
    expect(contributionsBoostedTrees(chain, takeRows(table, [3])).values).toEqual(values.slice(42, 56));
  });

  it('explains a row the same in a long table', () => {
    const train = lawTrainingSet(200, seededRandom(7));
    const { fitted } = fitBoostedTrees(train, { trees: 2, maxLeaves: 4, minLeafRows: 10 });
    const long = takeRows(
      train.table,
      Int32Array.from({ length: 17_000 }, (_, row) => row % 200),
    );
    const { values, features } = contributionsBoostedTrees(fitted, long);
    const first = contributionsBoostedTrees(fitted, train.table).values;
    expect(values.every((push, i) => push === first[i % (200 * features.length)])).toBe(true);
  });
});

describe('interventionalContributions', () => {
  it('gives the Shapley values of the definition against every background row, by weight', () => {
    for (const seed of [1, 2, 3]) {
      const random = seededRandom(seed);
      const fitted = randomTrees(random, LEAVES);
      const [table, others] = [randomRows(random, 6), randomRows(random, 9)];
      const background = rowsOf(fitted, others);
      const weights = Float64Array.from(background, (_, i) => i % 4);
      for (const given of [undefined, weights]) {
        const { values, baseline } = interventionalContributions(fitted, table, {
          table: others,
          weights: given ?? null,
        });
        rowsOf(fitted, table).forEach((row, r) => {
          const game = interventionalGame(fitted, row, background, given);
          expect(baseline).toBeCloseTo(game(0), 10);
          shapleyByDefinition(game, 6).forEach((push, i) => {
            expect(values[r * 6 + i]).toBeCloseTo(push, 10);
          });
        });
      }
    }
  });

  it('agrees with the shap package (interventional)', () => {
    const { values, baseline } = interventionalContributions(referenceModel, referenceRows, {
      table: referenceBackground,
    });
    // shap's own pushes miss the score by up to 9e-8 here.
    expect(baseline).toBeCloseTo(reference.interventionalBaseline, 6);
    reference.interventional.flat().forEach((push, i) => {
      expect(values[i]).toBeCloseTo(push, 6);
    });
  });

  it('explains paths of 14 features, too long for a table, against background rows', () => {
    const chain = chainModel(14);
    const [table, others] = [chainRows(14, 600), takeRows(chainRows(14, 9), [5, 6, 7, 8])];
    const { values, baseline } = interventionalContributions(chain, table, { table: others });
    const rows = rowsOf(chain, table);
    const game = interventionalGame(chain, rows[1]!, rowsOf(chain, others));
    shapleyByDefinition(game, 14).forEach((push, i) => {
      expect(values[14 + i]).toBeCloseTo(push, 10);
    });
    rows.forEach((row, r) => {
      const sum = values.subarray(r * 14, r * 14 + 14).reduce((total, push) => total + push, baseline);
      expect(Math.abs(sum - scoreOf(chain, row))).toBeLessThan(1e-9);
    });
  });

  it('explains a row that differs from the background in 14 features', () => {
    const [chain, row, other] = [chainModel(14), alternatingRow(14, 0), alternatingRow(14, 1)];
    const { values } = interventionalContributions(chain, row, { table: other });
    const game = interventionalGame(chain, rowsOf(chain, row)[0]!, rowsOf(chain, other));
    shapleyByDefinition(game, 14).forEach((push, i) => {
      expect(values[i]).toBeCloseTo(push, 10);
    });
  });

  it('sums to the score within 1e-9 for deep trees, the training set being the background', () => {
    const random = seededRandom(5);
    const fitted = randomTrees(
      random,
      Array.from({ length: 10 }, () => 120),
    );
    const [table, background] = [randomRows(random, 300), randomRows(random, 500)];
    const { values, baseline } = interventionalContributions(fitted, table, { table: background });
    const backgroundScores = rowsOf(fitted, background).map((row) => scoreOf(fitted, row));
    expect(baseline).toBeCloseTo(backgroundScores.reduce((sum, score) => sum + score, 0) / 500, 10);
    rowsOf(fitted, table).forEach((row, r) => {
      const sum = values.subarray(r * 6, r * 6 + 6).reduce((total, push) => total + push, baseline);
      expect(Math.abs(sum - scoreOf(fitted, row))).toBeLessThan(1e-9);
    });
  });

  it('pushes nothing by a feature that no tree asks about, or whose value is that of all the background', () => {
    const random = seededRandom(6);
    const fitted = randomTrees(random, [8, 12]);
    const row = randomRows(random, 1);
    const others = randomRows(random, 30);
    const sameTenure = makeTable(
      others.columns.map((column) =>
        column.name === 'tenure'
          ? takeRows(row, new Array(30).fill(0)).columns.find(({ name }) => name === 'tenure')!
          : column,
      ),
    );
    const { features, values } = interventionalContributions(fitted, row, { table: sameTenure });
    expect(features[0]).toBe('tenure');
    expect(values[0]).toBe(0);
    expect(values[5]).toBe(0);
    expect(contributionsBoostedTrees(fitted, row).values[5]).toBe(0);
    expect(interventionalContributions(fitted, row, { table: row }).values).toEqual(new Float64Array(6));
  });

  it('treats features that play the same part alike: worked by hand', () => {
    // 1 where both exceed 0.4. Background rows: neither does, x0 alone, x1 alone.
    const chain = chainModel(2);
    const both: FittedBoostedTrees = { ...chain, trees: [{ ...chain.trees[0]!, value: [0, 0, 0, 0, 1] }] };
    const numbers = (x0: number[], x1: number[]) =>
      makeTable([numberColumn('x0', x0), numberColumn('x1', x1)]);
    const background = { table: numbers([0.1, 0.9, 0.1], [0.1, 0.1, 0.9]) };
    const { baseline, values } = interventionalContributions(both, numbers([0.9], [0.9]), background);
    expect(baseline).toBe(0.2);
    // ½ against the first, 1 against the one of the others that does not exceed: (½ + 1) / 3.
    expect(values[0]).toBeCloseTo(0.5, 12);
    expect(values[1]).toBeCloseTo(0.5, 12);
  });

  it('explains a row alone as in company, in any order', () => {
    const random = seededRandom(8);
    const fitted = randomTrees(random, [9, 24, 60]);
    const [table, background] = [randomRows(random, 40), { table: randomRows(random, 20) }];
    const { values } = interventionalContributions(fitted, table, background);
    const backwards = Array.from({ length: 40 }, (_, i) => 39 - i);
    const reversed = interventionalContributions(fitted, takeRows(table, backwards), background).values;
    const alone = interventionalContributions(fitted, takeRows(table, [17]), background).values;
    expect(alone).toEqual(values.slice(17 * 6, 18 * 6));
    backwards.forEach((row, i) => {
      expect(reversed.slice(i * 6, i * 6 + 6)).toEqual(values.slice(row * 6, row * 6 + 6));
    });
  });

  it.each([
    ['no row', { table: randomRows(seededRandom(1), 0) }, 'too-few-rows', 'found 0'],
    [
      'weights of another number',
      { table: randomRows(seededRandom(1), 3), weights: Float64Array.of(1) },
      'bad-table',
      '3 rows with 1 weights',
    ],
    [
      'a negative weight',
      { table: randomRows(seededRandom(1), 2), weights: Float64Array.of(2, -1) },
      'bad-option',
      'weights',
    ],
    [
      'no weight at all',
      { table: randomRows(seededRandom(1), 2), weights: Float64Array.of(0, 0) },
      'bad-option',
      'weights',
    ],
  ])('refuses a background with %s', (_, background, code, message) => {
    const fitted = randomTrees(seededRandom(1), [3]);
    expect(() =>
      interventionalContributions(fitted, randomRows(seededRandom(2), 1), background),
    ).toThrowError(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});

const numberColumn = (name: string, values: number[]) => ({
  kind: 'number' as const,
  name,
  values: Float64Array.from(values),
});
