import { expect, it } from 'vitest';
import { simpsonCheck } from '../../src/journey/simpson.js';
import { seededRandom } from '../../src/math/random.js';
import { liveCompany } from '../../src/simulation/tables/lives.js';
import { type ScenarioName, scenarioPlan } from '../../src/simulation/tables/scenarios.js';
import { createWorld } from '../../src/simulation/tables/world.js';
import type { CategoryColumn } from '../../src/tables/table.js';

const SEGMENTS = ['small', 'midsize', 'enterprise'];

/** A row for each month that an account began as a customer, and whether it left in it. */
function monthsOf(scenario: ScenarioName, seed: number) {
  const lives = liveCompany(2000, createWorld(scenarioPlan(scenario), 24), seededRandom(seed));
  const rows = lives.flatMap(({ traits, stints, months }, account) =>
    months.map((_, i) => ({
      account,
      traits,
      churned: Number(i === months.length - 1 && stints.at(-1)?.leave !== null),
    })),
  );
  const category = (
    name: string,
    levels: string[],
    level: (row: (typeof rows)[number]) => string,
  ): CategoryColumn => ({
    kind: 'category',
    name,
    levels,
    codes: Int32Array.from(rows, (row) => levels.indexOf(level(row))),
  });
  return {
    churned: Uint8Array.from(rows, ({ churned }) => churned),
    accounts: Int32Array.from(rows, ({ account }) => account),
    facts: [
      category('member', ['no', 'yes'], ({ traits }) => (traits.habits.communityPerDay > 0 ? 'yes' : 'no')),
      category('country', ['DE', 'FR', 'NL', 'AT', 'ES', 'IE'], ({ traits }) => traits.country),
    ],
    strata: [
      category('segment', SEGMENTS, ({ traits }) => traits.segment),
      category('plan', ['starter', 'team', 'business'], ({ traits }) => traits.plan),
    ],
  };
}

it.each([1, 2])(
  'the simulated company in which members leave more over all: found inside segments, seed %d',
  (seed) => {
    const { reversals } = simpsonCheck(monthsOf('simpson', seed));
    const inSegments = reversals.filter(({ stratum }) => stratum === 'segment');
    expect(inSegments.map(({ fact, turnsOnAverage }) => [fact, turnsOnAverage])).toEqual([
      ['member is yes', true],
    ]);
    expect(inSegments[0]?.overall.difference).toBeGreaterThan(0);
    expect(inSegments[0]?.adjusted.difference).toBeLessThan(0);
    expect(reversals.every(({ column }) => column === 'member')).toBe(true);
  },
);

it.each([1])('the simulated company without such a fact: nothing, seed %d', (seed) => {
  expect(simpsonCheck(monthsOf('base', seed)).reversals).toEqual([]);
});
