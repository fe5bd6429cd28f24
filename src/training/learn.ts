import type { Recipe } from '../cleaning/recipe.js';
import { ChurnError } from '../errors.js';
import type { Random } from '../math/random.js';
import type { HeldBackSplit } from '../splits/held-back.js';
import type { Note, RawTable, Reject } from '../tables/raw-table.js';
import { VERSION } from '../version.js';
import { type FittedCandidates, fitCandidates } from './candidates.js';
import type { Card } from './card.js';
import type { ChurnModel } from './churn-model.js';
import { findDrivers } from './drivers.js';
import { learnGroupShifts, namedGroups } from './group-calibration.js';
import { judgeInside } from './inside-groups.js';
import { judge } from './judge.js';
import type { LabelledRows } from './labelled-rows.js';
import { type CleanedRows, cleanRows, type LearningSet, learnRecipe } from './learning-sets.js';
import { makeModel } from './make-model.js';
import type { Settled } from './options.js';
import { findRedFlags } from './red-flags.js';
import { topAccounts } from './top-accounts.js';
import { judgeSignal } from './verdict.js';

/** A table as read, with where it came from. */
export interface TrainInput {
  readonly raw: RawTable;
  /** File name without its folder. */
  readonly file: string;
  readonly sha256: string;
  /** Records in the file: the rows of `raw` and the rejected ones, of which `rejects` may list the first alone. */
  readonly read: number;
  readonly rejects: readonly Reject[];
  readonly notes: readonly Note[];
}

/** What training leaves: the model, its recipe, its card, and the rows it could not use. */
export interface Training {
  readonly model: ChurnModel;
  readonly recipe: Recipe;
  readonly card: Card;
  readonly rejects: readonly Reject[];
}

/** A training with the rows that it was made of, for figures beyond the card's. */
export interface Learned extends Training {
  readonly trainingSet: LearningSet;
  readonly heldBackSet: LearningSet;
}

/**
 * The common part of every training: recipe, leaks, candidates, choice, calibration, red flags and the shifts inside
 * them from the training rows of a split, one judgement on its held-back rows, and the card.
 *
 * @param notes doubts that stand before those of this part
 * @throws ChurnError `bad-table` when no column is left to learn from, `too-few-rows`
 */
export async function learnAndJudge(
  input: TrainInput,
  labelled: LabelledRows,
  split: HeldBackSplit,
  settled: Settled,
  random: Random,
  notes: readonly Note[],
): Promise<Learned> {
  const { recipe, leaks } = learnRecipe(labelled, split.training, settled, settled.allow);
  const training = cleanRows(labelled, split.training, recipe);
  const heldBack = cleanRows(labelled, split.heldBack, recipe);
  requireColumns(training.set);
  requireBothOutcomes(heldBack.set);

  const fitted = await fitCandidates(training.set, settled);
  settled.onProgress('Red flags', 0.95);
  const origin = { file: input.file, sha256: input.sha256 };
  const { ledger: flags, seen } = await findRedFlags(training.set, labelled, origin, settled);
  const groups = namedGroups(flags, training.set.table);
  const groupShifts = learnGroupShifts(fitted, training.set, groups, seen, random.fork('group shifts'));
  settled.onProgress('Judging on held-back rows', 0.97);
  const judged = judge(fitted, heldBack.set, settled, random, groupShifts);
  const verdict = judgeSignal(
    fitted.chosen.name,
    judged.evaluation,
    judged.differences,
    settled.id !== null && settled.time !== null ? 'rows' : 'accounts',
    groupShifts.length > 0,
  );
  const model = makeModel(settled.name, fitted.chosen, training.set.churned, verdict.kind, groupShifts);
  const rejects = allRejects(input, labelled, training, heldBack);
  const kept = input.raw.rows - (rejects.length - input.rejects.length);
  const card: Card = {
    formatVersion: 1,
    name: settled.name,
    churnlabVersion: VERSION,
    data: describeData(input, labelled, settled, kept),
    options: recordedOptions(settled),
    seed: settled.seed,
    backend: backendOf(fitted),
    split: describeSplit(split, settled, training.set, heldBack.set, fitted.folds),
    verdict,
    baseRate: model.baseRate,
    chosen: fitted.chosen.name,
    calibration: { kind: fitted.chosen.calibration.kind, tried: fitted.chosen.calibration.tried },
    ...judged,
    drivers: findDrivers(model, heldBack.set.table, heldBack.set.churned, random.fork('drivers')),
    topAccounts: topAccounts(model, heldBack.set, recipe, flags),
    flags,
    insideFlags: judgeInside(groups, model, heldBack.set),
    leaks,
    notes: distinctNotes([...notes, ...recipe.notes, ...training.notes, ...fitted.notes]),
    company: null,
  };
  return { model, recipe, card, rejects, trainingSet: training.set, heldBackSet: heldBack.set };
}

function requireColumns({ table }: LearningSet): void {
  if (table.columns.length > 0) return;
  throw new ChurnError(
    'bad-table',
    'no column is left to learn from: all are constant, empty, ids or suspected leaks; --allow COLUMN keeps a suspect',
  );
}

function requireBothOutcomes({ churned }: LearningSet): void {
  const leavers = churned.reduce((sum, y) => sum + y, 0);
  if (leavers > 0 && leavers < churned.length) return;
  throw new ChurnError(
    'too-few-rows',
    `the held-back part has ${leavers} churned among ${churned.length} rows; both outcomes are needed to judge a model`,
  );
}

function allRejects(
  input: TrainInput,
  labelled: LabelledRows,
  training: CleanedRows,
  heldBack: CleanedRows,
): Reject[] {
  return [...input.rejects, ...labelled.rejects, ...training.rejects, ...heldBack.rejects].sort(
    (a, b) => a.rowNumber - b.rowNumber,
  );
}

function describeData(
  input: TrainInput,
  labelled: LabelledRows,
  { target, id }: Settled,
  kept: number,
): Card['data'] {
  const { file, sha256, read } = input;
  const { positive, duplicates } = labelled;
  return { file, sha256, read, kept, rejected: read - kept, target, positive, id, duplicates };
}

/** Options as given, without what the card says elsewhere or what cannot be written down. */
function recordedOptions({
  onProgress,
  name,
  target,
  id,
  seed,
  windowDays,
  ...rest
}: Settled): Card['options'] {
  return { ...rest };
}

function backendOf({ candidates }: FittedCandidates): string {
  const net = candidates.flatMap(({ members }) => members).find(({ fitted }) => fitted.kind === 'neural-net');
  return net?.fitted.kind === 'neural-net' ? net.fitted.backend : 'none';
}

function describeSplit(
  split: HeldBackSplit,
  { time, group }: Settled,
  training: LearningSet,
  heldBack: LearningSet,
  folds: number,
): Card['split'] {
  return {
    kind: time !== null ? 'time' : group !== null ? 'group' : 'stratified',
    column: time ?? group,
    trainingRows: training.churned.length,
    heldBackRows: heldBack.churned.length,
    heldBackFrom: split.heldBackFrom === null ? null : new Date(split.heldBackFrom).toISOString(),
    folds,
  };
}

function distinctNotes(notes: readonly Note[]): Note[] {
  const seen = new Set<string>();
  return notes.filter(({ message }) => !seen.has(message) && seen.add(message));
}
