import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liftAt } from '../../src/evaluation/lift.js';
import { auc } from '../../src/evaluation/roc.js';
import { discriminate } from '../../src/lead-time/discrimination.js';

const reference = JSON.parse(readFileSync(new URL('../references/lead-time.json', import.meta.url), 'utf8'));

describe('discriminate', () => {
  it('worked by hand: five accounts and a missing value', () => {
    const found = discriminate(Float64Array.of(9, 4, 4, 1, Number.NaN, 3), Uint8Array.of(1, 1, 0, 0, 1, 0))!;
    // Leavers 9 and 4, stayers 4, 1 and 3: 9 is above all three, 4 above two and level with one.
    expect(found).toMatchObject({ leavers: 2, stayers: 3 });
    expect(found.auc).toBeCloseTo((3 + 2.5) / 6, 12);
    // The highest fifth is one account, the 9, which left; the lowest is the 1, which stayed.
    expect(found.liftHigh).toBeCloseTo(1 / (2 / 5), 12);
    expect(found.liftLow).toBe(0);
    // The 9 stands above all stayers: (1 − 11/12) / 2. The stayer 4 is below one leaver and level with one: (3/4 − 11/12) / 3.
    expect(found.pulls[0]).toBeCloseTo(1 / 24, 12);
    expect(found.pulls[2]).toBeCloseTo(-1 / 18, 12);
    expect(found.pulls[4]).toBe(0);
  });

  it('has nothing to say without values on both sides', () => {
    expect(discriminate(Float64Array.of(1, Number.NaN), Uint8Array.of(1, 0))).toBeNull();
    expect(discriminate(new Float64Array(0), new Uint8Array(0))).toBeNull();
  });

  it('has a lift of 1 where all values are the same, whatever the number of rows', () => {
    for (let rows = 2; rows < 400; rows++) {
      const { liftHigh, liftLow } = discriminate(
        new Float64Array(rows).fill(7),
        Uint8Array.from({ length: rows }, (_, row) => (row % 5 === 0 ? 1 : 0)),
      )!;
      expect(liftHigh).toBeCloseTo(1, 9);
      expect(liftLow).toBeCloseTo(1, 9);
    }
  });

  it('authority: AUC and standard error by account of R survival::concordance', () => {
    const found = discriminate(Float64Array.from(reference.value), Uint8Array.from(reference.left))!;
    const byAccount = new Float64Array(40);
    for (const [row, pull] of found.pulls.entries()) byAccount[reference.account[row]!]! += pull;
    expect(found.auc).toBeCloseTo(reference.auc, 12);
    expect(Math.sqrt(byAccount.reduce((sum, pull) => sum + pull * pull, 0))).toBeCloseTo(
      reference.standardError,
      12,
    );
  });

  it('agrees with AUC and lift of the evaluation; pulls add up to 0', () => {
    const row = fc.record({ value: fc.integer({ min: 0, max: 20 }), left: fc.constantFrom(0, 1) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 60 }), (rows) => {
        const left = Uint8Array.from(rows, (one) => one.left);
        fc.pre(left.includes(0) && left.includes(1));
        const found = discriminate(
          Float64Array.from(rows, ({ value }) => value),
          left,
        )!;
        const shares = Float64Array.from(rows, ({ value }) => value / 20);
        expect(found.auc).toBeCloseTo(auc(shares, left), 10);
        expect(found.liftHigh).toBeCloseTo(liftAt(0.2, shares, left).lift, 10);
        expect(found.liftLow).toBeCloseTo(
          liftAt(
            0.2,
            shares.map((share) => 1 - share),
            left,
          ).lift,
          10,
        );
        expect(found.pulls.reduce((sum, pull) => sum + pull, 0)).toBeCloseTo(0, 10);
      }),
    );
  });
});
