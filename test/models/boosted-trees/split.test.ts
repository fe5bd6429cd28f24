import { describe, expect, it } from 'vitest';
import { binTables, learnFeatures } from '../../../src/models/boosted-trees/bins.js';
import { bestCategorySplit } from '../../../src/models/boosted-trees/category-split.js';
import { emptyHistogram, fillHistogram, sumRows } from '../../../src/models/boosted-trees/histogram.js';
import { type Bounds, leafQuality, UNBOUNDED } from '../../../src/models/boosted-trees/leaf.js';
import { bestNumberSplit } from '../../../src/models/boosted-trees/number-split.js';
import { type BoostedTreesOptions, treeSettings } from '../../../src/models/boosted-trees/options.js';
import { type Column, makeTable } from '../../../src/tables/table.js';

/** The best split of one column for the given gradients, every Hessian being 1. */
function splitOf(
  column: Column,
  gradients: readonly number[],
  options: BoostedTreesOptions,
  promise: { direction: number; bounds: Bounds } = { direction: 0, bounds: UNBOUNDED },
) {
  const settings = treeSettings({ minLeafRows: 1, l2: 0, ...options });
  const table = makeTable([column]);
  const binned = binTables(learnFeatures(table, null), [table], null, 255);
  const statistics = Float64Array.from(gradients.flatMap((gradient) => [gradient, 1, 1]));
  const rows = Int32Array.from(gradients.keys());
  const histogram = emptyHistogram(binned);
  fillHistogram(histogram, binned, statistics, rows, 0, rows.length);
  const sums = sumRows(statistics, rows, 0, rows.length);
  const { bounds, direction } = promise;
  const whole = leafQuality(sums.gradient, sums.hessian, settings, bounds);
  const least = whole + Math.max(settings.minSplitGain, 1e-9);
  const split =
    column.kind === 'number'
      ? bestNumberSplit(histogram, { sums, bounds }, settings, least, direction)
      : bestCategorySplit(histogram, { sums, bounds }, settings, least);
  return split && { gain: split.quality - whole, left: split.left, goesLeft: [...split.goesLeft] };
}

function numbers(...values: number[]): Column {
  return { kind: 'number', name: 'x', values: Float64Array.from(values) };
}

function letters(text: string): Column {
  const levels = [...new Set(text.replaceAll('?', ''))];
  return { kind: 'category', name: 'c', codes: Int32Array.from(text, (c) => levels.indexOf(c)), levels };
}

describe('a number column', () => {
  it('is cut where ΣG² / H gains most', () => {
    // Cut behind 2: (−4)² / 2 + 4² / 2 − 0² / 4 = 16; behind 1 or 3: 2² / 1 + 2² / 3 = 5.33.
    expect(splitOf(numbers(1, 2, 3, 4), [-2, -2, 2, 2], {})).toMatchObject({
      gain: 16,
      goesLeft: [1, 1, 0, 0, 1],
      left: { gradient: -4, hessian: 2, weight: 2 },
    });
  });

  it('takes l2 and l1 into the gain', () => {
    // l2 = 2: 16 / 4 + 16 / 4 = 8. l1 = 1: (4 − 1)² / 2 twice = 9.
    expect(splitOf(numbers(1, 2, 3, 4), [-2, -2, 2, 2], { l2: 2 })?.gain).toBe(8);
    expect(splitOf(numbers(1, 2, 3, 4), [-2, -2, 2, 2], { l1: 1 })?.gain).toBe(9);
  });

  it('sends missing values to the side they resemble', () => {
    const column = numbers(1, 2, 3, NaN);
    expect(splitOf(column, [-2, 2, 2, -2], {})?.goesLeft).toEqual([1, 0, 0, 1]);
    expect(splitOf(column, [-2, 2, 2, 2], {})?.goesLeft).toEqual([1, 0, 0, 0]);
  });

  it('can set all numbers apart from the missing ones', () => {
    expect(splitOf(numbers(1, 2, NaN, NaN), [-1, -1, 1, 1], {})?.goesLeft).toEqual([1, 1, 0]);
  });

  it('lets missing values follow the larger child, left when equal, where the leaf has none', () => {
    expect(splitOf(numbers(1, 2, 3, 4), [-3, 1, 1, 1], {})?.goesLeft).toEqual([1, 0, 0, 0, 0]);
    expect(splitOf(numbers(1, 2, 3, 4), [1, 1, 1, -3], {})?.goesLeft).toEqual([1, 1, 1, 0, 1]);
  });

  it('is cut only in the direction that was promised', () => {
    const open = { bounds: UNBOUNDED };
    // Values are −G / H: 2 and 2 on the left, −2 and −2 on the right fall.
    const [column, gradients] = [numbers(1, 2, 3, 4), [-2, -2, 2, 2]];
    expect(splitOf(column, gradients, {}, { ...open, direction: -1 })?.gain).toBe(16);
    expect(splitOf(column, gradients, {}, { ...open, direction: 1 })).toBeNull();
    // A lower gain in the right direction is taken: behind 3 the rest rises, (−1)² / 3 + 3² / 1 − 2² / 4.
    const rising = splitOf(numbers(1, 2, 3, 4), [2, 2, -5, 3], {}, { ...open, direction: 1 });
    expect(rising?.goesLeft).toEqual([1, 1, 0, 0, 1]);
  });

  it('gains less where bounds hold a child from its best value', () => {
    // Free: 2 and −2. Held to at most 1 the left one gains −(2 · (−4) · 1 + 2 · 1²) = 6 instead of 8.
    const held = { direction: 0, bounds: { low: -Infinity, high: 1 } };
    expect(splitOf(numbers(1, 2, 3, 4), [-2, -2, 2, 2], {}, held)?.gain).toBe(14);
  });

  it('is not cut for less than minSplitGain, nor into too small a side', () => {
    expect(splitOf(numbers(1, 2, 3, 4), [-2, -2, 2, 2], { minSplitGain: 16 })).toBeNull();
    expect(splitOf(numbers(1, 2, 3, 4), [3, -1, -1, -1], { minLeafRows: 2 })?.left.weight).toBe(2);
    expect(splitOf(numbers(1, 2, 3, 4), [-2, -2, 2, 2], { minLeafHessian: 2.5 })).toBeNull();
  });
});

describe('a category column', () => {
  const open = { minLevelRows: 1, categorySmoothing: 0, levelPenalty: 0 };

  it('is divided along the order of its levels by mean gradient', () => {
    // Means: b −1, d −1, a 2, c 1; best lead {b, d}.
    expect(splitOf(letters('aabbccdd'), [2, 2, -1, -1, 1, 1, -1, -1], open)).toMatchObject({
      goesLeft: [0, 1, 0, 1, 1],
      left: { gradient: -4, weight: 4 },
    });
  });

  it('orders a small level nearer to the middle by smoothing', () => {
    // Unsmoothed a (−3) leads b (−2), and neither {a} nor c has 8 rows. With 9 rows of smoothing b (−16 / 17)
    // leads a (−3 / 10), and {b} has 8. Levels stand by weight: b, c, a.
    const column = letters('abbbbbbbbccccccc');
    const gradients = [-3, ...new Array<number>(8).fill(-2), ...new Array<number>(7).fill(3)];
    expect(splitOf(column, gradients, { ...open, minLeafRows: 8 })).toBeNull();
    const smoothed = splitOf(column, gradients, { ...open, minLeafRows: 8, categorySmoothing: 9 });
    expect(smoothed?.goesLeft).toEqual([1, 0, 0, 1]);
  });

  it('treats missing as a level', () => {
    expect(splitOf(letters('aabb??'), [1, 1, 1, 1, -2, -2], open)?.goesLeft).toEqual([0, 0, 1]);
  });

  it('leaves levels with few rows with the rest, on either side', () => {
    const few = { ...open, minLevelRows: 2 };
    // a leads from below, c from above; the single b and d stand with the rest.
    expect(splitOf(letters('aaaabccccd'), [-3, -3, -3, -3, 2, 1, 1, 1, 1, 2], few)?.goesLeft).toEqual([
      1, 0, 0, 0, 0,
    ]);
    expect(splitOf(letters('aaaabccccd'), [-1, -1, -1, -1, -2, 3, 3, 3, 3, -2], few)?.goesLeft).toEqual([
      1, 0, 1, 1, 1,
    ]);
  });

  it('leaves them there also when the lead is the larger child', () => {
    const few = { ...open, minLevelRows: 2 };
    const column = letters('aaaaaabccc?');
    const gradients = [-2, -2, -2, -2, -2, -2, 2, 3, 3, 3, 3];
    expect(splitOf(column, gradients, few)?.goesLeft).toEqual([1, 0, 0, 0]);
  });

  it('never divides levels that tie', () => {
    expect(splitOf(letters('aabb'), [1, -1, 1, -1], open)).toBeNull();
    const tied = splitOf(letters('abcd'), [-1, -1, -1, 3], { ...open, minLeafRows: 2 });
    expect(tied).toBeNull();
  });

  it('charges levelPenalty for each level beyond the second', () => {
    const column = letters('aabbccdd');
    const gradients = [2, 2, -1, -1, 1, 1, -1, -1];
    const free = splitOf(column, gradients, open)!.gain;
    expect(splitOf(column, gradients, { ...open, levelPenalty: 1.5 })!.gain).toBe(free - 3);
    expect(splitOf(column, gradients, { ...open, levelPenalty: free })).toBeNull();
    expect(splitOf(letters('aabb'), [1, 1, -1, -1], { ...open, levelPenalty: 100 })?.gain).toBe(4);
  });
});
