import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binTables, learnFeatures } from '../../../src/models/boosted-trees/bins.js';
import { thresholdBetween } from '../../../src/models/boosted-trees/thresholds.js';
import { makeTable } from '../../../src/tables/table.js';

function binNumbers(numbers: readonly number[], maxBins: number, weights: Float64Array | null = null) {
  const table = makeTable([{ kind: 'number', name: 'x', values: Float64Array.from(numbers) }]);
  const binned = binTables(learnFeatures(table, weights), [table], weights, maxBins);
  const cut = binned.columns[0]!;
  return { thresholds: [...cut.thresholds], bins: cut.bins, bytes: [...binned.bytes[0]!] };
}

describe('binTables', () => {
  it('cuts midway between all distinct values when they fit, missing values last', () => {
    expect(binNumbers([3, 1, NaN, 2, 2, 10], 4)).toEqual({
      thresholds: [1.5, 2.5, 6.5],
      bins: 5,
      bytes: [2, 0, 4, 1, 1, 3],
    });
  });

  it('tells neighbouring doubles apart, though no number lies between them', () => {
    const [a, b] = [1 + Number.EPSILON, 1 + 2 * Number.EPSILON];
    expect(binNumbers([b, a], 2)).toEqual({ thresholds: [a], bins: 3, bytes: [1, 0] });
  });

  it('gives a value that outweighs an average bin a bin of its own', () => {
    // Zero weighs 40 of 48: alone in its bin; the other three bins share 8 values as 3 + 3 + 2.
    const numbers = [...new Array<number>(40).fill(0), 1, 2, 3, 4, 5, 6, 7, 8];
    expect(binNumbers(numbers, 4).thresholds).toEqual([0.5, 3.5, 6.5]);
    // In the middle it ends the bin before it: 1 and 2, 3, forty times 4, 5 to 7.
    const around = [1, 2, 3, ...new Array<number>(40).fill(4), 5, 6, 7];
    expect(binNumbers(around, 4).thresholds).toEqual([2.5, 3.5, 4.5]);
  });

  it('keeps both neighbours of a threshold on their sides in single precision', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(number, fc.integer({ min: 1, max: 40 }), (a, steps) => {
        const b = a + steps * Math.max(Math.abs(a) * 2 ** -26, Number.MIN_VALUE);
        fc.pre(Number.isFinite(b) && a < b);
        const threshold = thresholdBetween(a, b);
        expect(a <= threshold && threshold < b).toBe(true);
        if (Math.fround(a) === Math.fround(b)) return;
        expect(Math.fround(a) <= threshold && threshold < Math.fround(b)).toBe(true);
      }),
    );
    expect(thresholdBetween(0.1, 0.7)).toBe(Math.fround(0.4));
  });

  it('bins the rows of further tables by the thresholds of the first', () => {
    const table = makeTable([{ kind: 'number', name: 'x', values: Float64Array.of(1, 2, 3) }]);
    const more = makeTable([{ kind: 'number', name: 'x', values: Float64Array.of(9, 1.5, NaN, -4) }]);
    const { rows, bytes } = binTables(learnFeatures(table, null), [table, more], null, 255);
    expect(rows).toBe(7);
    expect([...bytes[0]!]).toEqual([0, 1, 2, 2, 0, 3, 0]);
  });

  it('counts a row of weight 3 as three rows', () => {
    const numbers = [1, 2, 3, 4, 5, 6];
    const weights = Float64Array.of(3, 1, 1, 2, 1, 4);
    const repeated = numbers.flatMap((value, i) => new Array<number>(weights[i]!).fill(value));
    expect(binNumbers(numbers, 3, weights).thresholds).toEqual(binNumbers(repeated, 3).thresholds);
  });

  it('holds between 2 and maxBins bins in the order of the values, whatever the ties', () => {
    const numbers = fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true })), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(numbers, fc.integer({ min: 2, max: 8 }), (values, maxBins) => {
        const { thresholds, bins, bytes } = binNumbers(values, maxBins);
        const distinct = new Set(values.map((value) => value + 0)).size;
        expect(thresholds.every(Number.isFinite)).toBe(true);
        expect(thresholds.length + 1).toBeLessThanOrEqual(maxBins);
        expect(bins).toBe(thresholds.length + 2);
        if (distinct <= maxBins) expect(new Set(bytes).size).toBe(distinct);
        else expect(thresholds.length).toBeGreaterThan(0);
        values.forEach((value, row) => {
          expect(bytes[row]).toBe(thresholds.filter((threshold) => threshold < value).length);
        });
      }),
    );
  });

  it('keeps levels that have rows, heaviest first, and joins those behind the 254th', () => {
    const codes = Int32Array.from({ length: 700 }, (_, row) => (row < 300 ? row : 299 - (row % 2)));
    const levels = Array.from({ length: 301 }, (_, code) => `l${code}`);
    const table = makeTable([{ kind: 'category', name: 'c', codes: codes.with(5, -1), levels }]);
    const features = learnFeatures(table, null);
    const [feature] = features;
    expect(feature?.kind === 'category' && feature.levels.slice(0, 3)).toEqual(['l298', 'l299', 'l0']);
    expect(feature?.kind === 'category' && feature.levels).toHaveLength(299);
    const { columns, bytes } = binTables(features, [table], null, 255);
    expect(columns[0]!.bins).toBe(256);
    expect(bytes[0]![298]).toBe(0);
    expect(bytes[0]![297]).toBe(254);
    expect(bytes[0]![5]).toBe(255);
  });

  it('lays out by row where in a histogram the three sums of each bin begin', () => {
    const table = makeTable([
      { kind: 'number', name: 'x', values: Float64Array.of(1, 2, NaN) },
      { kind: 'category', name: 'c', codes: Int32Array.of(0, -1, 1), levels: ['a', 'b'] },
    ]);
    const { firstPlace, places } = binTables(learnFeatures(table, null), [table], null, 255);
    expect([...firstPlace]).toEqual([0, 9, 18]);
    expect([...places]).toEqual([0, 9, 3, 15, 6, 12]);
  });
});
