import { describe, expect, it } from 'vitest';
import { westfallYoung } from '../../../src/flags/carried.js';
import { dealOutcomes } from '../../../src/flags/search/deal.js';
import { type CountingPlan, unitsOf } from '../../../src/flags/search/grid.js';
import { logTable, quality } from '../../../src/flags/search/quality.js';
import { searchConjunctions } from '../../../src/flags/search/search.js';
import { seededRandom } from '../../../src/math/random.js';
import { randomGrid } from './grid-fixture.js';

const planOf = (rows: number, seed: number, features = 5): CountingPlan => {
  const random = seededRandom(seed).fork('outcomes');
  return {
    grid: randomGrid({ rows, features, bins: 4, seed }),
    churned: Uint8Array.from({ length: rows }, () => (random.uniform() < 0.2 ? 1 : 0)),
    least: Math.ceil(rows / 50),
    depth: 3,
    leastStrength: 1,
    mostKept: 1000,
  };
};
const optionsOf = (plan: CountingPlan, dealings = 130) => ({
  random: seededRandom(9),
  dealings,
  snapshot: new Int32Array(plan.churned.length),
});

describe('searchConjunctions', () => {
  it('finds the same with one thread and with helpers that are up and asleep in between', async () => {
    const plan = planOf(60_000, 1, 6);
    const alone = await searchConjunctions(plan, { ...optionsOf(plan), threads: 1 });
    for (let round = 0; round < 3; round++) {
      expect(await searchConjunctions(plan, { ...optionsOf(plan), threads: 2 })).toEqual(alone);
    }
    expect(alone.complete).toBe(true);
  });

  it('keeps what it found when it is stopped', async () => {
    const plan = planOf(2_000, 2);
    const whole = await searchConjunctions(plan, optionsOf(plan, 0));
    const stop = new AbortController();
    const stopped = await searchConjunctions(plan, {
      ...optionsOf(plan),
      signal: stop.signal,
      onProgress: (_, share) => {
        if (share > 0.05) stop.abort();
      },
    });
    expect(stopped.complete).toBe(false);
    expect(stopped.largest).toBeNull();
    expect(stopped.looked).toBeGreaterThan(0);
    expect(stopped.looked).toBeLessThan(whole.looked);
    const known = new Set(whole.conjunctions.map(({ conditions }) => conditions.join()));
    for (const { conditions } of stopped.conjunctions) expect(known).toContain(conditions.join());
  });

  it('tells its progress up to the end', async () => {
    const plan = planOf(500, 3);
    const shares: number[] = [];
    await searchConjunctions(plan, { ...optionsOf(plan), onProgress: (_, share) => shares.push(share) });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 10);
  });

  it('corrects so that in noise a strength so large or larger comes up as often as its p says', async () => {
    const rounds = 200;
    let reached = 0;
    for (let seed = 0; seed < rounds; seed++) {
      // With depth 2 and no parts to beat, the observed maximum is one of its own dealings.
      const plan = { ...planOf(300, seed, 3), depth: 2, leastStrength: 0 };
      const { largest } = await searchConjunctions(plan, {
        ...optionsOf(plan, 39),
        random: seededRandom(seed),
      });
      const observed = { ...plan, churned: shuffledOutcomes(plan, seed) };
      const again = await searchConjunctions(observed, {
        ...optionsOf(observed, 39),
        random: seededRandom(-1 - seed),
      });
      if (westfallYoung(again.largest![0]!, largest!) <= 0.2) reached++;
    }
    // 40 are expected; a binomial count lies within 23 and 58 but for one time in a thousand.
    expect(reached).toBeGreaterThanOrEqual(23);
    expect(reached).toBeLessThanOrEqual(58);
  });
});

function shuffledOutcomes({ churned }: CountingPlan, seed: number): Uint8Array {
  const { bits } = dealOutcomes(churned, new Int32Array(churned.length), 1, seededRandom(seed).fork('again'));
  return Uint8Array.from(churned, (_, row) => bits[row * 16]! & 1);
}

describe('unitsOf', () => {
  it('lists every condition and every pair on two features once', () => {
    const grid = randomGrid({ rows: 50, features: 3, bins: 3, seed: 1 });
    const units = unitsOf(grid);
    const pairs = Array.from({ length: units.length / 2 }, (_, i) => `${units[2 * i]} ${units[2 * i + 1]}`);
    const n = grid.conditions.length;
    const perFeature = n / 3;
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(pairs.length).toBe(n + 3 * perFeature * perFeature);
  });
});

describe('dealOutcomes', () => {
  it('keeps the number of leavers of every snapshot, in every dealing', () => {
    const churned = Uint8Array.from({ length: 300 }, (_, row) => (row % (2 + (row % 3)) === 0 ? 1 : 0));
    const snapshot = Int32Array.from({ length: 300 }, (_, row) => row % 4);
    const { bits } = dealOutcomes(churned, snapshot, 140, seededRandom(1));
    const count = (of: number, left: (row: number) => number) =>
      [...churned.keys()].filter((row) => snapshot[row] === of).reduce((sum, row) => sum + left(row), 0);
    for (let dealing = 0; dealing < 140; dealing++) {
      const base = Math.floor(dealing / 128) * 300 * 16 + ((dealing % 128) >> 3);
      const dealt = (row: number) => (bits[base + 16 * row]! >> (dealing & 7)) & 1;
      for (const of of [0, 1, 2, 3]) expect(count(of, dealt)).toBe(count(of, (row) => churned[row]!));
    }
  });

  it('deals to every row alike', () => {
    const churned = Uint8Array.from({ length: 40 }, (_, row) => (row < 10 ? 1 : 0));
    const { bits } = dealOutcomes(churned, new Int32Array(40), 4096, seededRandom(2));
    const often = Array.from({ length: 40 }, (_, row) => {
      let sum = 0;
      for (let dealing = 0; dealing < 4096; dealing++) {
        sum += (bits[(dealing >> 7) * 640 + row * 16 + ((dealing & 127) >> 3)]! >> (dealing & 7)) & 1;
      }
      return sum;
    });
    // 1,024 each, with a standard deviation of 28.
    for (const dealt of often) expect(Math.abs(dealt - 1024)).toBeLessThan(4.5 * 28);
  });
});

describe('quality', () => {
  it('is half the likelihood ratio of a table of four, worked by hand', () => {
    // 6 of 10 inside, 4 of 30 outside: Σ observed × ln(observed ÷ expected), of expected 2.5, 7.5, 7.5, 22.5.
    const byHand =
      6 * Math.log(6 / 2.5) + 4 * Math.log(4 / 7.5) + 4 * Math.log(4 / 7.5) + 26 * Math.log(26 / 22.5);
    expect(quality(logTable(40), 40, 10, 10, 6)).toBeCloseTo(byHand, 12);
    expect(quality(logTable(40), 40, 10, 12, 3)).toBeCloseTo(0, 12);
  });
});
