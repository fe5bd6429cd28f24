import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Counter } from '../../../src/flags/search/counter.js';
import { dealOutcomes } from '../../../src/flags/search/deal.js';
import { type CountingPlan, unitsOf } from '../../../src/flags/search/grid.js';
import { KernelCounter } from '../../../src/flags/search/kernel-counter.js';
import { PlainCounter } from '../../../src/flags/search/plain-counter.js';
import { openWorkshop } from '../../../src/kernels/workshop.js';
import { seededRandom } from '../../../src/math/random.js';
import { randomGrid } from './grid-fixture.js';

const planOf = fc
  .record({
    rows: fc.integer({ min: 20, max: 400 }),
    features: fc.integer({ min: 2, max: 5 }),
    bins: fc.integer({ min: 1, max: 5 }),
    seed: fc.nat(1e6),
    rate: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
    least: fc.integer({ min: 1, max: 30 }),
    depth: fc.integer({ min: 2, max: 4 }),
    leastStrength: fc.constantFrom(0, 0.5, 2),
    mostKept: fc.constantFrom(1, 7, 50, 100_000),
  })
  .map(({ rows, features, bins, seed, rate, ...rest }): CountingPlan => {
    const random = seededRandom(seed).fork('outcomes');
    return {
      grid: randomGrid({ rows, features, bins, seed }),
      churned: Uint8Array.from({ length: rows }, () => (random.uniform() < rate ? 1 : 0)),
      ...rest,
    };
  });

const countAll = (counter: Counter, plan: CountingPlan, dealings: number) => {
  const units = unitsOf(plan.grid).length / 2;
  const middle = units >> 1;
  const snapshot = Int32Array.from(plan.churned, (_, row) => row % 3);
  counter.search(0, middle);
  counter.search(middle, units);
  counter.take(dealOutcomes(plan.churned, snapshot, dealings, seededRandom(3)));
  counter.permute(0, middle);
  counter.permute(middle, units);
  const result = { ...counter.found(), largest: [...counter.largest()] };
  counter.close();
  return result;
};

describe('the kernels of conjunctions', () => {
  it.each([1, 2])('find what the plain twin finds, with %i threads', (threads) => {
    fc.assert(
      fc.property(planOf, fc.constantFrom(1, 100, 130), (plan, dealings) => {
        const kernels = countAll(
          new KernelCounter(openWorkshop(threads, 'conjunctions')!, plan),
          plan,
          dealings,
        );
        expect(kernels).toEqual(countAll(new PlainCounter(plan), plan, dealings));
      }),
      { numRuns: 60 },
    );
  });
});
