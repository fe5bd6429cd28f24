import { permutation, seededRandom } from '../math/random.js';
import type { Cells } from './cells.js';

/** Folds in which one column is judged by rates learned from the other folds. */
export const foldCount = 5;
/** Rows at the base rate that each cell's rate is mixed with. */
const priorRows = 10;

/**
 * A fold for each row, the outcomes spread evenly over the folds. The seed is fixed: the same rows always
 * get the same folds.
 */
export function outcomeFolds(churned: Uint8Array): Uint8Array {
  const folds = new Uint8Array(churned.length);
  const dealt = [0, 0];
  for (const row of permutation(churned.length, seededRandom(1))) {
    folds[row] = dealt[churned[row]!]!++ % foldCount;
  }
  return folds;
}

/** Rows and churned rows per cell, in each fold and in all. */
export interface CellCounts {
  readonly cells: number;
  /** `rows[fold * cells + cell]`. */
  readonly rows: Float64Array;
  readonly churned: Float64Array;
  readonly totalRows: Float64Array;
  readonly totalChurned: Float64Array;
}

/** Counts rows and churned rows of each cell. */
export function countCells({ codes, labels }: Cells, churned: Uint8Array, folds: Uint8Array): CellCounts {
  const cells = labels.length;
  const counts = {
    cells,
    rows: new Float64Array(foldCount * cells),
    churned: new Float64Array(foldCount * cells),
    totalRows: new Float64Array(cells),
    totalChurned: new Float64Array(cells),
  };
  for (let row = 0; row < codes.length; row++) {
    const cell = codes[row]!;
    const place = folds[row]! * cells + cell;
    counts.rows[place]!++;
    counts.totalRows[cell]!++;
    counts.churned[place]! += churned[row]!;
    counts.totalChurned[cell]! += churned[row]!;
  }
  return counts;
}

/**
 * AUC of a column alone, 0.5 for one that tells nothing: each fold's rows are ranked by the churn
 * rates of their cells in the other folds (smoothed towards the base rate), so a column of many rare levels
 * gains nothing from learning its own rows by heart. Mean over folds, weighted by pairs.
 */
export function crossFittedAuc(counts: CellCounts, baseRate: number): number {
  let wins = 0;
  let pairs = 0;
  for (let fold = 0; fold < foldCount; fold++) {
    const found = foldWins(counts, baseRate, fold);
    wins += found.wins;
    pairs += found.pairs;
  }
  return pairs === 0 ? 0.5 : wins / pairs;
}

/** Pairs of a churned and a staying row in the fold, and those in which the churned one ranks higher. */
function foldWins(counts: CellCounts, baseRate: number, fold: number): { wins: number; pairs: number } {
  const { cells, rows, churned, totalRows, totalChurned } = counts;
  const at = (cell: number) => fold * cells + cell;
  const rates = Float64Array.from({ length: cells }, (_, cell) => {
    const others = totalRows[cell]! - rows[at(cell)]!;
    return (totalChurned[cell]! - churned[at(cell)]! + priorRows * baseRate) / (others + priorRows);
  });
  const order = Array.from(rates.keys())
    .filter((cell) => rows[at(cell)]! > 0)
    .sort((a, b) => rates[a]! - rates[b]!);
  let wins = 0;
  let stayedBelow = 0;
  let churnedInAll = 0;
  for (let i = 0; i < order.length; ) {
    let next = i;
    let tiedChurned = 0;
    let tiedStayed = 0;
    for (; next < order.length && rates[order[next]!] === rates[order[i]!]; next++) {
      const place = at(order[next]!);
      tiedChurned += churned[place]!;
      tiedStayed += rows[place]! - churned[place]!;
    }
    wins += tiedChurned * (stayedBelow + tiedStayed / 2);
    stayedBelow += tiedStayed;
    churnedInAll += tiedChurned;
    i = next;
  }
  return { wins, pairs: churnedInAll * stayedBelow };
}
