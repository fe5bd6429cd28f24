import { z } from 'zod';
import { quantile } from '../cleaning/quantile.js';

export const numbersProfileSchema = z.strictObject({
  min: z.number(),
  /** Quartiles are quantile type 7. */
  q1: z.number(),
  median: z.number(),
  q3: z.number(),
  max: z.number(),
  mean: z.number(),
  /** Sample standard deviation (n − 1); 0 for a single value. */
  sd: z.number(),
  /** Values further than three interquartile ranges outside the quartiles; none when the quartiles coincide. */
  outliers: z.strictObject({
    count: z.int(),
    /** At most five distinct ones, the furthest first. */
    examples: z.array(z.number()),
  }),
});
export type NumbersProfile = z.infer<typeof numbersProfileSchema>;

const rangesOutside = 3;
const shownOutliers = 5;

/** Describes sorted finite numbers; `null` when there are none. */
export function describeNumbers(sorted: Float64Array): NumbersProfile | null {
  if (sorted.length === 0) return null;
  const q1 = quantile(sorted, 0.25);
  const q3 = quantile(sorted, 0.75);
  return {
    min: sorted[0]!,
    q1,
    median: quantile(sorted, 0.5),
    q3,
    max: sorted.at(-1)!,
    ...meanAndSd(sorted),
    outliers: findOutliers(sorted, q1, q3),
  };
}

function meanAndSd(sorted: Float64Array): { mean: number; sd: number } {
  // Sums and squares of huge numbers would overflow, so they are taken of a share of the largest.
  const largest = Math.max(Math.abs(sorted[0]!), Math.abs(sorted.at(-1)!));
  const unit = largest > 1e100 ? largest : 1;
  let sum = 0;
  for (const value of sorted) sum += value / unit;
  const mean = sum / sorted.length;
  let squares = 0;
  for (const value of sorted) squares += (value / unit - mean) ** 2;
  const sd = sorted.length < 2 ? 0 : Math.sqrt(squares / (sorted.length - 1));
  return { mean: mean * unit, sd: Math.min(sd * unit, Number.MAX_VALUE) };
}

function findOutliers(sorted: Float64Array, q1: number, q3: number): NumbersProfile['outliers'] {
  const reach = rangesOutside * (q3 - q1);
  if (reach === 0) return { count: 0, examples: [] };
  const distance = (value: number) => Math.max(q1 - value, value - q3);
  const outside = sorted.filter((value) => distance(value) > reach);
  const examples = [...new Set(outside)]
    .sort((a, b) => distance(b) - distance(a) || a - b)
    .slice(0, shownOutliers);
  return { count: outside.length, examples };
}
