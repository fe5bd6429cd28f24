import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFlag } from '../../src/flags/expression.js';
import { raisedBy } from '../../src/flags/flag.js';
import type { FlagRows } from '../../src/flags/flag-rows.js';
import { ledgerSchema, returnsStepSchema } from '../../src/flags/ledger.js';
import { chooseWithin, crossOff, inOrder, setAside } from '../../src/flags/returns.js';
import { makeTable } from '../../src/tables/table.js';

/** One number column of 0 and 1 for each row of bits. */
function rowsOf(bits: Record<string, readonly number[]>, churned: readonly number[]): FlagRows {
  const columns = Object.entries(bits).map(([name, values]) => ({
    kind: 'number' as const,
    name,
    values: Float64Array.from(values),
  }));
  return {
    table: makeTable(columns, churned.length),
    churned: Uint8Array.from(churned),
    snapshot: Int32Array.from(churned, (_, row) => row % 2),
  };
}

/** Ten rows, four leavers: base rate 0.4. */
const ten = rowsOf(
  {
    a: [1, 1, 1, 0, 1, 0, 0, 0, 0, 0], // 3 of 4 left: 1.4 beyond base
    b: [1, 1, 0, 1, 0, 0, 0, 0, 0, 0], // 3 of 3: 1.8 beyond base
    c: [0, 0, 1, 0, 1, 0, 0, 0, 0, 0], // 1 of 2: 0.2
    d: [0, 0, 0, 0, 0, 1, 1, 0, 0, 0], // 0 of 2
  },
  [1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
);
const [a, b, c, d] = ['a = 1', 'b = 1', 'c = 1', 'd = 1'].map(parseFlag) as [Flag, Flag, Flag, Flag];
type Flag = ReturnType<typeof parseFlag>;

const anyRows = fc
  .array(fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1), fc.nat(1), fc.nat(1)), { maxLength: 30 })
  .map((rows) => {
    const column = (at: number) => rows.map((row) => row[at]!);
    return rowsOf({ a: column(0), b: column(1), c: column(2), d: column(3) }, column(4));
  });

describe('crossOff', () => {
  it('takes what reaches most leavers beyond base, then what adds most to it, until nothing adds', () => {
    const steps = crossOff([a, b, c, d], ten);
    // After b, a adds rows 2 and 4, one of which left: 0.2 beyond base; c would add the same, but comes later.
    expect(steps).toMatchObject([
      { expression: 'b is 1', accounts: 3, churned: 3, rate: 1, churnedShare: 0.75, accountsShare: 0.3 },
      { expression: 'a is 1', accounts: 2, churned: 1, rate: 0.5, churnedShare: 1, accountsShare: 0.5 },
    ]);
    // Wilson by hand, 3 of 3: 3 ÷ (3 + 1.96²).
    expect(steps[0]!.low).toBeCloseTo(3 / (3 + 1.959963984540054 ** 2), 9);
    expect(steps[0]!.high).toBeCloseTo(1, 12);
    for (const step of steps) returnsStepSchema.parse(step);
  });

  it('stops at the most steps, and takes the first of equal ones', () => {
    expect(crossOff([a, b, c, d], ten, { most: 1 }).map(({ expression }) => expression)).toEqual(['b is 1']);
    expect(crossOff([c, b, a], ten).map(({ expression }) => expression)).toEqual(['b is 1', 'c is 1']);
  });

  it('takes nothing that is as good as the base rate, nor anything among nobody', () => {
    const all = rowsOf({ a: [1, 1, 1] }, [1, 0, 0]);
    expect(crossOff([parseFlag('a = 1')], all)).toEqual([]);
    expect(crossOff([a], rowsOf({ a: [] }, []))).toEqual([]);
    expect(crossOff([], ten)).toEqual([]);
  });

  it('reaches some beyond base with each step, and first takes the best single flag', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const steps = crossOff([a, b, c, d], rows);
        const left = rows.churned.reduce((sum, churned) => sum + churned, 0);
        const beyond = ({ accounts, churned }: { accounts: number; churned: number }) =>
          churned * rows.churned.length - accounts * left;
        const gains = steps.map(beyond);
        expect(gains.every((gain) => gain > 0)).toBe(true);
        const singles = [a, b, c, d].map((flag) => beyond(inOrder([flag], rows)[0]!));
        expect(gains[0] ?? 0).toBe(Math.max(0, ...singles));
        const steps2 = inOrder(
          steps.map(({ expression }) => parseFlag(expression)),
          rows,
        );
        expect(steps2).toEqual(steps);
      }),
    );
  });
});

describe('inOrder', () => {
  it('shows every flag given, with what those before it left', () => {
    expect(inOrder([d, a, b, a], ten)).toMatchObject([
      { expression: 'd is 1', accounts: 2, churned: 0, rate: 0, low: 0, churnedShare: 0, accountsShare: 0.2 },
      { expression: 'a is 1', accounts: 4, churned: 3, rate: 0.75, churnedShare: 0.75, accountsShare: 0.6 },
      { expression: 'b is 1', accounts: 1, churned: 1, rate: 1, churnedShare: 1, accountsShare: 0.7 },
      {
        expression: 'a is 1',
        accounts: 0,
        churned: 0,
        rate: 0,
        low: 0,
        high: 1,
        churnedShare: 1,
        accountsShare: 0.7,
      },
    ]);
  });

  it('has no figure that is not a number when nobody left, or nobody is there', () => {
    for (const rows of [rowsOf({ a: [1, 0] }, [0, 0]), rowsOf({ a: [] }, [])]) {
      for (const step of inOrder([a], rows)) returnsStepSchema.parse(step);
    }
  });

  it('reaches, at the last step, all that any flag raises, in any order', () => {
    fc.assert(
      fc.property(anyRows, fc.shuffledSubarray([a, b, c, d], { minLength: 1 }), (rows, flags) => {
        const raised = flags.map((flag) => raisedBy(flag, rows.table));
        const reached = [...rows.churned.keys()].filter((row) => raised.some((bytes) => bytes[row]));
        const steps = inOrder(flags, rows);
        expect(steps.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(reached.length);
        expect(steps.at(-1)!.accountsShare).toBe(rows.churned.length && reached.length / rows.churned.length);
      }),
    );
  });
});

describe('chooseWithin', () => {
  const rate = { a: 0.75, b: 1, c: 0.5, d: 0.1 };
  const rated = [
    { flag: d, rate: rate.d, name: 'd' },
    { flag: c, rate: rate.c, name: 'c' },
    { flag: b, rate: rate.b, name: 'b' },
    { flag: a, rate: rate.a, name: 'a' },
  ];
  const orderWithin = (capacity: number) =>
    chooseWithin(rated, ten, capacity)
      .map(({ name }) => name)
      .join('');

  it('takes what adds most within the capacity', () => {
    // b: 3 × 0.6 = 1.8 before a: 4 × 0.35 = 1.4; then a adds 2 × 0.35, c 2 × 0.1; then c adds none.
    expect(orderWithin(10)).toBe('bacd');
    // Room for 4: b takes 3 of it, a 1 more. Nothing fits: by rate.
    expect(orderWithin(4)).toBe('bacd');
    expect(orderWithin(0)).toBe('bacd');
  });

  it('prefers many at a fair rate where there is room for them, and few at a high one where there is not', () => {
    const wide = { flag: parseFlag('a = 1'), rate: 0.65 };
    const narrow = { flag: parseFlag('b = 1'), rate: 0.9 };
    const rows = rowsOf(
      { a: [1, 1, 1, 1, 1, 0, 0, 0], b: [0, 0, 0, 0, 0, 1, 1, 0] },
      [1, 1, 1, 0, 0, 1, 0, 0],
    );
    // Base 0.5; room for 5: 5 × 0.15 = 0.75 against 2 × 0.4 = 0.8; for 7, too. At 0.68: 0.9 and 0.8.
    expect(chooseWithin([wide, narrow], rows, 5)).toEqual([narrow, wide]);
    const wider = { ...wide, rate: 0.68 };
    expect(chooseWithin([wider, narrow], rows, 5)).toEqual([wider, narrow]);
    expect(chooseWithin([wider, narrow], rows, 4)).toEqual([narrow, wider]);
  });

  it('takes off the capacity what it has already chosen', () => {
    const first = { flag: parseFlag('a = 1'), rate: 0.9 };
    const wide = { flag: parseFlag('b = 1'), rate: 0.5 };
    const narrow = { flag: parseFlag('c = 1'), rate: 0.65 };
    const bits = {
      a: [1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
      b: [0, 0, 0, 1, 1, 1, 1, 0, 0, 0],
      c: [0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
    };
    const rows = rowsOf(bits, [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
    // Base 0.4; first adds 1.5. With 4 left, wide adds 4 × 0.1 and narrow 1 × 0.25; with 1 left, 0.1 and 0.25.
    expect(chooseWithin([narrow, wide, first], rows, 7)).toEqual([first, wide, narrow]);
    expect(chooseWithin([narrow, wide, first], rows, 4)).toEqual([first, narrow, wide]);
  });

  it('puts what adds no account behind, by rate, though its rate is high', () => {
    const inner = { flag: parseFlag('a = 1 and b = 1'), rate: 0.95 };
    const outer = { flag: a, rate: 0.9 };
    const other = { flag: b, rate: 0.5 };
    expect(chooseWithin([inner, outer, other], ten, 10)).toEqual([outer, other, inner]);
  });

  it('keeps every flag exactly once', () => {
    fc.assert(
      fc.property(anyRows, fc.array(fc.nat(3)), fc.nat(40), (rows, picks, capacity) => {
        const given = picks.map((at) => rated[at]!);
        const chosen = chooseWithin(given, rows, capacity);
        expect(chosen.map(({ name }) => name).sort()).toEqual(given.map(({ name }) => name).sort());
      }),
    );
  });
});

describe('setAside', () => {
  it('leaves the rows that raise nothing of what is handled, and counts the others for each', () => {
    const { rows, handled } = setAside(ten, [b, c, d]);
    expect(handled).toEqual([
      { expression: 'b is 1', accounts: 3, churned: 3 },
      { expression: 'c is 1', accounts: 2, churned: 1 },
      { expression: 'd is 1', accounts: 2, churned: 0 },
    ]);
    ledgerSchema.shape.handled.parse(handled);
    expect([...rows.churned]).toEqual([0, 0, 0]);
    expect([...rows.snapshot]).toEqual([1, 0, 1]);
    expect(rows.table.rows).toBe(3);
    // A row that raises two counts for both.
    expect(setAside(ten, [a, b]).handled.map(({ accounts }) => accounts)).toEqual([4, 3]);
    expect(setAside(ten, [a, b]).rows.churned).toHaveLength(5);
  });

  it('leaves all rows when nothing is handled, and changes none that it was given', () => {
    expect(setAside(ten, [])).toEqual({ rows: ten, handled: [] });
    fc.assert(
      fc.property(anyRows, (rows) => {
        const before = structuredClone(rows);
        const { rows: left } = setAside(rows, [a, b]);
        expect(raisedBy(a, left.table).some(Boolean) || raisedBy(b, left.table).some(Boolean)).toBe(false);
        expect(setAside(left, [a, b]).rows).toEqual(left);
        expect(rows).toEqual(before);
      }),
    );
  });
});
