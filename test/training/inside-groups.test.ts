import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../src/evaluation/reliability.js';
import { seededRandom } from '../../src/math/random.js';
import { makeTable } from '../../src/tables/table.js';
import type { ChurnModel } from '../../src/training/churn-model.js';
import { type NamedGroup, namedGroups } from '../../src/training/group-calibration.js';
import { judgeInside, rateInterval } from '../../src/training/inside-groups.js';
import type { LearningSet } from '../../src/training/learning-sets.js';
import { seedFact, seedLedger } from '../flags/ledger-fixture.js';

const silent: NamedGroup = {
  name: 'silent',
  kind: 'flag',
  conditions: [{ test: 'at-least', feature: 'silent', threshold: 1 }],
};
const lost: NamedGroup = {
  name: 'lost',
  kind: 'segment',
  conditions: [{ test: 'missing', feature: 'silent' }],
};

/** Gives everybody 20 %, and 40 % to the silent. */
const model: ChurnModel = {
  formatVersion: 1,
  kind: 'churnlab-model',
  name: 'm',
  verdict: 'signal',
  baseRate: 0.2,
  members: [
    {
      name: 'base-rate',
      weight: 1,
      fitted: {
        kind: 'base-rate',
        score: Math.log(0.25),
        features: [{ kind: 'number', name: 'silent' }],
      },
    },
  ],
  calibration: { kind: 'none', tried: [] },
  groupShifts: [
    {
      ...silent,
      conditions: [...silent.conditions],
      shift: Math.log(8 / 3),
      rows: 100,
      meanBefore: 0.2,
      rate: 0.4,
    },
  ],
};

/** 100 rows, the first 50 silent, of which so many left. */
function heldBack(left: number): LearningSet {
  const values = Float64Array.from({ length: 100 }, (_, row) => (row < 50 ? 1 : 0));
  return {
    table: makeTable([{ kind: 'number', name: 'silent', values }]),
    churned: Uint8Array.from({ length: 100 }, (_, row) => (row < left || row >= 90 ? 1 : 0)),
    weights: null,
    ids: [],
    groups: null,
    labelledRows: new Int32Array(100),
  };
}

describe('judgeInside', () => {
  it('sets the mean probability before and after beside the rate', () => {
    expect(judgeInside([silent], model, heldBack(20))).toEqual([
      {
        name: 'silent',
        kind: 'flag',
        shifted: true,
        rows: 50,
        churned: 20,
        meanBefore: expect.closeTo(0.2, 9),
        meanAfter: expect.closeTo(0.4, 9),
        rate: { value: 0.4, ...wilsonInterval(0.4, 50) },
        agrees: true,
      },
    ]);
  });

  it('says when they do not agree, and passes over groups without a row', () => {
    expect(judgeInside([silent, lost], model, heldBack(5)).map(({ agrees }) => agrees)).toEqual([false]);
    expect(judgeInside([silent], { ...model, groupShifts: [] }, heldBack(20))[0]).toMatchObject({
      shifted: false,
      meanAfter: expect.closeTo(0.2, 9),
      agrees: false,
    });
  });
});

describe('rateInterval', () => {
  const rows = [...new Array(40).keys()];
  const churned = Uint8Array.from(rows, (row) => (row < 10 ? 1 : 0));

  it('is Wilson’s where every row is an account', () => {
    expect(rateInterval(rows, churned, null)).toEqual(wilsonInterval(0.25, 40));
  });

  it('counts equal rows of one account once', () => {
    // 8 accounts of 5 rows, 2 of which left: variance of the mean of 8 is 0.1875 / 7.
    const accounts = Int32Array.from(rows, (row) => Math.floor(row / 5));
    const { low, high } = rateInterval(rows, churned, accounts);
    const expected = wilsonInterval(0.25, 7);
    expect(low).toBeCloseTo(expected.low, 12);
    expect(high).toBeCloseTo(expected.high, 12);
  });

  it('counts accounts where all left or none', () => {
    const accounts = Int32Array.from(rows, (row) => Math.floor(row / 5));
    expect(rateInterval(rows, new Uint8Array(40), accounts)).toEqual(wilsonInterval(0, 8));
  });

  it('covers the true rate in 95 of 100 samples of accounts with four rows each', () => {
    const random = seededRandom(4);
    let covered = 0;
    for (let sample = 0; sample < 400; sample++) {
      const accounts = Int32Array.from({ length: 240 }, (_, row) => row >> 2);
      // What becomes of an account is mostly decided once: 3 of 4 of its rows repeat the first.
      const first = Array.from({ length: 60 }, () => random.uniform() < 0.3);
      const y = Uint8Array.from(accounts, (account) =>
        (random.uniform() < 0.75 ? first[account]! : random.uniform() < 0.3) ? 1 : 0,
      );
      const { low, high } = rateInterval([...y.keys()], y, accounts);
      if (low <= 0.3 && 0.3 <= high) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.92);
    expect(covered / 400).toBeLessThan(0.985);
  });
});

describe('namedGroups', () => {
  const table = makeTable([
    { kind: 'category', name: 'journey_stage', codes: Int32Array.of(1, 0), levels: ['land', 'adopt'] },
    { kind: 'category', name: 'segment', codes: Int32Array.of(0, 0), levels: ['small'] },
    { kind: 'category', name: 'plan', codes: Int32Array.of(0, 0), levels: ['free'] },
  ]);

  it('are the confirmed flags, then stages and segments in text order', () => {
    expect(namedGroups(seedLedger(), table).map(({ kind, name }) => [kind, name])).toEqual([
      ['flag', seedFact.expression],
      ['stage', 'adopt'],
      ['stage', 'land'],
      ['segment', 'small'],
    ]);
    expect(namedGroups(null, table)).toHaveLength(3);
  });
});
