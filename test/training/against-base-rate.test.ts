import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { logit, sigmoid } from '../../src/models/model.js';
import { stratifiedFolds } from '../../src/splits/folds.js';
import { makeTable } from '../../src/tables/table.js';
import { beatsBaseRate } from '../../src/training/against-base-rate.js';

/** A library of twelve scores that know `skill` of the outcome, out of fold. */
function judge(rows: number, skill: number, seed: number): boolean {
  const random = seededRandom(seed);
  const truth = Float64Array.from({ length: rows }, () => -1 + skill * random.normal());
  const churned = Uint8Array.from(truth, (score) => (random.uniform() < sigmoid(score) ? 1 : 0));
  const library = Array.from({ length: 12 }, () => truth.map((score) => score + 0.5 * random.normal()));
  const rate = churned.reduce((sum, y) => sum + y, 0) / rows;
  const set = {
    table: makeTable([], rows),
    churned,
    weights: null,
    groups: null,
    folds: 10,
    fold: stratifiedFolds(churned, null, 10, random),
  };
  return beatsBaseRate(library, new Float64Array(rows).fill(logit(rate)), set, random);
}

describe('beatsBaseRate', () => {
  it('lets a library of noise pass in few of 40 tables', () => {
    const passed = Array.from({ length: 40 }, (_, seed) => judge(400, 0, seed)).filter(Boolean).length;
    expect(passed).toBeLessThanOrEqual(4);
  });

  it('lets skill pass', () => {
    const passed = Array.from({ length: 10 }, (_, seed) => judge(400, 1.5, seed)).filter(Boolean).length;
    expect(passed).toBe(10);
  });
});
