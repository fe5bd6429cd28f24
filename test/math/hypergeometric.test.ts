import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hypergeometric, hypergeometricTail } from '../../src/math/hypergeometric.js';

type Urn = [population: number, successes: number, draws: number];
const { tails, sums } = JSON.parse(
  readFileSync(new URL('../references/exact-tests.json', import.meta.url), 'utf8'),
) as {
  tails: { urn: Urn; least: number; scipy: number; exact: number }[];
  sums: { name: string; strata: Urn[]; least: number; exact: number }[];
};

const urnOf = ([population, successes, draws]: Urn): Hypergeometric => ({ population, successes, draws });

const smallUrn = fc.integer({ min: 0, max: 9 }).chain((population) =>
  fc.record({
    population: fc.constant(population),
    successes: fc.nat({ max: population }),
    draws: fc.nat({ max: population }),
  }),
);

const bitsOf = (set: number) => [...set.toString(2)].filter((bit) => bit === '1').length;

/** Every way to draw from the urns, first `successes` members being successes: how often each sum comes up. */
function enumerateSums(urns: readonly Hypergeometric[]): number[] {
  let sums = [0];
  for (const { population, successes, draws } of urns) {
    const drawn: number[] = [];
    for (let set = 0; set < 2 ** population; set++) {
      if (bitsOf(set) !== draws) continue;
      drawn.push(bitsOf(set & (2 ** successes - 1)));
    }
    sums = drawn.flatMap((more) => sums.map((sum) => sum + more));
  }
  return sums;
}

describe('hypergeometricTail', () => {
  it('is 17 of 70 for three or four right cups out of four, the lady tasting tea', () => {
    expect(hypergeometricTail([{ population: 8, successes: 4, draws: 4 }], 3)).toBeCloseTo(17 / 70, 15);
  });

  it.each(tails)('agrees with scipy hypergeom.sf, and to ten digits with mpmath: $urn', (reference) => {
    const tail = hypergeometricTail([urnOf(reference.urn)], reference.least);
    expect(tail / reference.scipy).toBeCloseTo(1, 8);
    expect(Math.abs(tail / reference.exact - 1)).toBeLessThan(1e-11);
  });

  it.each(sums)('agrees with mpmath over strata: $name', ({ strata, least, exact }) => {
    const tail = hypergeometricTail(strata.map(urnOf), least);
    expect(Math.abs(tail / exact - 1)).toBeLessThan(1e-11);
    expect(hypergeometricTail(strata.map(urnOf).reverse(), least) / exact).toBeCloseTo(1, 10);
  });

  it('counts all draws of up to two small urns', () => {
    fc.assert(
      fc.property(smallUrn, fc.record({ second: smallUrn, least: fc.nat({ max: 10 }) }), (first, more) => {
        const urns = first.population + more.second.population <= 11 ? [first, more.second] : [first];
        const all = enumerateSums(urns);
        const share = all.filter((sum) => sum >= more.least).length / all.length;
        expect(hypergeometricTail(urns, more.least)).toBeCloseTo(share, 12);
      }),
      { numRuns: 200 },
    );
  });

  it('never grows with what is asked for, and the chances on both sides add up', () => {
    const wide = fc.record({ population: fc.integer({ min: 1, max: 3_000 }), a: fc.nat(), b: fc.nat() });
    fc.assert(
      fc.property(fc.array(wide, { minLength: 1, maxLength: 5 }), fc.nat(), (drawn, at) => {
        const urns = drawn.map(({ population, a, b }) => ({
          population,
          successes: a % (population + 1),
          draws: b % (population + 1),
        }));
        const draws = urns.reduce((sum, urn) => sum + urn.draws, 0);
        const least = at % (draws + 2);
        const tail = hypergeometricTail(urns, least);
        expect(hypergeometricTail(urns, least + 1)).toBeLessThanOrEqual(tail * (1 + 1e-12));
        // What is drawn and no success: at most draws − least of them in the upper tail.
        const failures = urns.map((urn) => ({ ...urn, successes: urn.population - urn.successes }));
        expect(tail + hypergeometricTail(failures, draws - least + 1)).toBeCloseTo(1, 11);
      }),
      { numRuns: 150 },
    );
  });

  it('is 1 for nothing asked and 0 for more than there is, also without urns', () => {
    const urn = { population: 10, successes: 6, draws: 7 };
    expect(hypergeometricTail([urn], 3)).toBe(1);
    expect(hypergeometricTail([urn], 7)).toBe(0);
    expect(hypergeometricTail([], 0)).toBe(1);
    expect(hypergeometricTail([], 1)).toBe(0);
  });
});
