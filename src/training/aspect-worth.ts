import type { PairedDifference } from '../evaluation/evaluation.js';
import { pairedDifference } from '../evaluation/paired-difference.js';
import type { Random } from '../math/random.js';
import { fitBoostedTrees } from '../models/boosted-trees/fit.js';
import { predictBoostedTrees } from '../models/boosted-trees/predict.js';
import { sigmoid } from '../models/model.js';
import { foldRows, stratifiedFolds } from '../splits/folds.js';
import { type Table, takeCodes } from '../tables/table.js';
import type { AspectWorth, UsageVerdict } from './company-card.js';
import { takeTrainingRows } from './cross-fit.js';
import type { LearningSet } from './learning-sets.js';

/** Rows that the yardstick learns from at most; two models an aspect must stay a matter of seconds. */
const MOST_ROWS = 12_000;
/** Small enough to learn from a few hundred leavers; the number of trees is found on accounts set aside. */
const SETTING = { trees: 200, maxLeaves: 6, learningRate: 0.1, l2: 5, minLeafRows: 20, columnShare: 0.5 };
const PATIENCE = 15;
/** Columns are sampled: the mean of three models is less a matter of luck. */
const SEEDS = [1, 2, 3];
/** Of the training rows, a quarter decides the number of trees. */
const PARTS = 4;

/** Which aspect a feature belongs to. */
export interface FeatureAspect {
  readonly name: string;
  readonly aspect: string;
  readonly title: string;
}

export interface AspectStudy {
  /** Most worth first. */
  readonly aspects: AspectWorth[];
  readonly usage: UsageVerdict;
}

/**
 * What each aspect of health is worth to the prediction: the same yardstick (small boosted trees, their number
 * chosen on accounts set aside) is learned with all features, without the aspect's, and with the aspect's alone, and
 * all are judged on the same held-back rows, in pairs, with intervals over accounts.
 *
 * Aspects share information: what one loses when it is left out, another may make up for. So "without" is the least
 * that an aspect is worth and "alone" the most.
 *
 * @param features the aspect of every column; columns that it does not name belong to none
 */
export function aspectWorth(
  training: LearningSet,
  heldBack: LearningSet,
  features: readonly FeatureAspect[],
  random: Random,
): AspectStudy {
  const aspectOf = new Map(features.map(({ name, aspect }) => [name, aspect]));
  const titles = new Map(features.map(({ aspect, title }) => [aspect, title]));
  const parts = learningParts(training, random.fork('parts'));
  const predict = (uses: (aspect: string | undefined) => boolean) =>
    yardstick(parts, heldBack.table, (name) => uses(aspectOf.get(name)));
  const compare = (against: string, first: Float64Array, second: Float64Array): PairedDifference =>
    pairedDifference(against, first, second, heldBack.churned, {
      random: random.fork('resamples'),
      resamples: 400,
      clusters: heldBack.groups,
    });

  const all = predict(() => true);
  const rate = parts.learn.churned.reduce((sum, y) => sum + y, 0) / parts.learn.churned.length;
  const baseRate = new Float64Array(heldBack.churned.length).fill(rate);
  const present = [...titles].filter(([aspect]) =>
    training.table.columns.some(({ name }) => aspectOf.get(name) === aspect),
  );
  const alone = new Map(present.map(([aspect]) => [aspect, predict((own) => own === aspect)]));
  const aspects = present.map(
    ([aspect, title]): AspectWorth => ({
      aspect,
      title,
      features: training.table.columns.filter(({ name }) => aspectOf.get(name) === aspect).length,
      without: compare(
        'all aspects',
        predict((own) => own !== aspect),
        all,
      ),
      alone: compare('base rate', alone.get(aspect)!, baseRate),
    }),
  );
  const usage = alone.get('usage');
  return {
    aspects: aspects.sort((a, b) => b.without.logLoss.value - a.without.logLoss.value),
    usage: usageVerdict(usage && present.length > 1 ? compare('all aspects', usage, all) : null),
  };
}

interface LearningParts {
  readonly learn: LearningSet;
  readonly decide: LearningSet;
}

/** At most `MOST_ROWS` rows of whole accounts, three quarters to learn from and one to stop by. */
function learningParts(training: LearningSet, random: Random): LearningParts {
  const rows = training.churned.length;
  const shares = Math.ceil(rows / MOST_ROWS);
  const sample =
    shares === 1
      ? training
      : takeLearningRows(
          training,
          foldRows(stratifiedFolds(training.churned, training.groups, shares, random), 0).inside,
        );
  const fold = stratifiedFolds(sample.churned, sample.groups, PARTS, random);
  const { inside, outside } = foldRows(fold, 0);
  return { learn: takeLearningRows(sample, outside), decide: takeLearningRows(sample, inside) };
}

function takeLearningRows(set: LearningSet, rows: Int32Array): LearningSet {
  return {
    ...set,
    ...takeTrainingRows(set, rows),
    ids: Array.from(rows, (row) => set.ids[row]!),
    groups: set.groups && takeCodes(set.groups, rows),
    labelledRows: takeCodes(set.labelledRows, rows),
  };
}

function yardstick(
  { learn, decide }: LearningParts,
  heldBack: Table,
  uses: (column: string) => boolean,
): Float64Array {
  const only = (table: Table): Table => ({
    rows: table.rows,
    columns: table.columns.filter(({ name }) => uses(name)),
  });
  const scores = SEEDS.map((seed) => {
    const { fitted } = fitBoostedTrees(
      { ...learn, table: only(learn.table) },
      { ...SETTING, seed, validation: { ...decide, table: only(decide.table) }, patience: PATIENCE },
    );
    return predictBoostedTrees(fitted, only(heldBack));
  });
  return scores[0]!.map((_, row) => sigmoid(scores.reduce((sum, own) => sum + own[row]!, 0) / scores.length));
}

/** Whether "usage is enough" for this company, judged on log loss in pairs. */
export function usageVerdict(difference: PairedDifference | null): UsageVerdict {
  if (difference === null) {
    const sentence = 'Whether usage is enough cannot be asked: usage or every other aspect is missing.';
    return { kind: 'no-usage', sentence, difference };
  }
  const { value, low, high } = difference.logLoss;
  const figures = `log loss ${signed(value)} (${signed(low)} to ${signed(high)})`;
  if (low > 0) {
    return {
      kind: 'not-enough',
      sentence: `Usage is not enough: usage alone predicts worse than all aspects together beyond doubt, ${figures}.`,
      difference,
    };
  }
  if (high <= 0) {
    return {
      kind: 'enough',
      sentence: `Usage is enough: the other aspects add nothing to it, ${figures} against all aspects together.`,
      difference,
    };
  }
  return {
    kind: 'cannot-tell',
    sentence: `No evidence that usage is not enough: against all aspects together usage alone has ${figures}.`,
    difference,
  };
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
