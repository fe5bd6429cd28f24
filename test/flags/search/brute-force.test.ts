import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Grid, unitsOf } from '../../../src/flags/search/grid.js';
import { logTable, quality } from '../../../src/flags/search/quality.js';
import { openCounter } from '../../../src/flags/search/search.js';
import { seededRandom } from '../../../src/math/random.js';
import { randomGrid } from './grid-fixture.js';

/** Every choice of 2 to `depth` conditions on different features, written down without any cleverness. */
function everyChoice({ conditions }: Grid, depth: number): number[][] {
  const choices: number[][] = [[]];
  conditions.forEach(({ feature }, place) => {
    for (const choice of [...choices]) {
      if (choice.length < depth && choice.every((other) => conditions[other]!.feature !== feature)) {
        choices.push([...choice, place]);
      }
    }
  });
  return choices.filter(({ length }) => length >= 2);
}

describe('the search', () => {
  it('finds on small data what a loop over everything finds', () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 2, max: 4 }),
        fc.integer({ min: 1, max: 12 }),
        (seed, features, depth, least) => {
          const rows = 150;
          const grid = randomGrid({ rows, features, bins: 3, seed });
          const random = seededRandom(seed).fork('who left');
          const churned = Uint8Array.from({ length: rows }, () => (random.uniform() < 0.3 ? 1 : 0));
          const counter = openCounter({ grid, churned, least, depth, leastStrength: 0, mostKept: 1e5 }, 0, 1);
          counter.search(0, unitsOf(grid).length / 2);
          const { conjunctions } = counter.found();
          counter.close();

          const inside = (choice: readonly number[]) =>
            [...churned.keys()].filter((row) =>
              choice.every((place) => {
                const { feature, from, to } = grid.conditions[place]!;
                const bin = grid.features[feature]!.bins[row]!;
                return from <= bin && bin < to;
              }),
            );
          const leaversOf = (members: readonly number[]) =>
            members.filter((row) => churned[row] === 1).length;
          const table = logTable(rows);
          const strengthIn = (all: readonly number[], part: readonly number[]) =>
            leaversOf(part) / part.length > leaversOf(all) / all.length
              ? quality(table, all.length, leaversOf(all), part.length, leaversOf(part))
              : -1;
          const expected = new Map<string, number>();
          for (const choice of everyChoice(grid, depth)) {
            const members = inside(choice);
            if (members.length < Math.max(1, least)) continue;
            const strength = Math.min(
              strengthIn(inside([]), members),
              ...choice.map((_, left) => strengthIn(inside(choice.toSpliced(left, 1)), members)),
            );
            if (strength > 0) expected.set(choice.join(), strength);
          }
          const found = conjunctions.filter(({ strength }) => strength > 0);
          expect(new Set(found.map(({ conditions }) => conditions.join()))).toEqual(new Set(expected.keys()));
          for (const { conditions, strength } of found) {
            expect(strength).toBeCloseTo(expected.get(conditions.join())!, 10);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
