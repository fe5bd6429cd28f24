import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/math/random.js';
import { type BoostedTreesOptions, fitBoostedTrees } from '../../../src/models/boosted-trees/fit.js';
import type { FittedBoostedTrees, Tree } from '../../../src/models/boosted-trees/model.js';
import { predictBoostedTrees } from '../../../src/models/boosted-trees/predict.js';
import { sigmoid, type TrainingSet } from '../../../src/models/model.js';
import { type Column, makeTable, type Table, takeBytes, takeRows } from '../../../src/tables/table.js';

const ROWS = 2000;
/** Columns that bend, interact and miss values, so that a free model breaks every promise below. */
const train = ((): TrainingSet => {
  const random = seededRandom(17);
  const names = ['tenure', 'cases', 'seats', 'logins'];
  const columns = names.map((name): Column => {
    const values = Float64Array.from({ length: ROWS }, () =>
      random.uniform() < 0.1 ? NaN : Math.round(random.normal() * 20) / 10,
    );
    return { kind: 'number', name, values };
  });
  const plan = Int32Array.from({ length: ROWS }, () => random.integer(4) - 1);
  const cell = (column: number, row: number) => {
    const { values } = columns[column] as { values: Float64Array };
    return Number.isNaN(values[row]!) ? 0.4 : values[row]!;
  };
  const churned = Uint8Array.from({ length: ROWS }, (_, row) => {
    const bend = Math.sin(3 * cell(0, row)) - cell(1, row) * cell(2, row) + (plan[row] === 1 ? 1 : 0);
    return random.uniform() < sigmoid(bend + 0.5 * cell(3, row)) ? 1 : 0;
  });
  const levels = ['basic', 'plus', 'pro'];
  const table = makeTable([...columns, { kind: 'category', name: 'plan', codes: plan, levels }]);
  return { table, churned, weights: null };
})();

const OPTIONS: BoostedTreesOptions = { trees: 60, maxLeaves: 16, minLeafRows: 5 };

/** How often a row's score falls or rises while one number runs along a fine grid and all else stays. */
function movesAlong(fitted: FittedBoostedTrees, table: Table, name: string) {
  const steps = 1601;
  const rows = Int32Array.from({ length: table.rows * steps }, (_, i) => Math.floor(i / steps));
  const columns = takeRows(table, rows).columns.map((column) =>
    column.name === name
      ? { ...column, values: Float64Array.from(rows, (_, i) => (i % steps) / 100 - 8) }
      : column,
  );
  const scores = predictBoostedTrees(fitted, makeTable(columns as Column[]));
  let [falls, rises] = [0, 0];
  scores.forEach((score, i) => {
    if (i % steps === 0) return;
    if (score < scores[i - 1]!) falls++;
    if (score > scores[i - 1]!) rises++;
  });
  return { falls, rises };
}

describe('a monotone promise', () => {
  const some = takeRows(
    train.table,
    Int32Array.from({ length: 20 }, (_, i) => i * 100),
  );

  it('holds on a fine grid, whatever else a row has, and would not without it', () => {
    const monotone = { tenure: 1, cases: -1, seats: 1 } as const;
    const free = fitBoostedTrees(train, OPTIONS).fitted;
    const { fitted } = fitBoostedTrees(train, { ...OPTIONS, monotone });
    for (const [name, direction] of Object.entries(monotone)) {
      const [before, after] = [movesAlong(free, some, name), movesAlong(fitted, some, name)];
      expect(Math.min(before.falls, before.rises), name).toBeGreaterThan(0);
      expect(direction > 0 ? after.falls : after.rises, name).toBe(0);
      expect(direction > 0 ? after.rises : after.falls, name).toBeGreaterThan(0);
    }
  });

  it('holds for symmetric trees and leaves of several steps', () => {
    for (const own of [{ symmetric: true }, { symmetric: true, leafSteps: 5 }, { leafSteps: 5 }]) {
      const { fitted } = fitBoostedTrees(train, { ...OPTIONS, ...own, monotone: { tenure: 1, cases: -1 } });
      expect(movesAlong(fitted, some, 'tenure').falls).toBe(0);
      expect(movesAlong(fitted, some, 'cases').rises).toBe(0);
    }
  });

  it('holds with samples, weights, penalties and few bins', () => {
    const weights = Float64Array.from(train.churned, (_, row) => 0.5 + (row % 4) / 3);
    const options = { ...OPTIONS, l1: 0.5, rowShare: 0.6, columnShare: 0.7, maxBins: 12, seed: 9 };
    const { fitted } = fitBoostedTrees({ ...train, weights }, { ...options, monotone: { cases: 1 } });
    expect(movesAlong(fitted, some, 'cases').falls).toBe(0);
  });

  it('is refused for categories, unknown features and other directions', () => {
    const refuse = (monotone: Record<string, number>) => () =>
      fitBoostedTrees(train, { ...OPTIONS, monotone: monotone as Record<string, 1 | -1> });
    expect(refuse({ plan: 1 })).toThrow(
      'monotone takes number features with 1 or −1, found plan: 1 for a category',
    );
    expect(refuse({ age: 1 })).toThrow('found age: 1, which is not among the features');
    expect(refuse({ tenure: 2 })).toThrow('found tenure: 2');
    expect(refuse({ toString: 1 })).toThrow('found toString: 1, which is not among the features');
  });
});

describe('interactions', () => {
  it('keep features of different sets off one path; those in no set form one more', () => {
    const interactions = [
      ['tenure', 'cases'],
      ['cases', 'plan'],
    ];
    const { fitted } = fitBoostedTrees(train, { ...OPTIONS, interactions });
    const allowed = ['cases,tenure', 'cases,plan', 'logins,seats'];
    const met = new Set(fitted.trees.flatMap((tree) => pathsOf(tree, fitted)));
    for (const path of met) {
      expect(allowed.some((set) => path.split(',').every((name) => set.split(',').includes(name)))).toBe(
        true,
      );
    }
    expect([...met].sort()).toEqual(expect.arrayContaining(allowed.toSorted()));
  });

  it('limits how many features meet: 1 makes the score a sum over features, 2 over pairs', () => {
    const free = fitBoostedTrees(train, OPTIONS).fitted;
    const pairs = fitBoostedTrees(train, { ...OPTIONS, maxInteraction: 2 }).fitted;
    const single = fitBoostedTrees(train, { ...OPTIONS, maxInteraction: 1 }).fitted;
    expect(interactionOf(free, ['tenure', 'cases', 'seats'])).toBeGreaterThan(1e-3);
    expect(interactionOf(pairs, ['tenure', 'cases', 'seats'])).toBeLessThan(1e-12);
    expect(interactionOf(pairs, ['cases', 'seats'])).toBeGreaterThan(1e-3);
    expect(interactionOf(single, ['cases', 'seats'])).toBeLessThan(1e-12);
    expect(single.trees.some(({ feature }) => feature.length > 3)).toBe(true);
  });

  it('refuses names that are no features and a limit below 1', () => {
    const refuse = (options: BoostedTreesOptions) => () => fitBoostedTrees(train, { ...OPTIONS, ...options });
    expect(refuse({ interactions: [['age']] })).toThrow(
      'interactions name age, which is not among the features',
    );
    expect(refuse({ maxInteraction: 0 })).toThrow('maxInteraction must be a whole number from 1, found 0');
  });
});

/** The sets of features that meet on the paths of a tree, each as sorted names. */
function pathsOf(tree: Tree, { features }: FittedBoostedTrees): string[] {
  const paths: string[][] = [[]];
  tree.feature.forEach((feature, node) => {
    if (feature < 0) return;
    const path = [...new Set([...paths[node]!, features[feature]!.name])].sort();
    paths[tree.left[node]!] = paths[tree.left[node]! + 1] = path;
  });
  return tree.feature.flatMap((feature, node) => (feature < 0 ? [paths[node]!.join(',')] : []));
}

/** The largest mixed difference of the scores over the corners of boxes spanned by pairs of rows. */
function interactionOf(fitted: FittedBoostedTrees, names: readonly string[]): number {
  const half = ROWS / 2;
  const first = Int32Array.from({ length: half }, (_, i) => i);
  const second = first.map((row) => row + half);
  const total = new Float64Array(half);
  for (let corner = 0; corner < 2 ** names.length; corner++) {
    const columns = train.table.columns.map((column) => {
      const place = names.indexOf(column.name);
      const rows = place >= 0 && (corner >> place) & 1 ? second : first;
      return takeRows(makeTable([column]), rows).columns[0]!;
    });
    const sign = corner.toString(2).replaceAll('0', '').length % 2 ? -1 : 1;
    predictBoostedTrees(fitted, makeTable(columns)).forEach((score, row) => {
      total[row]! += sign * score;
    });
  }
  return Math.max(...total.map(Math.abs));
}

describe('continueFrom', () => {
  it('adds the trees that one go would have grown', () => {
    for (const own of [{}, { rowShare: 0.7, columnShare: 0.6, seed: 5 }]) {
      const whole = fitBoostedTrees(train, { ...OPTIONS, ...own, trees: 20 }).fitted;
      const start = fitBoostedTrees(train, { ...OPTIONS, ...own, trees: 8 }).fitted;
      const { fitted } = fitBoostedTrees(train, { ...OPTIONS, ...own, trees: 12, continueFrom: start });
      expect(fitted).toEqual(whole);
    }
  });

  it('keeps features and base score for new rows, whose new levels stay missing', () => {
    const rows = Int32Array.from({ length: 900 }, (_, i) => i);
    const early = {
      table: takeRows(train.table, rows),
      churned: takeBytes(train.churned, rows),
      weights: null,
    };
    const start = fitBoostedTrees(early, { ...OPTIONS, trees: 5 }).fitted;
    const renamed = train.table.columns.map((column) =>
      column.kind === 'category' ? { ...column, levels: ['basic', 'new', 'pro'] } : column,
    );
    const later = { ...train, table: makeTable(renamed) };
    const { fitted, validationLoss } = fitBoostedTrees(later, {
      ...OPTIONS,
      trees: 5,
      continueFrom: start,
      validation: early,
    });
    expect(fitted.features).toEqual(start.features);
    expect(fitted.baseScore).toBe(start.baseScore);
    expect(fitted.trees.slice(0, 5)).toEqual(start.trees);
    expect(validationLoss).toHaveLength(5);
  });

  it('refuses a table with other columns', () => {
    const start = fitBoostedTrees(train, { ...OPTIONS, trees: 2 }).fitted;
    const fewer = { ...train, table: makeTable(train.table.columns.slice(1)) };
    expect(() => fitBoostedTrees(fewer, { continueFrom: start })).toThrow(
      'continueFrom learned from the number tenure, which the table lacks',
    );
    const some = fitBoostedTrees(fewer, { ...OPTIONS, trees: 2 }).fitted;
    expect(() => fitBoostedTrees(train, { continueFrom: some })).toThrow(
      'continueFrom does not know the column tenure',
    );
  });
});
