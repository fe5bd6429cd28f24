import { ChurnError } from '../errors.js';
import type { Random } from '../math/random.js';
import { foldRows, stratifiedFolds } from './folds.js';

/** Rows to learn from and rows kept aside for one judgement at the end. */
export interface HeldBackSplit {
  readonly training: Int32Array;
  readonly heldBack: Int32Array;
  /** First instant of the held-back part in milliseconds; `null` unless split by time. */
  readonly heldBackFrom: number | null;
}

/** A random fifth held back, stratified by outcome; groups stay whole. */
export function holdBackStratified(
  churned: Uint8Array,
  groups: Int32Array | null,
  random: Random,
): HeldBackSplit {
  const { inside, outside } = foldRows(stratifiedFolds(churned, groups, 5, random), 0);
  return { training: outside, heldBack: inside, heldBackFrom: null };
}

/**
 * The latest fifth held back: the cut falls on an instant, so rows of the same instant stay together and
 * every held-back row is at or after the cut, every training row strictly before it. With groups, a group
 * that has rows on both sides is learned from only in its early rows and judged on none.
 *
 * @throws ChurnError `too-few-rows` when all rows share one instant
 */
export function holdBackLatest(time: Float64Array, groups: Int32Array | null): HeldBackSplit {
  const sorted = time.slice().sort();
  const wanted = sorted[Math.floor(sorted.length * 0.8)]!;
  const cut = wanted > sorted[0]! ? wanted : sorted.find((instant) => instant > sorted[0]!);
  if (cut === undefined) {
    throw new ChurnError(
      'too-few-rows',
      `split by time needs two instants, found 1 (${new Date(sorted[0] ?? 0).toISOString().slice(0, 10)}); ` +
        'leave --time out to split at random',
    );
  }
  const early = new Set<number>();
  if (groups) {
    time.forEach((instant, row) => {
      if (instant < cut) early.add(groups[row]!);
    });
  }
  const training: number[] = [];
  const heldBack: number[] = [];
  time.forEach((instant, row) => {
    if (instant < cut) training.push(row);
    else if (!groups || !early.has(groups[row]!)) heldBack.push(row);
  });
  return { training: Int32Array.from(training), heldBack: Int32Array.from(heldBack), heldBackFrom: cut };
}
