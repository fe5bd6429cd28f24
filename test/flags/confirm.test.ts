import { describe, expect, it } from 'vitest';
import { confirm } from '../../src/flags/confirm.js';
import type { Flag } from '../../src/flags/flag.js';
import type { FlagRows } from '../../src/flags/flag-rows.js';
import { permutation, seededRandom } from '../../src/math/random.js';
import type { Condition } from '../../src/models/condition.js';
import { makeTable, takeBytes } from '../../src/tables/table.js';
import { flagRows } from './dealt-rows.js';

const A: Condition = { test: 'at-least', feature: 'a', threshold: 1 };
const B: Condition = { test: 'at-least', feature: 'b', threshold: 1 };
const both: Flag = { conditions: [A, B] };
const without = (condition: Condition): Flag => ({ conditions: [condition] });

/** Ten accounts: four with both, who left; three with `a` alone and three with `b` alone, who stayed. */
const seed = flagRows({ a: '1111111000', b: '1111000111' }, '1111000000');

describe('confirm', () => {
  it('is worked by hand: together they leave, alone they stay', () => {
    const [found] = confirm([both], seed);
    expect(found).toMatchObject({ flag: both, isConfirmed: true });
    expect(found!.why).toBe('confirmed: 4 of 4 left (100 %), base 40 %');
    expect(found!.confirmation.p).toBeCloseTo(1 / 210, 14); // C(10, 4)
    expect(found!.confirmation.correctedP).toBeCloseTo(1 / 35, 14); // C(7, 4), of the parts
    expect(
      found!.singles.map(({ condition, figures }) => [condition, figures.churned, figures.accounts]),
    ).toEqual([
      ['a >= 1', 4, 7],
      ['b >= 1', 4, 7],
    ]);
    expect(found!.parts).toHaveLength(2);
    expect(found!.parts[0]).toMatchObject({
      without: 'a >= 1',
      figures: { accounts: 7, churned: 4, baseRate: expect.closeTo(0.4, 14) },
      restAccounts: 3,
      restRate: 0,
      restLow: 0,
    });
    // statsmodels: proportion_confint(0, 3, method='wilson').
    expect(found!.parts[0]!.restHigh).toBeCloseTo(0.5615, 4);
    expect(found!.parts[0]!.p).toBeCloseTo(1 / 35, 14);
  });

  it('corrects for all that was carried (Holm)', () => {
    const [first, second] = confirm([both, without(A)], seed);
    // a alone: 4 of 7 hold all four leavers, C(7, 4) of C(10, 4).
    expect(second!.confirmation.p).toBeCloseTo(35 / 210, 14);
    expect(first!.confirmation.correctedP).toBeCloseTo(2 / 35, 14);
    expect(first!.isConfirmed).toBe(false);
    expect(first!.why).toMatch(/^failed: the condition [ab] >= 1 does not earn its place/);
    expect(second!.parts).toEqual([]);
    expect(second!.why).toBe(
      'failed: 4 of 7 left (57.1 %), base 40 % (not above it beyond doubt: corrected p 0.17)',
    );
    expect(confirm([], seed)).toEqual([]);
  });

  it('refuses a flag that exceeds the base because of one condition, and says which other is idle', () => {
    const half = '1'.repeat(40) + '0'.repeat(40);
    const rows = flagRows({ a: half, b: '10'.repeat(40) }, `${'11111100'.repeat(5)}${'0'.repeat(40)}`);
    const [alone, joined] = confirm([without(A), both], rows);
    expect(alone!.isConfirmed).toBe(true);
    expect(joined!.confirmation.p).toBeLessThan(1e-3);
    expect(joined!.isConfirmed).toBe(false);
    expect(joined!.why).toMatch(
      /^failed: the condition b >= 1 does not earn its place: without it 30 of 40 left \(75 %\), with it 15 of 20 left/,
    );
  });

  it('says that a condition holds wherever the others do', () => {
    const rows = flagRows({ a: '1111000000', b: '1111111111' }, '1111000000');
    const [found] = confirm([both], rows);
    expect(found!.parts.map(({ p }) => p)).toEqual([expect.closeTo(1 / 210, 14), 1]);
    expect(found!.parts[1]).toMatchObject({
      without: 'b >= 1',
      restAccounts: 0,
      restRate: 0,
      restLow: 0,
      restHigh: 1,
    });
    expect(found!.why).toBe(
      'failed: the condition b >= 1 does not earn its place: it holds wherever the others do (corrected p 1)',
    );
  });

  it('fails a flag that nobody raises, and one that is below the base', () => {
    const never: Flag = { conditions: [{ test: 'at-least', feature: 'a', threshold: 2 }] };
    const rows = flagRows({ a: '1111100000', b: '0000000000' }, '1000001111');
    const [empty, below] = confirm([never, without(A)], rows);
    expect(empty).toMatchObject({ isConfirmed: false, why: 'failed: no account raises it on the new rows' });
    expect(below!.why).toBe('failed: 1 of 5 left (20 %), base 50 %');
  });

  it('names the feature that the rows lack', () => {
    expect(() => confirm([both], flagRows({ a: '10' }, '10'))).toThrow(/column "b" is missing/);
  });

  it('confirms a flag with an idle condition in at most 5 % of new data, and a real one almost always', () => {
    const random = seededRandom(4);
    const bit = () => (random.uniform() < 0.5 ? 1 : 0);
    const draw = (rate: (a: number, b: number) => number): FlagRows => {
      const [a, b] = [Float64Array.from({ length: 120 }, bit), Float64Array.from({ length: 120 }, bit)];
      const table = makeTable([
        { kind: 'number', name: 'a', values: a },
        { kind: 'number', name: 'b', values: b },
      ]);
      const churned = Uint8Array.from(a, (_, row) => (random.uniform() < rate(a[row]!, b[row]!) ? 1 : 0));
      return { table, churned, snapshot: Int32Array.from(a, (_, row) => row % 3) };
    };
    const confirmed = (rate: (a: number, b: number) => number) =>
      Array.from({ length: 300 }, () => confirm([both], draw(rate))[0]!.isConfirmed).filter(Boolean).length /
      300;
    expect(confirmed((a) => (a === 1 ? 0.7 : 0.05))).toBeLessThanOrEqual(0.05);
    expect(confirmed((a, b) => (a + b === 2 ? 0.8 : 0.1))).toBeGreaterThan(0.95);
  });

  it('confirms nothing in more than 5 % of shuffled outcomes, many flags looked at', () => {
    const random = seededRandom(11);
    const texts = Array.from({ length: 8 }, () =>
      Array.from({ length: 60 }, () => random.integer(2)).join(''),
    );
    const rows = flagRows(Object.fromEntries(texts.map((text, i) => [`f${i}`, text])), '100'.repeat(20));
    const flags = texts.map((_, i): Flag => ({ conditions: [{ ...A, feature: `f${i}` } as Condition] }));
    const shuffles = 400;
    let wrong = 0;
    for (let i = 0; i < shuffles; i++) {
      const churned = takeBytes(rows.churned, permutation(60, random));
      if (confirm(flags, { ...rows, churned }).some(({ isConfirmed }) => isConfirmed)) wrong++;
    }
    expect(wrong / shuffles).toBeLessThanOrEqual(0.05);
    expect(wrong).toBeGreaterThan(0);
  });
});
