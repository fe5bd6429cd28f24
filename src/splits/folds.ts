import { ChurnError } from '../errors.js';
import { permutation, type Random } from '../math/random.js';

/**
 * Deals rows into folds so that every fold has nearly the same number of rows and of churners, and rows of
 * one group (duplicates, one account's rows) stay together.
 *
 * Groups are dealt in random order, larger ones first, each to the fold that is furthest behind in
 * churners, then in rows.
 *
 * @param groups one number per row; `null` when every row is its own group
 * @returns the fold of each row, 0 … folds − 1
 * @throws ChurnError `too-few-rows` when there are fewer groups than folds
 * @example
 * const folds = stratifiedFolds(Uint8Array.of(1, 1, 0, 0, 0, 0), null, 2, seededRandom(7));
 * folds.filter((fold) => fold === 0).length; // 3
 */
export function stratifiedFolds(
  churned: Uint8Array,
  groups: Int32Array | null,
  folds: number,
  random: Random,
): Uint8Array {
  const members = groupMembers(groups ?? Int32Array.from(churned, (_, row) => row));
  if (members.length < folds) {
    throw new ChurnError(
      'too-few-rows',
      `stratifiedFolds: ${folds} folds need at least ${folds} rows that are not duplicates of each other, ` +
        `found ${members.length}`,
    );
  }
  const leavers = Float64Array.from(members, (rows) => rows.reduce((sum, row) => sum + churned[row]!, 0));
  const shuffled = [...permutation(members.length, random)];
  shuffled.sort((a, b) => members[b]!.length - members[a]!.length || leavers[b]! - leavers[a]!);

  const fold = new Uint8Array(churned.length);
  const foldRows = new Float64Array(folds);
  const foldLeavers = new Float64Array(folds);
  for (const group of shuffled) {
    const target = leastFilled(leavers[group]! > 0 ? foldLeavers : foldRows, foldRows);
    foldRows[target]! += members[group]!.length;
    foldLeavers[target]! += leavers[group]!;
    for (const row of members[group]!) fold[row] = target;
  }
  return fold;
}

/** Rows of each group, in order of first appearance. */
function groupMembers(groups: Int32Array): number[][] {
  const byGroup = new Map<number, number[]>();
  groups.forEach((group, row) => {
    const rows = byGroup.get(group);
    if (rows) rows.push(row);
    else byGroup.set(group, [row]);
  });
  return [...byGroup.values()];
}

function leastFilled(first: Float64Array, second: Float64Array): number {
  let best = 0;
  for (let fold = 1; fold < first.length; fold++) {
    const behind = first[fold]! - first[best]! || second[fold]! - second[best]!;
    if (behind < 0) best = fold;
  }
  return best;
}

/**
 * Row numbers with `fold[row] === wanted` (`inside`) and the others (`outside`), each in order.
 *
 * @example
 * foldRows(Uint8Array.of(0, 1, 1, 0), 1); // { inside: [1, 2], outside: [0, 3] }
 */
export function foldRows(fold: Uint8Array, wanted: number): { inside: Int32Array; outside: Int32Array } {
  const inside: number[] = [];
  const outside: number[] = [];
  fold.forEach((value, row) => {
    (value === wanted ? inside : outside).push(row);
  });
  return { inside: Int32Array.from(inside), outside: Int32Array.from(outside) };
}
