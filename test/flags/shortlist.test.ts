import { describe, expect, it } from 'vitest';
import type { Conjunction } from '../../src/flags/search/counter.js';
import type { Grid } from '../../src/flags/search/grid.js';
import { byWorth, distinctConjunctions } from '../../src/flags/shortlist.js';

/** One feature of four bins per fact; of bins 3 and 4 the given shares leave, of all others a tenth. */
const rows = 4000;
const binsA = Uint8Array.from({ length: rows }, (_, row) => 1 + (row % 4));
const binsB = Uint8Array.from({ length: rows }, (_, row) => 1 + (Math.floor(row / 4) % 4));
const gridOf = (): Grid => ({
  rows,
  features: [
    { name: 'a', bins: binsA, binCount: 5, from: 0, to: 2 },
    { name: 'b', bins: binsB, binCount: 5, from: 2, to: 4 },
  ],
  conditions: [
    { condition: { test: 'at-least', feature: 'a', threshold: 3 }, feature: 0, from: 3, to: 5 },
    { condition: { test: 'at-least', feature: 'a', threshold: 4 }, feature: 0, from: 4, to: 5 },
    { condition: { test: 'at-least', feature: 'b', threshold: 3 }, feature: 1, from: 3, to: 5 },
    { condition: { test: 'at-least', feature: 'b', threshold: 4 }, feature: 1, from: 4, to: 5 },
  ],
});
/** Every so-many-th row of a cell leaves. */
const churnedBy = (every: (a: number, b: number) => number) => {
  const seen = new Map<string, number>();
  return Uint8Array.from({ length: rows }, (_, row) => {
    const cell = `${binsA[row]} ${binsB[row]}`;
    const count = (seen.get(cell) ?? 0) + 1;
    seen.set(cell, count);
    return count % every(binsA[row]!, binsB[row]!) === 0 ? 1 : 0;
  });
};
const conjunctionOf = (conditions: number[], churned: Uint8Array): Conjunction => {
  const { conditions: all, features } = gridOf();
  const members = [...churned.keys()].filter((row) =>
    conditions.every((place) => {
      const { feature, from, to } = all[place]!;
      const bin = features[feature]!.bins[row]!;
      return bin >= from && bin < to;
    }),
  );
  const leavers = members.filter((row) => churned[row] === 1).length;
  return { conditions, rows: members.length, leavers, strength: 10 };
};
const chosen = (places: number[][], churned: Uint8Array) =>
  distinctConjunctions(
    places.map((one) => conjunctionOf(one, churned)),
    gridOf(),
    churned,
    10,
  ).map(({ conditions }) => conditions);

describe('distinctConjunctions', () => {
  it('merges what is nested into what stands before it', () => {
    const churned = churnedBy((a, b) => (a >= 3 && b >= 3 ? 2 : 10));
    expect(
      chosen(
        [
          [0, 2],
          [1, 2],
          [0, 3],
        ],
        churned,
      ),
    ).toEqual([[0, 2]]);
  });

  it('does not let a stricter threshold stand that earns nothing', () => {
    const churned = churnedBy((a, b) => (a >= 3 && b >= 3 ? 2 : 10));
    expect(
      chosen(
        [
          [1, 3],
          [1, 2],
          [0, 2],
        ],
        churned,
      ),
    ).toEqual([[0, 2]]);
  });

  it('lets a stricter threshold stand beyond which far more leave', () => {
    const churned = churnedBy((a, b) => (a >= 4 && b >= 4 ? 1 : a >= 3 && b >= 3 ? 4 : 10));
    expect(
      chosen(
        [
          [1, 3],
          [0, 2],
        ],
        churned,
      ),
    ).toEqual([
      [1, 3],
      [0, 2],
    ]);
  });

  it('drops what holds a fact among harmless rows', () => {
    const churned = churnedBy((a, b) => (a >= 4 && b >= 4 ? 1 : 10));
    expect(
      chosen(
        [
          [1, 3],
          [0, 2],
          [0, 3],
          [1, 2],
        ],
        churned,
      ),
    ).toEqual([[1, 3]]);
  });
});

describe('byWorth', () => {
  const churned = new Uint8Array(rows);
  const few = { ...conjunctionOf([1, 3], churned), rows: 100, leavers: 60 };
  const many = { ...conjunctionOf([0, 2], churned), rows: 1000, leavers: 300 };
  const lucky = { ...conjunctionOf([0, 3], churned), rows: 6, leavers: 6 };

  it('prefers sharp ones for few contacts and large ones for many', () => {
    expect(byWorth([many, few], 0.1, 70)).toEqual([few, many]);
    expect(byWorth([few, many], 0.1, 1000)).toEqual([many, few]);
  });

  it('does not prefer a few lucky rows', () => {
    expect(byWorth([lucky, few], 0.1, 70)).toEqual([few, lucky]);
  });
});
