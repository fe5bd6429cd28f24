import { describe, expect, it } from 'vitest';
import { discriminationCurve, type Look } from '../../src/lead-time/curve.js';
import { seededRandom } from '../../src/math/random.js';

/** Accounts 0 … n − 1, each third one a leaver; from 28 days on only those of `longStanding` are active. */
function looksOf(accounts: number, longStanding: (account: number) => boolean): Look[] {
  return [0, 7, 14, 21, 28, 35].map((daysBefore) => {
    const seen = Array.from({ length: accounts }, (_, account) => account).filter(
      (account) => daysBefore < 28 || longStanding(account),
    );
    return {
      daysBefore,
      subjects: Int32Array.from(seen),
      accounts: Int32Array.from(seen),
      isLeaver: Uint8Array.from(seen, (account) => Number(account % 3 === 0)),
    };
  });
}

describe('discriminationCurve', () => {
  it('does not move in its linked form when accounts join that differ for good', () => {
    const random = seededRandom(2);
    const size = Float64Array.from({ length: 300 }, () => random.normal());
    // Large leavers and small stayers are the long-standing ones: the AUC falls when the others join.
    const looks = looksOf(300, (account) =>
      account % 3 === 0 ? size[account]! > -0.5 : size[account]! < 0.5,
    );
    const values = looks.map(({ subjects }) => Float64Array.from(subjects, (account) => size[account]!));
    const { auc, linked } = discriminationCurve(looks, values, 300);
    expect(auc[5]! - auc[0]!).toBeGreaterThan(0.2);
    for (const day of linked) expect(day).toBeCloseTo(auc[5]!, 12);
  });

  it('is the plain AUC while the same accounts are active, and its pulls are what a second drawing adds', () => {
    const random = seededRandom(3);
    const looks = looksOf(240, () => true);
    const values = looks.map(({ subjects }) =>
      Float64Array.from(subjects, () => Math.round(3 * random.normal())),
    );
    const { auc, linked, pulls } = discriminationCurve(looks, values, 240);
    for (const [day, value] of auc.entries()) expect(linked[day]).toBeCloseTo(value, 12);
    // Each account drawn twice is the same sample: no pull in sum.
    for (let day = 0; day < 6; day++) {
      const sum = pulls.values.subarray(day * 240, (day + 1) * 240).reduce((total, pull) => total + pull, 0);
      expect(sum).toBeCloseTo(0, 12);
    }
    const twice = looks.map((look, index) => {
      const again = (cells: Int32Array | Uint8Array) => [...cells, cells[0]!];
      return {
        look: {
          ...look,
          subjects: Int32Array.from([...look.subjects, 240]),
          accounts: Int32Array.from(again(look.accounts)),
          isLeaver: Uint8Array.from(again(look.isLeaver)),
        },
        values: Float64Array.from([...values[index]!, values[index]![0]!]),
      };
    });
    const redrawn = discriminationCurve(
      twice.map(({ look }) => look),
      twice.map((one) => one.values),
      240,
    );
    for (let day = 0; day < 6; day++) {
      expect(redrawn.auc[day]! - auc[day]!).toBeCloseTo(pulls.values[day * 240]!, 3);
    }
  });

  it('leaves out days on which fewer than 20 leavers or stayers have a value', () => {
    const looks = looksOf(60, (account) => account < 57);
    const values = looks.map(({ subjects }) => Float64Array.from(subjects));
    expect([...discriminationCurve(looks, values, 60).days]).toEqual([0, 7, 14, 21]);
  });
});
