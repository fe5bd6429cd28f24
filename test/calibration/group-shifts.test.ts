import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyGroupShifts,
  fitGroupShifts,
  fittedGroupShiftsSchema,
  type ShiftGroup,
} from '../../src/calibration/group-shifts.js';
import { combineGroups } from '../../src/calibration/group-sums.js';
import { solveShifts } from '../../src/calibration/solve-shifts.js';
import { auc } from '../../src/evaluation/roc.js';
import { type Random, seededRandom } from '../../src/math/random.js';
import { type Condition, rowsMeeting } from '../../src/models/condition.js';
import { fitLogistic } from '../../src/models/logistic/logistic.js';
import { predictLogistic } from '../../src/models/logistic/predict.js';
import { logit, sigmoid } from '../../src/models/model.js';
import { foldRows, stratifiedFolds } from '../../src/splits/folds.js';
import { makeTable, type Table, takeBytes, takeRows } from '../../src/tables/table.js';

describe('worked by hand', () => {
  // 50 rows at 20 % of which 20 left, 50 rows at 20 % of which 10 left.
  const table = columns({ silent: Array.from({ length: 100 }, (_, row) => (row < 50 ? 1 : 0)) });
  const probabilities = new Float64Array(100).fill(0.2);
  const churned = Uint8Array.from({ length: 100 }, (_, row) => (row < 20 || row >= 90 ? 1 : 0));
  const silent = group('silent', 'flag', ['silent'], table);

  it('moves the log-odds of a flag from those of the mean to those of the rate', () => {
    const fitted = fitGroupShifts(probabilities, churned, [silent], options(1));
    expect(fitted).toHaveLength(1);
    const [{ shift, ...rest }] = fitted as [(typeof fitted)[0]];
    // 0.4 / 0.6 over 0.2 / 0.8 is 8 / 3.
    expect(shift).toBeCloseTo(Math.log(8 / 3), 6);
    expect(rest).toEqual({
      name: 'silent',
      kind: 'flag',
      conditions: [{ test: 'at-least', feature: 'silent', threshold: 1 }],
      rows: 50,
      meanBefore: expect.closeTo(0.2, 12),
      rate: 0.4,
    });
    const after = applyGroupShifts(fitted, probabilities, table);
    expect(after[0]).toBeCloseTo(0.4, 6);
    expect(after[99]).toBe(0.2);
  });

  it('takes from the rest what the flag gains when all rows are a group', () => {
    const fewer = Uint8Array.from(churned, (y, row) => (row >= 90 && row < 95 ? 0 : y));
    const fitted = fitGroupShifts(probabilities, fewer, [silent, all(table)], options(1));
    const after = applyGroupShifts(fitted, probabilities, table);
    // 5 of the other 50 left: 10 %.
    expect(after[0]).toBeCloseTo(0.4, 6);
    expect(after[99]).toBeCloseTo(0.1, 6);
  });

  it('shifts one of two groups of the same rows, after which the other is right too', () => {
    const twins = [silent, { ...silent, name: 'twin' }];
    const fitted = fitGroupShifts(probabilities, churned, twins, options(1));
    expect(fitted.map(({ name }) => name)).toEqual([silent.name]);
    expect(fitted[0]!.shift).toBeCloseTo(Math.log(8 / 3), 5);
  });

  it('leaves a flag alone inside which the model is right within binomial error', () => {
    const inside = silent.members.reduce((sum, one) => sum + one, 0);
    const rate = churned.reduce((sum, left, row) => sum + left * silent.members[row]!, 0) / inside;
    const off = (errors: number) => rate - errors * Math.sqrt((rate * (1 - rate)) / inside);
    const shiftsAt = (mean: number) =>
      fitGroupShifts(new Float64Array(churned.length).fill(mean), churned, [silent], options(1)).length;
    expect([shiftsAt(off(1)), shiftsAt(off(2.5))]).toEqual([0, 1]);
  });

  it('leaves groups of fewer than 20 accounts, 5 leavers or 5 stayers alone', () => {
    const small = columns({
      small: Array.from({ length: 100 }, (_, row) => (row >= 10 && row < 29 ? 1 : 0)),
    });
    const loyal = Uint8Array.from({ length: 100 }, (_, row) => (row < 4 || row > 60 ? 1 : 0));
    expect(
      fitGroupShifts(probabilities, churned, [group('s', 'flag', ['small'], small)], options(1)),
    ).toEqual([]);
    expect(fitGroupShifts(probabilities, loyal, [silent], options(1))).toEqual([]);
    const leaving = loyal.map((y) => 1 - y);
    expect(fitGroupShifts(probabilities, leaving, [silent], options(1))).toEqual([]);
  });

  it('uses no group of all rows alone', () => {
    expect(fitGroupShifts(probabilities, churned, [all(table)], options(1))).toEqual([]);
  });

  it('refuses members of another length', () => {
    const short = { ...silent, members: new Uint8Array(3) };
    expect(() => fitGroupShifts(probabilities, churned, [short], options(1))).toThrow(/100 outcomes with 3/);
  });
});

describe('statsmodels GLM with offset', () => {
  const reference = JSON.parse(
    readFileSync(new URL('../references/group-shifts.json', import.meta.url), 'utf8'),
  );
  const flags: ShiftGroup[] = reference.members.map((members: number[], i: number) => ({
    name: `flag ${i}`,
    kind: 'flag',
    conditions: [],
    members: Uint8Array.from(members),
  }));
  const everyone: ShiftGroup = {
    name: 'all',
    kind: 'all',
    conditions: [],
    members: new Uint8Array(reference.churned.length).fill(1),
  };

  it.each([
    ['even', null],
    ['weighted', Float64Array.from(reference.weights)],
  ] as const)('agrees on overlapping and nested flags, %s rows', (name, weights) => {
    const shifts = (groups: ShiftGroup[]) =>
      solveShifts(
        {
          scores: Float64Array.from(reference.probabilities, logit),
          churned: Uint8Array.from(reference.churned),
          weights: weights ?? new Float64Array(reference.churned.length).fill(1),
          combinations: combineGroups(
            groups.map(({ members }) => members),
            reference.churned.length,
          ),
        },
        [...groups.keys()],
        new Float64Array(groups.length),
      ).shifts;
    expectClose([...shifts(flags)], reference[name].flags);
    expectClose([...shifts([...flags, everyone])], reference[name].withAll);
  });
});

describe('properties', () => {
  it('has the rate as mean probability in every shifted group, leaves other rows alone, survives JSON', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.boolean(), (seed, withAll) => {
        const random = seededRandom(seed);
        const { table, probabilities, churned, groups } = drawGroups(random, 400);
        const given = withAll ? [...groups, all(table)] : groups;
        const fitted = fitGroupShifts(probabilities, churned, given, { random });
        const again = fittedGroupShiftsSchema.parse(JSON.parse(JSON.stringify(fitted)));
        const after = applyGroupShifts(again, probabilities, table);
        expect(after).toEqual(applyGroupShifts(fitted, probabilities, table));
        const touched = new Uint8Array(table.rows);
        for (const shifted of fitted) {
          const inside = [...rowsMeeting(shifted.conditions, table).entries()].flatMap(([r, y]) =>
            y ? [r] : [],
          );
          for (const row of inside) touched[row] = 1;
          const mean = inside.reduce((sum, row) => sum + after[row]!, 0) / inside.length;
          expect(Math.abs(mean - shifted.rate)).toBeLessThan(1e-6);
        }
        for (const [row, y] of touched.entries()) if (y === 0) expect(after[row]).toBe(probabilities[row]);
        for (const p of after) expect(p > 0 && p < 1).toBe(true);
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('takes weights as repeated rows', () => {
    const { table, probabilities, churned, groups } = drawGroups(seededRandom(8), 300);
    const weights = Float64Array.from({ length: 300 }, (_, row) => row % 3);
    const repeated = [...weights].flatMap((weight, row) => new Array<number>(weight).fill(row));
    const flags = groups.filter(({ kind }) => kind === 'flag');
    const twice = fitGroupShifts(
      Float64Array.from(repeated, (row) => probabilities[row]!),
      takeBytes(churned, repeated),
      flags.map((own) => ({ ...own, members: takeBytes(own.members, repeated) })),
      options(1),
    );
    const weighted = fitGroupShifts(probabilities, churned, flags, { ...options(1), weights });
    expect(weighted.map(({ name }) => name)).toEqual(twice.map(({ name }) => name));
    expectClose(
      weighted.map(({ shift }) => shift),
      twice.map(({ shift }) => shift),
    );
    expect(table.rows).toBe(300);
  });
});

describe('stages and segments', () => {
  /** Accounts of 4 segments at 20 %; in the first the rate is another. */
  function segments(rate: number, seed: number) {
    const random = seededRandom(seed);
    const rows = 2_000;
    const segment = Array.from({ length: rows }, () => random.integer(4));
    const table = columns(
      Object.fromEntries(
        [0, 1, 2, 3].map((each) => [`s${each}`, segment.map((own) => (own === each ? 1 : 0))]),
      ),
    );
    const churned = Uint8Array.from(segment, (own) => (random.uniform() < (own === 0 ? rate : 0.2) ? 1 : 0));
    const groups = [0, 1, 2, 3].map((each) => group(`s${each}`, 'segment', [`s${each}`], table));
    return { churned, groups, probabilities: new Float64Array(rows).fill(0.2) };
  }

  it('are shifted where the model is wrong', () => {
    for (let seed = 0; seed < 10; seed++) {
      const { churned, groups, probabilities } = segments(0.35, seed);
      const names = fitGroupShifts(probabilities, churned, groups, options(seed)).map(({ name }) => name);
      expect(names).toContain('s0');
    }
  });

  it('are mostly left alone where it is right: chance would have a third of them move', () => {
    let kept = 0;
    for (let seed = 0; seed < 30; seed++) {
      const { churned, groups, probabilities } = segments(0.2, seed);
      kept += fitGroupShifts(probabilities, churned, groups, options(seed)).length;
    }
    // Of 120: beyond one standard error lie about 38, beyond 2.7 about 1.
    expect(kept).toBeLessThan(6);
  });

  it('are too small with the many rows of few leavers', () => {
    // 400 rows of 100 accounts, 4 of which left: 16 rows.
    const clusters = Int32Array.from({ length: 400 }, (_, row) => row >> 2);
    const churned = Uint8Array.from(clusters, (account) => (account < 4 ? 1 : 0));
    const table = columns({ land: new Array<number>(400).fill(1) });
    const groups = [group('land', 'flag', ['land'], table)];
    const probabilities = new Float64Array(400).fill(0.2);
    expect(fitGroupShifts(probabilities, churned, groups, options(1))).toHaveLength(1);
    expect(fitGroupShifts(probabilities, churned, groups, { ...options(1), clusters })).toEqual([]);
  });

  it('count accounts and not rows: one account’s many rows earn nothing', () => {
    // 60 accounts of 20 equal rows in one segment: the gap is 3.8 standard errors of rows, 0.9 of accounts.
    const clusters = Int32Array.from({ length: 1_200 }, (_, row) => Math.floor(row / 20));
    const churned = Uint8Array.from(clusters, (account) => (account < 14 ? 1 : 0));
    const table = columns({ big: new Array<number>(1_200).fill(1) });
    const groups = [group('big', 'segment', ['big'], table)];
    const probabilities = new Float64Array(1_200).fill(0.19);
    expect(fitGroupShifts(probabilities, churned, groups, options(1))).toHaveLength(1);
    expect(fitGroupShifts(probabilities, churned, groups, { ...options(1), clusters })).toEqual([]);
  });
});

describe('a world in which three harmless facts together are not', () => {
  const SEEDS = 20;
  const worlds = Array.from({ length: SEEDS }, (_, seed) => liveThrough(seededRandom(seed)));

  it('is understood wrongly by an additive model', () => {
    const gaps = worlds.map(({ before }) => before.gap);
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / SEEDS).toBeGreaterThan(0.15);
    expect(Math.min(...gaps)).toBeGreaterThan(0.05);
  });

  it('has mean and rate agree inside the flag on rows of later, within the errors of both samples', () => {
    const errors = worlds.map(({ after }) => after.errors / Math.SQRT2);
    const mean = errors.reduce((sum, z) => sum + z, 0) / SEEDS;
    const square = errors.reduce((sum, z) => sum + z * z, 0) / SEEDS;
    // 20 standard normals: their mean has a standard error of 0.22, their mean square one of 0.32.
    expect(Math.abs(mean)).toBeLessThan(0.7);
    expect(square).toBeGreaterThan(0.2);
    expect(square).toBeLessThan(2);
    expect(errors.filter((z) => Math.abs(z) > 1.96).length).toBeLessThanOrEqual(3);
  });

  it('is ranked no worse and mostly better, and the total stays right', () => {
    const gains = worlds.map(({ before, after }) => after.auc - before.auc);
    expect(Math.min(...gains)).toBeGreaterThan(-0.002);
    expect(gains.filter((gain) => gain > 0).length).toBeGreaterThan(15);
    for (const { after } of worlds) expect(Math.abs(after.totalErrors) / Math.SQRT2).toBeLessThan(3.5);
  });
});

/** Learns an additive model and the shift on 4,000 accounts and looks at 4,000 others. */
function liveThrough(random: Random) {
  const learned = drawWorld(random, 4_000);
  const later = drawWorld(random, 4_000);
  const outOfFold = new Float64Array(4_000);
  const fold = stratifiedFolds(learned.churned, null, 5, random);
  for (let held = 0; held < 5; held++) {
    const { inside, outside } = foldRows(fold, held);
    const fitted = fitAdditive(takeRows(learned.table, outside), takeBytes(learned.churned, outside));
    predictLogistic(fitted, takeRows(learned.table, inside)).forEach((score, i) => {
      outOfFold[inside[i]!] = sigmoid(score);
    });
  }
  const groups = [group('all three', 'flag', ['a', 'b', 'c'], learned.table), all(learned.table)];
  const shifts = fitGroupShifts(outOfFold, learned.churned, groups, { random });
  const scores = predictLogistic(fitAdditive(learned.table, learned.churned), later.table);
  const before = scores.map(sigmoid);
  const after = applyGroupShifts(shifts, before, later.table);
  const members = rowsMeeting(groups[0]!.conditions, later.table);
  const everyone = new Uint8Array(4_000).fill(1);
  const figures = (probabilities: Float64Array) => ({
    ...compare(probabilities, later.churned, members),
    totalErrors: compare(probabilities, later.churned, everyone).errors,
    auc: auc(probabilities, later.churned),
  });
  return { before: figures(before), after: figures(after) };
}

function compare(probabilities: Float64Array, churned: Uint8Array, members: Uint8Array) {
  let [rows, gap, variance] = [0, 0, 0];
  members.forEach((inside, row) => {
    if (!inside) return;
    rows++;
    gap += churned[row]! - probabilities[row]!;
    variance += probabilities[row]! * (1 - probabilities[row]!);
  });
  return { gap: gap / rows, errors: gap / Math.sqrt(variance) };
}

/** Each fact on a third of the accounts; with two of them fewer leave than with none, with three 42 %. And age tells. */
function drawWorld(random: Random, rows: number) {
  const draw = () => Array.from({ length: rows }, () => (random.uniform() < 0.35 ? 1 : 0));
  const [a, b, c] = [draw(), draw(), draw()];
  const age = Array.from({ length: rows }, () => random.normal());
  const rates = [0.22, 0.18, 0.12, 0.42];
  const churned = Uint8Array.from(a, (own, row) => {
    const score = logit(rates[own + b[row]! + c[row]!]!) - 0.5 * age[row]!;
    return random.uniform() < sigmoid(score) ? 1 : 0;
  });
  return { table: columns({ a, b, c, age }), churned };
}

function fitAdditive(table: Table, churned: Uint8Array) {
  return fitLogistic({ table, churned, weights: null }, { l1: 0, l2: 0.001 });
}

/** Overlapping flags, nested ones, and segments that part all rows. */
function drawGroups(random: Random, rows: number) {
  const flag = (share: number) => Array.from({ length: rows }, () => (random.uniform() < share ? 1 : 0));
  const part = Array.from({ length: rows }, () => random.integer(3));
  const table = columns({
    a: flag(0.5),
    b: flag(0.4),
    c: flag(0.6),
    ...Object.fromEntries(
      [0, 1, 2].map((each) => [`part${each}`, part.map((own) => (own === each ? 1 : 0))]),
    ),
  });
  const groups = [
    group('a', 'flag', ['a'], table),
    group('a and b', 'flag', ['a', 'b'], table),
    group('c', 'flag', ['c'], table),
    ...[0, 1, 2].map((each) => group(`part ${each}`, 'segment', [`part${each}`], table)),
  ];
  const scores = Float64Array.from({ length: rows }, () => random.normal() - 1);
  const push = Float64Array.from(
    { length: rows },
    (_, row) => (groups[1]!.members[row] ? 1.5 : 0) - part[row]! / 2,
  );
  const churned = Uint8Array.from(scores, (score, row) =>
    random.uniform() < sigmoid(score + push[row]!) ? 1 : 0,
  );
  return { table, probabilities: scores.map(sigmoid), churned, groups };
}

function columns(values: Readonly<Record<string, readonly number[]>>): Table {
  return makeTable(
    Object.entries(values).map(([name, own]) => ({ kind: 'number', name, values: Float64Array.from(own) })),
  );
}

/** The rows with 1 in all named columns. */
function group(
  name: string,
  kind: ShiftGroup['kind'],
  features: readonly string[],
  table: Table,
): ShiftGroup {
  const conditions = features.map((feature): Condition => ({ test: 'at-least', feature, threshold: 1 }));
  return { name, kind, conditions, members: rowsMeeting(conditions, table) };
}

function all(table: Table): ShiftGroup {
  return group('all', 'all', [], table);
}

function options(seed: number) {
  return { random: seededRandom(seed) };
}

function expectClose(found: readonly number[], wanted: readonly number[]) {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i]!, 6);
  });
}
