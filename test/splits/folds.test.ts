import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { stratifiedFolds } from '../../src/splits/folds.js';

const outcomes = (rows: number, every: number) =>
  Uint8Array.from({ length: rows }, (_, row) => (row % every === 0 ? 1 : 0));
const countIn = (fold: Uint8Array, wanted: number, churned: Uint8Array) =>
  fold.reduce((sum, value, row) => sum + (value === wanted ? churned[row]! : 0), 0);

describe('stratifiedFolds', () => {
  it('gives every fold its share of rows and churners, to one', () => {
    const churned = outcomes(1003, 7);
    const fold = stratifiedFolds(churned, null, 5, seededRandom(1));
    for (let wanted = 0; wanted < 5; wanted++) {
      const rows = fold.filter((value) => value === wanted).length;
      expect(Math.abs(rows - 1003 / 5)).toBeLessThan(1);
      expect(Math.abs(countIn(fold, wanted, churned) - 144 / 5)).toBeLessThan(1);
    }
  });

  it('keeps groups whole', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 120, maxLength: 200 }),
        (groupOf) => {
          const groups = Int32Array.from(groupOf);
          if (new Set(groupOf).size < 4) return;
          const fold = stratifiedFolds(outcomes(groups.length, 3), groups, 4, seededRandom(3));
          const foldOfGroup = new Map<number, number>();
          groups.forEach((group, row) => {
            const first = foldOfGroup.get(group) ?? fold[row]!;
            foldOfGroup.set(group, first);
            expect(fold[row]).toBe(first);
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('deals by seed: the same seed the same folds, another seed others', () => {
    const churned = outcomes(200, 4);
    const deal = (seed: number) => [...stratifiedFolds(churned, null, 5, seededRandom(seed))];
    expect(deal(1)).toEqual(deal(1));
    expect(deal(1)).not.toEqual(deal(2));
  });

  it('refuses more folds than groups', () => {
    expect(() =>
      stratifiedFolds(outcomes(6, 2), Int32Array.of(0, 0, 1, 1, 2, 2), 5, seededRandom(1)),
    ).toThrow(/5 folds need at least 5 rows .* found 3/);
  });
});
