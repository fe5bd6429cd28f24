import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { sigmoid } from '../../src/models/model.js';
import { stratifiedFolds } from '../../src/splits/folds.js';
import { makeTable } from '../../src/tables/table.js';
import { boostedTreesFamily } from '../../src/training/families/boosted-trees.js';
import type { Family, FitTools, FoldedSet, FoldFit, TableShape } from '../../src/training/families/family.js';
import { planRace, runRace } from '../../src/training/race.js';
import { planSearch } from '../../src/training/search.js';

const shape: TableShape = { rows: 1000, churned: 200, columns: 5, designWidth: 8 };
const tools: FitTools = { seed: 1, pause: () => Promise.resolve() };

function foldedSet(rows: number, folds: number): FoldedSet {
  const random = seededRandom(4);
  const values = Float64Array.from({ length: rows }, () => random.normal());
  const churned = Uint8Array.from(values, (value) => (random.uniform() < sigmoid(2 * value) ? 1 : 0));
  const table = makeTable([{ kind: 'number', name: 'x', values }]);
  const fold = stratifiedFolds(churned, null, folds, random);
  return { table, churned, weights: null, groups: null, folds, fold };
}

/** A family whose settings are their own log loss; it notes every fit. */
function notedFamily(settings: readonly number[], fits: string[], seconds = 1): Family<number> {
  return {
    name: 'noted',
    label: 'Noted',
    settings: () => [9],
    describe: String,
    seconds: () => seconds,
    crossFit: async (set, setting) => ({ scores: new Float64Array(set.churned.length), setting }),
    fit: () => Promise.reject(new Error('not fitted')),
    race: {
      contenders: () => settings,
      fitFold: async ({ rows }, setting): Promise<FoldFit> => {
        fits.push(`${setting}`);
        return { rows, logLoss: setting };
      },
      join: (set, setting) => ({ scores: new Float64Array(set.churned.length).fill(-setting), setting }),
    },
  };
}

describe('planRace', () => {
  const sixteen = Array.from({ length: 16 }, (_, i) => i);

  it('halves the field fold by fold and fits three on every fold', () => {
    const plan = planRace(notedFamily(sixteen, []), shape, shape, 5, 1000)!;
    expect(plan.stretches).toEqual([
      { contenders: 16, folds: [0] },
      { contenders: 8, folds: [1] },
      { contenders: 4, folds: [2] },
      { contenders: 3, folds: [3, 4] },
    ]);
    // 16 + 8 + 4 + 3 · 2 fits, and three last ones on all rows.
    expect(plan.seconds).toBe(37);
  });

  it('starts with as many as the budget has room for, and not at all below four', () => {
    const starts = (budget: number) =>
      planRace(notedFamily(sixteen, []), shape, shape, 5, budget)?.contenders.length;
    expect([37, 36.9, 24, 23.9, 19, 18.9].map(starts)).toEqual([16, 8, 8, 4, 4, undefined]);
    expect(planRace(notedFamily([1, 2, 3], []), shape, shape, 5, 1000)).toBeNull();
  });

  it('takes its part of the plan before further settings', () => {
    const family = { ...notedFamily(sixteen, []), settings: () => [9, 9] };
    const { fits, races, seconds } = planSearch([family], shape, shape, 5, 60);
    expect([fits.length, races[0]?.contenders.length, seconds]).toEqual([2, 16, 6 + 37 + 6]);
    expect(planSearch([family], shape, shape, 5, 6.1).races).toEqual([]);
  });
});

describe('runRace', () => {
  it('drops the worse half of the contenders and hands over the finalists, best first', async () => {
    const settings = [5, 3, 8, 1, 7, 2, 6, 4];
    const fits: string[] = [];
    const family = notedFamily(settings, fits);
    const plan = planRace(family, shape, shape, 4, 1000)!;
    const shares: number[] = [];
    const results = await runRace(plan, foldedSet(80, 4), tools, (share) => shares.push(share));
    expect(fits).toEqual([...settings.map(String), ...'1234', ...'123', ...'123']);
    expect(results.map(({ setting }) => setting).toSorted()).toEqual([1, 2, 3]);
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBeCloseTo(17 / 18);
  });

  it('gives the scores of a cross-fit of the same setting', async () => {
    const set = foldedSet(400, 3);
    const small = { rows: 400, churned: 200, columns: 1, designWidth: 1 };
    const plan = planRace(boostedTreesFamily, small, small, 3, 1000)!;
    const results = await runRace(plan, set, tools, () => {});
    expect(results).toHaveLength(3);
    expect(results[0]!.logLoss).toBeLessThanOrEqual(results[2]!.logLoss);
    const { trees: _, ...chosen } = results[0]!.setting as { trees: number };
    const setting = plan.contenders.find((own) => {
      const { trees: __, ...rest } = own as { trees: number };
      return JSON.stringify(rest) === JSON.stringify(chosen);
    });
    const whole = await boostedTreesFamily.crossFit(set, setting as never, tools);
    expect(whole.scores).toEqual(results[0]!.scores);
    expect(whole.setting).toEqual(results[0]!.setting);
  });
});
