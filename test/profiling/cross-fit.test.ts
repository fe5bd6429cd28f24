import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import type { Cells } from '../../src/profiling/cells.js';
import { countCells, crossFittedAuc, foldCount, outcomeFolds } from '../../src/profiling/cross-fit.js';

const cellsOf = (codes: ArrayLike<number>, count: number): Cells => ({
  codes: Int32Array.from(codes),
  labels: Array.from({ length: count }, (_, i) => String(i)),
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

  it('gives a column of many rare levels no credit for its own rows', () => {
    const random = seededRandom(4);
    const levels = Array.from(churned, () => random.integer(400));
    expect(Math.abs(aucOf(levels, 401, churned) - 0.5)).toBeLessThan(0.06);
  });
});
