import { nearestName } from '../cleaning/nearest-name.js';
import type { Recipe } from '../cleaning/recipe.js';
import { ChurnError } from '../errors.js';
import { type Random, seededRandom } from '../math/random.js';
import { type HeldBackSplit, holdBackLatest, holdBackStratified } from '../splits/held-back.js';
import type { Note, RawTable, Reject } from '../tables/raw-table.js';
import { VERSION } from '../version.js';
import { type FittedCandidates, fitCandidates } from './candidates.js';
import type { Card } from './card.js';
import type { ChurnModel } from './churn-model.js';
import { findDrivers } from './drivers.js';
import { judge } from './judge.js';
import { type LabelledRows, labelRows } from './labelled-rows.js';
import { type CleanedRows, cleanRows, type LearningSet, learnRecipe } from './learning-sets.js';
import { makeModel } from './make-model.js';
import { type Settled, settleOptions, type TrainOptions } from './options.js';
import { topAccounts } from './top-accounts.js';
import { judgeSignal } from './verdict.js';

/** Fewer groups cannot be dealt into a held-back fifth and the rest. */
const FEWEST_GROUPS = 5;

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

/**
 * Learns to predict churn from one flat table and judges the result once on rows held back.
 *
 * Recipe, settings, ensemble and calibration are learned on the training part alone (four fifths, at
 * random within outcomes, or the earlier rows with `time`). The saved model is the one that was judged:
 * it is not fitted again on the held-back rows. The same input, options and seed give the same model and
 * card.
 *
 * @example
 * const input = { ...(await readTable('customers.csv')), file: 'customers.csv' };
 * const { model, card } = await train(input, { target: 'churned', id: 'account_id', seed: 7 });
 * card.verdict.sentence;
 *
 * @throws ChurnError `missing-column`, `bad-target`, `bad-table`, `bad-option`, `too-few-rows`
 */
export async function train(input: TrainInput, options: TrainOptions): Promise<Training> {
  const settled = settleOptions(options);
  const random = seededRandom(settled.seed).fork('train');
  requireAllowed(input.raw, settled.allow);
  const labelled = labelRows(input.raw, settled);
  const split = splitRows(labelled, settled, random.fork('held back'));
  const { recipe, leaks } = learnRecipe(labelled, split.training, settled, settled.allow);
  const training = cleanRows(labelled, split.training, recipe);
  const heldBack = cleanRows(labelled, split.heldBack, recipe);
  requireColumns(training.set);
  requireBothOutcomes(heldBack.set);

  const fitted = await fitCandidates(training.set, settled);
  settled.onProgress('Judging on held-back rows', 0.97);
  const judged = judge(fitted, heldBack.set, settled, random);
  const verdict = judgeSignal(fitted.chosen.name, judged.evaluation, judged.differences);
  const model = makeModel(settled.name, fitted.chosen, training.set.churned, verdict.kind);
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
    topAccounts: topAccounts(model, heldBack.set, recipe),
    leaks,
    notes: distinctNotes([
      ...input.notes,
      ...labelled.notes,
      ...straddlingNotes(labelled, split, settled),
      ...recipe.notes,
      ...training.notes,
      ...fitted.notes,
    ]),
  };
  settled.onProgress('Done', 1);
  return { model, recipe, card, rejects };
}

function requireAllowed(raw: RawTable, allow: readonly string[]): void {
  const names = raw.columns.map(({ name }) => name);
  const unknown = allow.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const nearest = nearestName(unknown, names);
  const hint = nearest === null ? 'name a column of the table' : `did you mean "${nearest}"?`;
  throw new ChurnError('missing-column', `column "${unknown}", to be allowed, is not in the table; ${hint}`);
}

function splitRows(labelled: LabelledRows, options: Settled, random: Random): HeldBackSplit {
  const leavers = labelled.churned.reduce((sum, y) => sum + y, 0);
  const stayers = labelled.churned.length - leavers;
  if (Math.min(leavers, stayers) < 10) {
    throw new ChurnError(
      'too-few-rows',
      `train needs at least 10 churned and 10 staying accounts; found ${leavers} churned and ${stayers} staying` +
        setAside(labelled.rejects),
    );
  }
  const groups = new Set(options.group === null ? [] : labelled.groups).size;
  if (options.group !== null && groups < FEWEST_GROUPS) {
    throw new ChurnError(
      'too-few-rows',
      `group column "${options.group}" has ${groups} groups where at least ${FEWEST_GROUPS} are needed to hold some back`,
    );
  }
  return labelled.time
    ? holdBackLatest(labelled.time, options.group === null ? null : labelled.groups)
    : holdBackStratified(labelled.churned, labelled.groups, random);
}

/** How many rows were set aside, and the commonest reason. */
function setAside(rejects: readonly Reject[]): string {
  const counts = new Map<string, number>();
  for (const { reason } of rejects) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const [commonest] = [...counts].sort(([, a], [, b]) => b - a);
  return commonest ? `, ${rejects.length} rows set aside (in ${commonest[1]} the ${commonest[0]})` : '';
}

/** With `time` and `group`, later rows of groups that were learned from are judged on by nobody. */
function straddlingNotes({ churned }: LabelledRows, split: HeldBackSplit, { group }: Settled): Note[] {
  const unused = churned.length - split.training.length - split.heldBack.length;
  if (unused === 0 || group === null) return [];
  const message =
    `${unused} later rows belong to groups of "${group}" with earlier rows, which were learned from; ` +
    'they are neither learned from nor judged on';
  return [{ kind: 'straddling-groups', column: group, message }];
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
function recordedOptions({ onProgress, name, target, id, seed, ...rest }: Settled): Card['options'] {
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
