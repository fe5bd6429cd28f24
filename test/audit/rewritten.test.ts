import { describe, expect, it } from 'vitest';
import { levelsOf } from '../../src/audit/levels.js';
import { rewrittenValue } from '../../src/audit/rewritten.js';
import { type Random, seededRandom } from '../../src/math/random.js';
import { livesOf } from './made-lives.js';

const TESTS = 40;

/** A company whose accounts have a column that was written by whether they left. */
function written(accounts: number, random: Random, write: (left: boolean, random: Random) => number) {
  const { lives } = livesOf(accounts, random, { hazardRatio: 1 });
  const values = Float64Array.from(lives.leftAt, (time) => write(!Number.isNaN(time), random));
  return rewrittenValue(lives, levelsOf({ kind: 'number', name: 'x', values }), TESTS);
}

const colour = (random: Random) => (random.uniform() < 0.4 ? 1 : 2);

describe('rewrittenValue', () => {
  it('finds a status that was back-filled', () => {
    const found = written(300, seededRandom(1), (left) => (left ? 7 : 1));
    expect(found).toMatchObject({ sign: 'only-among-leavers' });
    expect(found?.words).toMatch(
      /^is 7 for (\d+) of the \1 accounts that left and for 0 of the \d+ that did not/,
    );
  });

  it('finds what is filled in for leavers alone', () => {
    const found = written(1000, seededRandom(1), (left, random) =>
      left && random.uniform() < 0.3 ? 1 : Number.NaN,
    );
    expect(found).toMatchObject({ sign: 'only-among-leavers' });
    expect(found?.words).toMatch(/^is 1 for/);
  });

  it('finds scores turned red, and a column that is kept up for those that are there', () => {
    expect(
      written(600, seededRandom(2), (left, random) =>
        Math.round(left ? 4 + 20 * random.uniform() : 60 + 14 * random.normal()),
      )?.sign,
    ).toBe('only-among-leavers');
    expect(
      written(600, seededRandom(2), (left, random) => (!left && random.uniform() < 0.6 ? 3 : Number.NaN))
        ?.sign,
    ).toBe('hardly-among-leavers');
  });

  it('finds scores turned green, by how the difference grows', () => {
    const found = written(2000, seededRandom(3), (left, random) =>
      !left && random.uniform() < 0.85 ? 1 : colour(random),
    );
    expect(found).toMatchObject({ sign: 'grows-towards-extraction' });
  });

  it('leaves honest facts alone, also strong ones: at most 3 of 100 companies with six times the risk', () => {
    let wrong = 0;
    for (let seed = 0; seed < 100; seed++) {
      const { lives, codes } = livesOf(800, seededRandom(seed), { hazardRatio: 6 });
      const column = { codes, words: ['is usual', 'is in danger'] };
      if (rewrittenValue(lives, column, TESTS)) wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(3);
  });

  it('leaves cohorts alone: everybody leaves after ten months, so of the old ones everybody is gone', () => {
    const random = seededRandom(4);
    const startedAt = Float64Array.from({ length: 1000 }, () => Math.floor(900 * random.uniform()) - 200);
    const leftAt = startedAt
      .map((time) => time + 300 + random.integer(30))
      .map((time) => (time < 720 ? time : Number.NaN));
    const codes = Int32Array.from(startedAt, (time) => Number(time < 0));
    const lives = { accountIds: [], startedAt, leftAt };
    expect(rewrittenValue(lives, { codes, words: ['is new', 'is old'] }, TESTS)).toBeNull();
  });

  it('says nothing with few leavings', () => {
    expect(written(40, seededRandom(5), (left) => Number(left))).toBeNull();
  });
});
