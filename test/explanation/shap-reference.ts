import { readFileSync } from 'node:fs';
import type { FittedBoostedTrees, Tree } from '../../src/models/boosted-trees/model.js';
import { makeTable, type Table } from '../../src/tables/table.js';

interface Reference {
  readonly trees: Omit<Tree, 'leftLevels'>[];
  readonly rows: (number | null)[][];
  readonly background: (number | null)[][];
  readonly pathDependent: number[][];
  readonly pathDependentBaseline: number;
  readonly interactions: number[][][];
  readonly interventional: number[][];
  readonly interventionalBaseline: number;
  readonly interventionalInteractions: number[][][];
}

/** What `test/references/tree_shap.py` made, and its trees and rows as ours. */
export const reference = JSON.parse(
  readFileSync(new URL('../references/tree-shap.json', import.meta.url), 'utf8'),
) as Reference;

const names = reference.rows[0]!.map((_, i) => `x${i}`);

export const referenceModel: FittedBoostedTrees = {
  kind: 'boosted-trees',
  features: names.map((name) => ({ kind: 'number', name })),
  baseScore: 0,
  trees: reference.trees.map((tree) => ({ ...tree, leftLevels: tree.feature.map(() => []) })),
};

export const referenceRows = numberTable(reference.rows);
export const referenceBackground = numberTable(reference.background);

function numberTable(rows: readonly (number | null)[][]): Table {
  return makeTable(
    names.map((name, i) => ({
      kind: 'number',
      name,
      values: Float64Array.from(rows, (row) => row[i] ?? NaN),
    })),
  );
}
