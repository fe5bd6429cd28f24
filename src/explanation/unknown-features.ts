import { ChurnError } from '../errors.js';
import { treeInputs } from '../models/boosted-trees/walk.js';
import type { FeatureSpec } from '../tables/align.js';
import type { Table } from '../tables/table.js';
import { backgroundGame, type MetPatterns } from './background-game.js';
import { eachBranch, type GamesOf, metBits } from './line-tables.js';
import { pathGame } from './path-game.js';
import type { Branch, BranchLeaf } from './tree-branches.js';

/** Rows whose values stand in for what is not known of an account; weights default to 1. A training set is one. */
export interface Background {
  readonly table: Table;
  readonly weights?: Float64Array | null;
}

/** Unknown features go down both sides of a split, as the training rows did: path-dependent. */
export const asTrainingRowsWent: GamesOf = ({ branches }) =>
  branches.map(({ leaves }) => leaves.map(({ value, shares }) => pathGame(value, shares)));

/**
 * Unknown features take the values of background rows: interventional.
 *
 * @throws ChurnError `too-few-rows` without a row, `bad-table` when weights are not as many as the rows,
 * `bad-option` when one is negative or none is positive
 */
export function asBackgroundRows(
  features: readonly FeatureSpec[],
  { table, weights = null }: Background,
): GamesOf {
  const shares = rowShares(table.rows, weights ?? null);
  const cells = treeInputs(features, table);
  return (tree) => {
    const games: ReturnType<GamesOf>[number][] = [];
    eachBranch(tree, cells, (index, lines) => {
      games[index] = backgroundGames(tree.branches[index]!, lines, shares);
    });
    return games;
  };
}

function backgroundGames({ leaves }: Branch, lines: Int32Array, shares: Float64Array) {
  const lineShares = new Map<number, number>();
  lines.forEach((line, row) => {
    lineShares.set(line, (lineShares.get(line) ?? 0) + shares[row]!);
  });
  return leaves.map((leaf) => backgroundGame(leaf.value, leaf.shares.length, metPatterns(leaf, lineShares)));
}

/** Lines that are the same to the leaf, joined. */
function metPatterns(leaf: BranchLeaf, lineShares: ReadonlyMap<number, number>): MetPatterns {
  const joined = new Map<number, number>();
  for (const [line, share] of lineShares) {
    const met = metBits(leaf, line);
    joined.set(met, (joined.get(met) ?? 0) + share);
  }
  return { met: Int32Array.from(joined.keys()), shares: Float64Array.from(joined.values()) };
}

function rowShares(rows: number, weights: Float64Array | null): Float64Array {
  if (rows === 0) throw new ChurnError('too-few-rows', 'background: at least one row is needed, found 0');
  if (weights === null) return new Float64Array(rows).fill(1 / rows);
  if (weights.length !== rows) {
    throw new ChurnError('bad-table', `background: ${rows} rows with ${weights.length} weights`);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0 && total < Infinity) || weights.some((weight) => !(weight >= 0))) {
    throw new ChurnError('bad-option', 'background: weights must be 0 or more, one of them above 0');
  }
  return weights.map((weight) => weight / total);
}
