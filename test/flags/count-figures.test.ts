import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfAsFew, countBySnapshot, figuresWithin, flagFigures } from '../../src/flags/count-figures.js';
import { flagFiguresSchema } from '../../src/flags/figures.js';
import type { FlagRows } from '../../src/flags/flag-rows.js';
import { type NumberColumn, takeBytes, takeCodes, takeRows } from '../../src/tables/table.js';
import { dealings, fewRows, flagRows } from './dealt-rows.js';

const raisedOf = (rows: FlagRows) => Uint8Array.from((rows.table.columns[0] as NumberColumn).values);
const leftAmong = (raised: Uint8Array, churned: Uint8Array) =>
  raised.reduce((sum, one, row) => sum + (one & churned[row]!), 0);

describe('flagFigures', () => {
  it('is worked by hand: ten accounts of two snapshots', () => {
    // First snapshot: 4 of 6 raise it, 3 of 6 left, all of them raising it. Second: 1 of 4 raises it, 1 of 4 left.
    const rows = flagRows({ a: '1111001000' }, '1110000100', '0000001111');
    const figures = flagFigures(raisedOf(rows), rows);
    expect(figures).toMatchObject({ accounts: 5, churned: 3, rate: 3 / 5, allAccounts: 10, allChurned: 4 });
    // 4 · 3/6 + 1 · 1/4 = 2.25 of 5 would have left.
    expect(figures.baseRate).toBeCloseTo(2.25 / 5, 15);
    expect(figures.lift).toBeCloseTo(3 / 2.25, 15);
    // Three or more: of C(6,4) = 15 draws, C(3,3)·C(3,1) = 3 hold all three leavers and 9 hold two; the second
    // snapshot adds one in 1 of 4 draws.
    expect(figures.p).toBeCloseTo(3 / 15 + (9 / 15) * (1 / 4), 14);
    // statsmodels: proportion_confint(3, 5, method='wilson').
    expect(figures.low).toBeCloseTo(0.2307, 4);
    expect(figures.high).toBeCloseTo(0.8824, 4);
  });

  it('knows nothing without a row that raises the flag, and stays finite when nobody leaves or nobody is there', () => {
    const rows = flagRows({ a: '0000' }, '1000');
    expect(flagFigures(raisedOf(rows), rows)).toEqual({
      accounts: 0,
      churned: 0,
      rate: 0,
      low: 0,
      high: 1,
      allAccounts: 4,
      allChurned: 1,
      baseRate: 1 / 4,
      lift: 0,
      p: 1,
    });
    const loyal = flagRows({ a: '1100' }, '0000');
    expect(flagFigures(raisedOf(loyal), loyal)).toMatchObject({ rate: 0, baseRate: 0, lift: 1, p: 1 });
    const none = flagRows({ a: '' }, '');
    expect(flagFiguresSchema.parse(flagFigures(raisedOf(none), none))).toMatchObject({ baseRate: 0, p: 1 });
  });

  it('has the p-value of all ways to deal the outcomes anew inside snapshots', () => {
    fc.assert(
      fc.property(fewRows, (rows) => {
        const raised = raisedOf(rows);
        const all = dealings(rows);
        const seen = leftAmong(raised, rows.churned);
        const share = (holds: (left: number) => boolean) =>
          all.filter((churned) => holds(leftAmong(raised, churned))).length / all.length;
        expect(flagFigures(raised, rows).p).toBeCloseTo(
          share((left) => left >= seen),
          12,
        );
        const few = chanceOfAsFew(countBySnapshot(raised, rows, () => true));
        expect(few).toBeCloseTo(
          share((left) => left <= seen),
          12,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('is at or below a level no more often than that when the flag says nothing', () => {
    fc.assert(
      fc.property(fewRows, (rows) => {
        const raised = raisedOf(rows);
        const ps = dealings(rows).map((churned) => flagFigures(raised, { ...rows, churned }).p);
        for (const level of ps)
          expect(ps.filter((p) => p <= level + 1e-12).length / ps.length).toBeLessThanOrEqual(level + 1e-12);
      }),
      { numRuns: 50 },
    );
  });
});

describe('figuresWithin', () => {
  it('is flagFigures of a table of the members', () => {
    fc.assert(
      fc.property(fewRows, fc.nat(255), (rows, bits) => {
        const isMember = (row: number) => ((bits >> row) & 1) === 1;
        const members = [...rows.churned.keys()].filter(isMember);
        const raised = raisedOf(rows);
        const alone = {
          table: takeRows(rows.table, members),
          churned: takeBytes(rows.churned, members),
          snapshot: takeCodes(rows.snapshot, members),
        };
        expect(figuresWithin(raised, rows, isMember)).toEqual(flagFigures(takeBytes(raised, members), alone));
      }),
    );
  });
});
