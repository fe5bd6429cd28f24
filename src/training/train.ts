import { nearestName } from '../cleaning/nearest-name.js';
import { ChurnError } from '../errors.js';
import { type Random, seededRandom } from '../math/random.js';
import { type HeldBackSplit, holdBackLatest, holdBackStratified } from '../splits/held-back.js';
import type { Note, RawTable, Reject } from '../tables/raw-table.js';
import { type LabelledRows, labelRows } from './labelled-rows.js';
import { learnAndJudge, type TrainInput, type Training } from './learn.js';
import { type Settled, settleOptions, type TrainOptions } from './options.js';

/** Fewer groups cannot be dealt into a held-back fifth and the rest. */
const FEWEST_GROUPS = 5;

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
 * const { card } = await train(input, {
 *   target: 'churned',
 *   id: 'account_id',
 *   seed: 7,
 *   timeBudgetSeconds: 1,
 * });
 * console.log(card.verdict.sentence);
 *
 * @throws ChurnError `missing-column`, `bad-target`, `bad-table`, `bad-option`, `too-few-rows`
 */
export async function train(input: TrainInput, options: TrainOptions): Promise<Training> {
  const settled = settleOptions(options);
  const random = seededRandom(settled.seed).fork('train');
  requireAllowed(input.raw, settled.allow);
  const labelled = labelRows(input.raw, settled);
  const split = splitRows(labelled, settled, random.fork('held back'));
  const notes = [...input.notes, ...labelled.notes, ...straddlingNotes(labelled, split, settled)];
  const { model, recipe, card, rejects } = await learnAndJudge(
    input,
    labelled,
    split,
    settled,
    random,
    notes,
  );
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
