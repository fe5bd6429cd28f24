import type { FittedModel } from '../models/fitted-model.js';
import { predictFitted } from '../models/fitted-model.js';
import type { TrainingSet } from '../models/model.js';
import { foldRows } from '../splits/folds.js';
import { type Table, takeBytes, takeNumbers, takeRows } from '../tables/table.js';
import type { FitTools, FoldedSet } from './families/family.js';

/** The given rows of a training set. */
export function takeTrainingRows(set: TrainingSet, rows: Int32Array): TrainingSet {
  return {
    table: takeRows(set.table, rows),
    churned: takeBytes(set.churned, rows),
    weights: set.weights && takeNumbers(set.weights, rows),
  };
}

/** One fold's two sides, with the row numbers of the side held out. */
export interface FoldPart {
  readonly train: TrainingSet;
  readonly heldOut: TrainingSet;
  readonly rows: Int32Array;
}

/** The two sides of one fold. */
export function foldPart(set: FoldedSet, fold: number): FoldPart {
  const { inside, outside } = foldRows(set.fold, fold);
  return { train: takeTrainingRows(set, outside), heldOut: takeTrainingRows(set, inside), rows: inside };
}

/** The parts of every fold, made one at a time. */
export function* foldParts(set: FoldedSet): Generator<FoldPart> {
  for (let fold = 0; fold < set.folds; fold++) yield foldPart(set, fold);
}

/** Scores of every row from a model fitted on the other folds. */
export async function outOfFoldScores(
  set: FoldedSet,
  tools: FitTools,
  fit: (train: TrainingSet) => FittedModel | Promise<FittedModel>,
): Promise<Float64Array> {
  const scores = new Float64Array(set.churned.length);
  for (const part of foldParts(set)) {
    await tools.pause();
    placeScores(scores, part, predictFitted(await fit(part.train), part.heldOut.table));
  }
  return scores;
}

/** Puts the scores of one fold's held-out rows where they belong. */
export function placeScores(scores: Float64Array, part: { rows: Int32Array }, held: Float64Array): void {
  part.rows.forEach((row, i) => {
    scores[row] = held[i]!;
  });
}

/** Width of a one-hot design of the table. */
export function designWidth(table: Table): number {
  return table.columns.reduce(
    (sum, column) => sum + (column.kind === 'number' ? 1 : column.levels.length),
    0,
  );
}
