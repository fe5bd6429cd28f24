import { describe, expect, it } from 'vitest';
import {
  bootstrap,
  defaultResamples,
  percentileInterval,
  shiftedInterval,
} from '../../src/math/bootstrap.js';
import { seededRandom } from '../../src/math/random.js';

const days = [3, 5, 8, 13, 21];
const meanOf = (values: ArrayLike<number>) => (counts: Uint8Array) =>
  Array.from(values).reduce((sum, value, row) => sum + value * counts[row]!, 0) / values.length;

describe('bootstrap', () => {
  it('draws as many rows as there are, each in its turn', () => {
    const sums = bootstrap(300, (counts) => counts.reduce((sum, count) => sum + count, 0), {
      random: seededRandom(1),
      resamples: 50,
    });
    expect(sums).toEqual(new Array(50).fill(300));
    const drawn = bootstrap(4, (counts) => [...counts], { random: seededRandom(2), resamples: 4_000 });
    for (let row = 0; row < 4; row++) {
      const counts = drawn.map((resample) => resample[row]!);
      // Binomial(4, 1/4): mean 1, variance 3/4, so the mean of 4,000 stays within ±0.05.
      expect(counts.reduce((sum, count) => sum + count, 0) / 4_000).toBeCloseTo(1, 1);
      expect(counts.filter((count) => count === 0).length / 4_000).toBeCloseTo(0.75 ** 4, 1);
    }
  });

  it('is the same for the same seed, as in the example', () => {
    const means = () => bootstrap(5, meanOf(days), { random: seededRandom(7), resamples: 400 });
    expect(means()).toEqual(means());
    const { low, high } = percentileInterval(means());
    expect(low).toBeCloseTo(5.4, 1);
    expect(high).toBeCloseTo(15.2, 1);
  });

  it('draws again where the measure is not defined', () => {
    const firstRow = bootstrap(3, (counts) => counts[0] || null, { random: seededRandom(3), resamples: 100 });
    expect(firstRow).toHaveLength(100);
    expect(Math.min(...firstRow)).toBe(1);
  });

  it.each([
    [0, 10, 'too-few-rows', 'bootstrap: no rows to resample'],
    [5, 1, 'bad-option', 'bootstrap: resamples must be a whole number from 2, found 1'],
    [5, 2.5, 'bad-option', 'found 2.5'],
  ])('refuses %d rows with %d resamples', (rows, resamples, code, message) => {
    expect(() => bootstrap(rows, () => 1, { random: seededRandom(1), resamples })).toThrowError(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it('gives up on a measure that no resample suits', () => {
    expect(() => bootstrap(5, () => null, { random: seededRandom(1) })).toThrow('all refused');
  });
});

it('defaultResamples falls from 1,000 to 200 as rows grow', () => {
  expect([10, 20_000, 40_000, 100_000, 1_000_000].map(defaultResamples)).toEqual([
    1_000, 1_000, 500, 200, 200,
  ]);
});

it('percentileInterval takes quantiles of type 7: 0.025 × 100 = 2.5 above the lowest of 0 … 100', () => {
  const shuffled = Array.from({ length: 101 }, (_, i) => (i * 37) % 101);
  const { low, high } = percentileInterval(shuffled);
  expect(low).toBeCloseTo(2.5, 12);
  expect(high).toBeCloseTo(97.5, 12);
});

it('shiftedInterval goes down by twice the bias', () => {
  const resampled = Array.from({ length: 101 }, (_, i) => i);
  const { low, high } = shiftedInterval(40, resampled); // mean 50, bias 10
  expect(low).toBeCloseTo(2.5 - 20, 12);
  expect(high).toBeCloseTo(97.5 - 20, 12);
});

it('covers the true mean of 80 skewed values in about 95 % of 300 data sets', () => {
  const random = seededRandom(4);
  let covered = 0;
  for (let set = 0; set < 300; set++) {
    const values = Float64Array.from({ length: 80 }, () => -Math.log(1 - random.uniform()));
    const mean = (counts: Uint8Array): number => {
      let sum = 0;
      for (let row = 0; row < 80; row++) sum += values[row]! * counts[row]!;
      return sum / 80;
    };
    const { low, high } = percentileInterval(bootstrap(80, mean, { random, resamples: 400 }));
    if (low <= 1 && 1 <= high) covered++;
  }
  // Binomial(300, 0.93), the percentile method at this skew, stays inside with a chance of 0.999.
  expect(covered).toBeGreaterThan(263);
  expect(covered).toBeLessThan(295);
});

it('draws the rows of a cluster together, so that repeated rows add no certainty', () => {
  const copies = 4;
  const repeated = days.flatMap((value) => new Array<number>(copies).fill(value));
  const clusters = Int32Array.from(repeated, (_, row) => 10 - Math.floor(row / copies));
  const weighted = (values: readonly number[]) => (counts: Uint8Array) =>
    values.reduce((sum, value, row) => sum + value * counts[row]!, 0) /
    counts.reduce((sum, count) => sum + count, 0);
  const options = { random: seededRandom(7), resamples: 200 };
  const single = bootstrap(days.length, weighted(days), { ...options, random: seededRandom(7) });
  const clustered = bootstrap(repeated.length, weighted(repeated), { ...options, clusters });
  expect(clustered).toEqual(single);
});

it('counts of clusters may add up to more or fewer rows than there are', () => {
  const clusters = Int32Array.of(1, 1, 1, 2);
  const sizes = bootstrap(4, (counts) => counts.reduce((sum, count) => sum + count, 0), {
    random: seededRandom(3),
    resamples: 100,
    clusters,
  });
  expect(new Set(sizes)).toEqual(new Set([2, 4, 6]));
});
