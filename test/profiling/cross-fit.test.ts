import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import type { Cells } from '../../src/profiling/cells.js';
import { countCells, crossFittedAuc, foldCount, outcomeFolds } from '../../src/profiling/cross-fit.js';

const cellsOf = (codes: ArrayLike<number>, count: number): Cells => ({
  codes: Int32Array.from(codes),
  labels: Array.from({ length: count }, (_, i) => String(i)),
  single: Array.from({ length: count }, () => true),
  missing: count - 1,
});
const aucOf = (codes: ArrayLike<number>, count: number, churned: Uint8Array) =>
  crossFittedAuc(
    countCells(cellsOf(codes, count), churned, outcomeFolds(churned)),
    churned.reduce((sum, outcome) => sum + outcome, 0) / churned.length,
  );
const churned = Uint8Array.from({ length: 1000 }, (_, i) => (i % 4 === 0 ? 1 : 0));

describe('outcomeFolds', () => {
  it('spreads each outcome evenly, and always the same way', () => {
    const folds = outcomeFolds(churned);
    const perFold = new Float64Array(foldCount);
    folds.forEach((fold, row) => {
      perFold[fold]! += churned[row]!;
    });
    expect([...perFold]).toEqual([50, 50, 50, 50, 50]);
    expect(outcomeFolds(churned)).toEqual(folds);
  });
});

describe('crossFittedAuc', () => {
  it('is 1 for a copy, in either direction, and 0.5 for a constant', () => {
    expect(aucOf(churned, 3, churned)).toBe(1);
    expect(
      aucOf(
        churned.map((outcome) => 1 - outcome),
        3,
        churned,
      ),
    ).toBe(1);
    expect(aucOf(new Uint8Array(1000), 2, churned)).toBe(0.5);
  });

  it('of one flag is what the counts say', () => {
    // The flag is on for 125 of 250 churned rows and no other: AUC = 0.5 + 0.5 · 0.5, whatever the folds.
    const flag = churned.map((outcome, row) => (outcome === 1 && row % 8 === 0 ? 1 : 0));
    expect(aucOf(flag, 3, churned)).toBeCloseTo(0.75, 12);
  });

  it('ranks each fold by the rates of the others; by hand', () => {
    // Fold 0: 50 of 50 churned in cell A, 0 of 50 in B. Fold 1: 4 of 4 in A, 20 of 40 in B. Base rate 0.5.
    const counts = {
      cells: 2,
      rows: Float64Array.of(50, 50, 4, 40, 0, 0, 0, 0, 0, 0),
      churned: Float64Array.of(50, 0, 4, 20, 0, 0, 0, 0, 0, 0),
      totalRows: Float64Array.of(54, 90),
      totalChurned: Float64Array.of(54, 20),
    };
    // Fold 0 by fold 1's rates: A (4 + 5) / 14 above B (20 + 5) / 50, so all 50 · 50 pairs are won.
    // Fold 1 by fold 0's: A 55 / 60 above B 5 / 60, so 4 · 20 are won and 20 · 20 tied.
    expect(crossFittedAuc(counts, 0.5)).toBe((2500 + 80 + 200) / (2500 + 24 * 20));
  });

  it('gives a column of many rare levels no credit for its own rows', () => {
    const random = seededRandom(4);
    const levels = Array.from(churned, () => random.integer(400));
    expect(Math.abs(aucOf(levels, 401, churned) - 0.5)).toBeLessThan(0.06);
  });
});
