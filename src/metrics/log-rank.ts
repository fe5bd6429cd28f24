import { solvePositiveDefinite } from '../math/matrix.js';
import { chiSquareUpperTail } from './chi-square.js';
import type { Stays } from './survival.js';

/** Whether groups leave at the same pace. */
export interface LogRankTest {
  readonly groups: readonly {
    readonly group: string;
    readonly stays: number;
    readonly observed: number;
    /** Leavings, had all groups the same hazard. */
    readonly expected: number;
  }[];
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  /** Chance of a difference at least as large between groups that leave at the same pace. */
  readonly p: number;
}

/**
 * The log-rank test (Mantel 1966; Peto and Peto 1972) over two or more groups, as R's `survdiff`; stays may be entered
 * late, as in `survivalCurve`. `null` with fewer than two groups, or when nobody left or the groups were never
 * watched side by side.
 *
 * @param groups for each stay its group
 * @see https://doi.org/10.2307/2344317
 * @example
 * const stays = {
 *   entry: new Float64Array(6),
 *   time: Float64Array.of(3, 5, 7, 10, 12, 15),
 *   left: Uint8Array.of(1, 1, 1, 1, 0, 0),
 * };
 * logRankTest(stays, ['small', 'small', 'small', 'large', 'large', 'large'])?.degreesOfFreedom; // 1
 */
export function logRankTest(stays: Stays, groups: readonly string[]): LogRankTest | null {
  const names = [...new Set(groups)].sort();
  const codes = groups.map((group) => names.indexOf(group));
  const tallies = names.map(() => ({ stays: 0, observed: 0, expected: 0 }));
  const free = names.length - 1;
  const variance = new Float64Array(free * free);
  for (const { atRisk, left } of leavingTimes(stays, codes, names.length)) {
    const [allAtRisk, allLeft] = [sum(atRisk), sum(left)];
    const spread = allAtRisk > 1 ? (allLeft * (allAtRisk - allLeft)) / (allAtRisk - 1) : 0;
    for (const [group, tally] of tallies.entries()) {
      const share = atRisk[group]! / allAtRisk;
      tally.observed += left[group]!;
      tally.expected += allLeft * share;
      for (let other = 0; group < free && other < free; other++) {
        const same = group === other ? 1 : 0;
        variance[group * free + other]! += spread * share * (same - atRisk[other]! / allAtRisk);
      }
    }
  }
  for (const [row, code] of codes.entries()) {
    if (stays.time[row]! > stays.entry[row]!) tallies[code]!.stays++;
  }
  const excess = Float64Array.from(tallies.slice(0, free), ({ observed, expected }) => observed - expected);
  const solved = free > 0 ? solvePositiveDefinite(variance, excess) : null;
  if (solved === null) return null;
  const chiSquare = excess.reduce((total, value, i) => total + value * solved[i]!, 0);
  return {
    groups: names.map((group, code) => ({ group, ...tallies[code]! })),
    chiSquare,
    degreesOfFreedom: free,
    p: chiSquareUpperTail(chiSquare, free),
  };
}

/** Who is at risk and who leaves, by group, at each time at which somebody leaves. */
function* leavingTimes({ entry, time, left }: Stays, codes: readonly number[], groups: number) {
  const watched = [...codes.keys()].filter((row) => time[row]! > entry[row]!);
  const entering = watched.toSorted((a, b) => entry[a]! - entry[b]!);
  const leaving = watched.toSorted((a, b) => time[a]! - time[b]!);
  const atRisk = new Int32Array(groups);
  let entered = 0;
  for (let from = 0; from < leaving.length; ) {
    const at = time[leaving[from]!]!;
    for (; entered < entering.length && entry[entering[entered]!]! < at; entered++) {
      atRisk[codes[entering[entered]!]!]!++;
    }
    const gone = new Int32Array(groups);
    const leavers = new Int32Array(groups);
    for (; from < leaving.length && time[leaving[from]!] === at; from++) {
      gone[codes[leaving[from]!]!]!++;
      leavers[codes[leaving[from]!]!]! += left[leaving[from]!]!;
    }
    if (sum(leavers) > 0) yield { atRisk, left: leavers };
    for (let group = 0; group < groups; group++) atRisk[group]! -= gone[group]!;
  }
}

function sum(counts: Int32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}
