import { type FittedBoostedTrees, OTHER_LEVELS, type Tree } from '../models/boosted-trees/model.js';
import type { FeatureSpec } from '../tables/align.js';
import type { LeafGame } from './leaf-game.js';
import { type Branch, type BranchLeaf, cutTree } from './tree-branches.js';

/** The columns that the trees read, see `treeInputs`. */
export type Cells = readonly Float64Array[];

/** A tree cut into branches. */
export interface TreeInBranches {
  readonly features: readonly FeatureSpec[];
  readonly tree: Tree;
  readonly splits: readonly number[];
  readonly branches: readonly Branch[];
}

/** What each leaf of each branch of a tree gives to rows that are known in part. */
export type GamesOf = (tree: TreeInBranches) => readonly (readonly LeafGame[])[];

/** Which sums a branch adds to, and what its leaves add. */
export interface BranchEffects {
  readonly targets: Int32Array;
  readonly leaves: readonly LeafEffect[];
}

export interface LeafEffect {
  /** Where among the targets the leaf's numbers go. */
  readonly places: readonly number[];
  /** Adds the leaf's numbers for a row that meets `met`. */
  readonly add: (numbers: Float64Array, met: number) => void;
}

/** What an explanation sums over the trees' leaves. */
export interface SumOverTrees {
  /** Branches of no more bits keep a table of what they add for each line. */
  readonly tableBits: number;
  readonly gamesOf: GamesOf;
  readonly effectsOf: (branch: Branch, games: readonly LeafGame[]) => BranchEffects;
}

/** Trees that are ready to add to rows; their tables fill as lines occur. */
export interface PreparedTrees {
  /** Sum of the games' means. */
  readonly mean: number;
  /** Adds to the sums of the rows of `cells`, one column for each target. */
  addTo(sums: readonly Float64Array[], cells: Cells): void;
}

export function prepareTrees(
  { features, trees }: FittedBoostedTrees,
  { tableBits, gamesOf, effectsOf }: SumOverTrees,
): PreparedTrees {
  let mean = 0;
  const prepared = trees.map((tree) => {
    const inBranches = treeInBranches(features, tree, tableBits);
    const tables = gamesOf(inBranches).map((games, index) => {
      for (const game of games) mean += game.mean;
      const branch = inBranches.branches[index]!;
      return emptyTable(branch, effectsOf(branch, games), tableBits);
    });
    return { inBranches, tables };
  });
  return {
    mean,
    addTo(sums, cells) {
      for (const { inBranches, tables } of prepared) {
        eachBranch(inBranches, cells, (index, lines) => addLines(sums, lines, tables[index]!));
      }
    },
  };
}

function treeInBranches(features: readonly FeatureSpec[], tree: Tree, mostBits: number): TreeInBranches {
  const splits = [...tree.feature.keys()].filter((node) => tree.feature[node]! >= 0);
  return { features, tree, splits, branches: cutTree(tree, mostBits) };
}

/** Outcomes that a leaf keeps: all of those of a path of eight features. */
const MOST_KNOWN = 256;

/** Visits the branches with the line of each row; the array of lines serves all of them in turn. */
export function eachBranch(
  inBranches: TreeInBranches,
  cells: Cells,
  visit: (index: number, lines: Int32Array) => void,
): void {
  const { tree, splits, branches } = inBranches;
  const lines = new Int32Array(cells[0]?.length ?? 0);
  const sides: Uint8Array[] = [];
  for (const split of splits) sides[split] = sidesTaken(inBranches, split, cells[tree.feature[split]!]!);
  branches.forEach((branch, index) => {
    findLines(lines, branch, sides);
    visit(index, lines);
  });
}

/** 1 for each row that goes left at the split; without a branch in the loop, which random rows would mislead. */
function sidesTaken({ tree, features }: TreeInBranches, split: number, cells: Float64Array): Uint8Array {
  const sides = new Uint8Array(cells.length);
  const feature = features[tree.feature[split]!]!;
  const missingLeft = tree.missingLeft[split]!;
  if (feature.kind === 'category') {
    /** From the missing code, −1, on. */
    const goesLeft = new Uint8Array(OTHER_LEVELS + 2);
    goesLeft[0] = missingLeft;
    for (const level of tree.leftLevels[split]!) goesLeft[1 + level] = 1;
    for (let row = 0; row < sides.length; row++) sides[row] = goesLeft[1 + cells[row]!]!;
    return sides;
  }
  const threshold = tree.threshold[split]!;
  if (missingLeft === 1)
    for (let row = 0; row < sides.length; row++) sides[row] = +!(cells[row]! > threshold);
  else for (let row = 0; row < sides.length; row++) sides[row] = +(cells[row]! <= threshold);
  return sides;
}

function findLines(lines: Int32Array, { bits, conditions }: Branch, sides: readonly Uint8Array[]): void {
  lines.fill(2 ** bits - 1);
  for (const { split, left, bit } of conditions) clearUnmet(lines, sides[split]!, left, 1 << bit);
}

/** Numbers as arguments and no branch: a loop over the conditions' objects took twice as long. */
function clearUnmet(lines: Int32Array, side: Uint8Array, left: number, flag: number): void {
  for (let row = 0; row < lines.length; row++) lines[row]! &= ~(flag & -(side[row]! ^ left));
}

/** Which of the features of the leaf's path a row with that line meets, as bits. */
export function metBits({ shares, conditions }: BranchLeaf, line: number): number {
  let met = 2 ** shares.length - 1;
  for (const { bit, set, feature } of conditions) {
    if (((line >> bit) & 1) !== set) met &= ~(1 << feature);
  }
  return met;
}

/** What a branch adds, line by line, each found when it first occurs. */
interface LineTable {
  readonly targets: Int32Array;
  readonly leaves: readonly LeafTable[];
  /** For each target, what every line adds to it. */
  readonly added: readonly Float64Array[];
  /** Empty for a branch of too many bits, which keeps no lines. */
  readonly isKnown: Uint8Array;
  /** One line's additions. */
  readonly entry: Float64Array;
}

/** A leaf's numbers by what the row meets: many lines are the same to a leaf. */
interface LeafTable extends LeafEffect {
  readonly leaf: BranchLeaf;
  readonly known: Map<number, Float64Array>;
}

function emptyTable({ bits, leaves }: Branch, effects: BranchEffects, tableBits: number): LineTable {
  const lines = bits <= tableBits ? 2 ** bits : 0;
  return {
    targets: effects.targets,
    leaves: effects.leaves.map((effect, i) => ({ ...effect, leaf: leaves[i]!, known: new Map() })),
    added: Array.from(effects.targets, () => new Float64Array(lines)),
    isKnown: new Uint8Array(lines),
    entry: new Float64Array(effects.targets.length),
  };
}

/** Column by column, so that what is read at random stays small. */
function addLines(sums: readonly Float64Array[], lines: Int32Array, table: LineTable): void {
  const { targets, added, isKnown, entry } = table;
  if (isKnown.length === 0) {
    lines.forEach((line, row) => {
      findEntry(table, line);
      for (let k = 0; k < entry.length; k++) sums[targets[k]!]![row]! += entry[k]!;
    });
    return;
  }
  for (let row = 0; row < lines.length; row++) {
    if (isKnown[lines[row]!] === 0) learnLine(table, lines[row]!);
  }
  for (let k = 0; k < targets.length; k++) addLooked(sums[targets[k]!]!, added[k]!, lines);
}

function addLooked(sums: Float64Array, added: Float64Array, lines: Int32Array): void {
  for (let row = 0; row < lines.length; row++) sums[row]! += added[lines[row]!]!;
}

function learnLine(table: LineTable, line: number): void {
  findEntry(table, line);
  table.added.forEach((column, k) => {
    column[line] = table.entry[k]!;
  });
  table.isKnown[line] = 1;
}

function findEntry({ leaves, entry }: LineTable, line: number): void {
  entry.fill(0);
  for (const table of leaves) {
    const { places } = table;
    const numbers = leafNumbers(table, metBits(table.leaf, line));
    for (let k = 0; k < places.length; k++) entry[places[k]!]! += numbers[k]!;
  }
}

function leafNumbers({ places, known, add }: LeafTable, met: number): Float64Array {
  const before = known.get(met);
  if (before) return before;
  const numbers = new Float64Array(places.length);
  add(numbers, met);
  if (known.size < MOST_KNOWN) known.set(met, numbers);
  return numbers;
}
