import { describe, expect, it } from 'vitest';
import { interactionsBoostedTrees, strongestInteractions } from '../../src/explanation/interactions.js';
import { contributionsBoostedTrees, interventionalContributions } from '../../src/explanation/tree-shap.js';
import { seededRandom } from '../../src/math/random.js';
import { takeRows } from '../../src/tables/table.js';
import {
  alternatingRow,
  chainModel,
  chainRows,
  interactionsByDefinition,
  interventionalGame,
  pathDependentGame,
  randomRows,
  randomTrees,
  rowsOf,
} from './by-definition.js';
import { reference, referenceBackground, referenceModel, referenceRows } from './shap-reference.js';

/** Leaves of small trees; the last one is cut into several branches. */
const LEAVES = [1, 2, 5, 9, 24];

describe('interactionsBoostedTrees', () => {
  it('gives the interaction indices of the definition, path-dependent', () => {
    for (const seed of [1, 2, 3]) {
      const random = seededRandom(seed);
      const fitted = randomTrees(random, LEAVES);
      const table = randomRows(random, 6);
      const { values } = interactionsBoostedTrees(fitted, table);
      const expected = rowsOf(fitted, table).flatMap((row) =>
        interactionsByDefinition(pathDependentGame(fitted, row), 6),
      );
      expect(values).toHaveLength(expected.length);
      expected.forEach((push, i) => {
        expect(values[i]).toBeCloseTo(push, 10);
      });
    }
  });

  it('gives the interaction indices of the definition against background rows', () => {
    for (const seed of [4, 5, 6]) {
      const random = seededRandom(seed);
      const fitted = randomTrees(random, LEAVES);
      const [table, others] = [randomRows(random, 5), randomRows(random, 8)];
      const weights = Float64Array.from({ length: 8 }, (_, i) => 1 + (i % 3));
      const { values } = interactionsBoostedTrees(fitted, table, { background: { table: others, weights } });
      const expected = rowsOf(fitted, table).flatMap((row) =>
        interactionsByDefinition(interventionalGame(fitted, row, rowsOf(fitted, others), weights), 6),
      );
      expected.forEach((push, i) => {
        expect(values[i]).toBeCloseTo(push, 10);
      });
    }
  });

  it('explains paths of 11 features, too long for a table, by both rules', () => {
    const chain = chainModel(11);
    const table = chainRows(11, 7);
    const others = takeRows(table, [2, 3, 4, 5]);
    const row = rowsOf(chain, table)[1]!;
    for (const [options, game] of [
      [{}, pathDependentGame(chain, row)],
      [{ background: { table: others } }, interventionalGame(chain, row, rowsOf(chain, others))],
    ] as const) {
      const { values } = interactionsBoostedTrees(chain, table, options);
      interactionsByDefinition(game, 11).forEach((push, i) => {
        expect(values[121 + i]).toBeCloseTo(push, 10);
      });
    }
  });

  it('explains a row that differs from the background in 11 features', () => {
    const [chain, row, other] = [chainModel(11), alternatingRow(11, 1), alternatingRow(11, 0)];
    const { values } = interactionsBoostedTrees(chain, row, { background: { table: other } });
    const game = interventionalGame(chain, rowsOf(chain, row)[0]!, rowsOf(chain, other));
    interactionsByDefinition(game, 11).forEach((push, i) => {
      expect(values[i]).toBeCloseTo(push, 10);
    });
  });

  it('agrees with shap (shap_interaction_values) and, against a background, with shapiq (SII)', () => {
    const byPath = interactionsBoostedTrees(referenceModel, referenceRows);
    reference.interactions.flat(2).forEach((push, i) => {
      expect(byPath.values[i]).toBeCloseTo(push, 9);
    });
    const against = interactionsBoostedTrees(referenceModel, referenceRows, {
      background: { table: referenceBackground },
    });
    reference.interventionalInteractions.flat(2).forEach((push, i) => {
      expect(against.values[i]).toBeCloseTo(push, 9);
    });
  });

  it.each([['path-dependent'], ['interventional']])(
    'is symmetric and sums, line by line, to the contributions within 1e-9 (%s, deep trees)',
    (rule) => {
      const random = seededRandom(7);
      const fitted = randomTrees(random, [40, 80, 120, 160]);
      const table = randomRows(random, 50);
      const background = { table: randomRows(random, 40) };
      const isByPath = rule === 'path-dependent';
      const { values, baseline, features } = interactionsBoostedTrees(
        fitted,
        table,
        isByPath ? {} : { background },
      );
      const contributions = isByPath
        ? contributionsBoostedTrees(fitted, table)
        : interventionalContributions(fitted, table, background);
      expect({ baseline, features }).toEqual({
        baseline: contributions.baseline,
        features: contributions.features,
      });
      contributions.values.forEach((push, at) => {
        const line = values.subarray(at * 6, at * 6 + 6);
        expect(Math.abs(line.reduce((sum, part) => sum + part, 0) - push)).toBeLessThan(1e-9);
        const row = Math.floor(at / 6);
        line.forEach((part, j) => {
          expect(values[(row * 6 + j) * 6 + (at % 6)]).toBe(part);
        });
      });
      // `dummy` is asked about by no tree.
      for (let at = 5; at < values.length; at += 6) expect(values[at]).toBe(0);
    },
  );

  it('explains a row alone as in company, and the same in a long table', () => {
    const random = seededRandom(8);
    const fitted = randomTrees(random, [9, 24, 60]);
    const table = randomRows(random, 30);
    const { values } = interactionsBoostedTrees(fitted, table);
    expect(interactionsBoostedTrees(fitted, takeRows(table, [12])).values).toEqual(
      values.slice(12 * 36, 13 * 36),
    );
    const long = takeRows(table, repeatedRows(17_000, 30));
    const longValues = interactionsBoostedTrees(fitted, long).values;
    expect(longValues.every((part, at) => part === values[at % (30 * 36)])).toBe(true);
  });

  it('refuses an answer that would not fit', () => {
    const table = { ...randomRows(seededRandom(1), 1), rows: 4_000_000 };
    expect(() => interactionsBoostedTrees(randomTrees(seededRandom(1), [3]), table)).toThrowError(
      expect.objectContaining({
        code: 'bad-option',
        message: expect.stringContaining('at most 3728270 rows'),
      }),
    );
  });
});

describe('strongestInteractions', () => {
  const random = seededRandom(9);
  const fitted = randomTrees(random, [9, 24]);
  const table = randomRows(random, 200);

  it.each([[{}], [{ background: { table: randomRows(seededRandom(3), 12) } }]])(
    'is the mean over the rows of both halves of the matrix, strongest first',
    (options) => {
      const { values, features } = interactionsBoostedTrees(fitted, table, options);
      const found = strongestInteractions(fitted, table, { most: 99, ...options });
      const expected = features
        .flatMap((first, i) =>
          features.slice(i + 1).map((second, k) => {
            let total = 0;
            for (let row = 0; row < 200; row++) {
              total += Math.abs(2 * values[row * 36 + i * 6 + i + 1 + k]!);
            }
            return { features: [first, second], strength: total / 200 };
          }),
        )
        .filter(({ strength }) => strength > 0)
        .sort((a, b) => b.strength - a.strength);
      expect(found.length).toBeGreaterThan(5);
      expect(found.map((pair) => pair.features)).toEqual(expected.map((pair) => pair.features));
      found.forEach(({ strength }, i) => {
        expect(strength).toBeCloseTo(expected[i]!.strength, 10);
      });
    },
  );

  it('names no more than asked for, the same ones for any order of the rows', () => {
    const three = strongestInteractions(fitted, table, { most: 3 });
    expect(three).toHaveLength(3);
    const backwards = takeRows(
      table,
      Array.from({ length: 200 }, (_, i) => 199 - i),
    );
    expect(
      strongestInteractions(fitted, backwards, { most: 3 }).map((pair) => [
        pair.features,
        pair.strength.toFixed(10),
      ]),
    ).toEqual(three.map((pair) => [pair.features, pair.strength.toFixed(10)]));
  });

  it('takes a long table in blocks', () => {
    const long = strongestInteractions(fitted, takeRows(table, repeatedRows(17_000, 200)), { most: 1 });
    const [first] = strongestInteractions(fitted, table, { most: 1 });
    expect(long[0]!.features).toEqual(first!.features);
    expect(long[0]!.strength).toBeCloseTo(first!.strength, 10);
  });

  it('finds none where trees ask one question each, or give the same by any way', () => {
    const flat = fitted.trees.map((tree) => ({ ...tree, value: tree.value.map(() => 0) }));
    expect(strongestInteractions({ ...fitted, trees: flat }, table)).toEqual([]);
    expect(strongestInteractions(randomTrees(seededRandom(2), [2, 2, 2]), table)).toEqual([]);
  });

  it('refuses what it cannot answer', () => {
    expect(() => strongestInteractions(fitted, table, { most: 0 })).toThrow('found 0');
    expect(() => strongestInteractions(fitted, takeRows(table, []))).toThrow('no rows');
  });
});

/** 0, 1, …, period − 1, 0, 1, … */
function repeatedRows(length: number, period: number): Int32Array {
  return Int32Array.from({ length }, (_, row) => row % period);
}
