import { ChurnError } from '../../errors.js';
import type { TrainingSet } from '../model.js';
import type { TreeConstraints } from './constraints.js';
import type { FittedBoostedTrees } from './model.js';

/** How boosted trees are grown; every option may be left out. */
export interface BoostedTreesOptions extends TreeConstraints {
  /** Boosting rounds, one tree each. */
  readonly trees?: number;
  /** Share of each tree's answer that is added to the score, in (0, 1]. */
  readonly learningRate?: number;
  /** Leaves of one tree, grown best first; 2 gives stumps, and with them an additive model. */
  readonly maxLeaves?: number;
  /**
   * Ask all leaves of a level the same question: trees that learn less by heart, of at most the power of two in `maxLeaves`
   * leaves; `false` grows leaf by leaf.
   */
  readonly symmetric?: boolean;
  /** Questions between root and leaf, at most 30. */
  readonly maxDepth?: number;
  /** Weighted training rows that every leaf holds at least. */
  readonly minLeafRows?: number;
  /** Sum of p · (1 − p) that every leaf holds at least. */
  readonly minLeafHessian?: number;
  /**
   * Newton steps towards a leaf's value, the gradients of its rows being worked out anew before each: with more than
   * one, leaves of clear rows get clearer values (CatBoost takes ten). `l2` damps each step.
   */
  readonly leafSteps?: number;
  /** Pulls a leaf's gradient sum towards 0 by this much. */
  readonly l1?: number;
  /** Added to a leaf's Hessian sum: shrinks small leaves. */
  readonly l2?: number;
  /** What a split must gain in ΣG² / (ΣH + l2), as in LightGBM (twice XGBoost's figure). */
  readonly minSplitGain?: number;
  /** Chance of each row to be in a tree's sample. */
  readonly rowShare?: number;
  /** Share of the columns that a tree may ask about. */
  readonly columnShare?: number;
  /** Bins of a number column, 2 to 255; a column with no more distinct values loses nothing. */
  readonly maxBins?: number;
  /** Rows of average outcome that a category level is mixed with before levels are ordered. */
  readonly categorySmoothing?: number;
  /** Weighted rows in a leaf from which a category level is judged on its own. */
  readonly minLevelRows?: number;
  /** Gain that each category level beyond the second has to earn; chance alone earns about 1. */
  readonly levelPenalty?: number;
  /** Seed of the row and column samples; without effect when both shares are 1. */
  readonly seed?: number;
  /** Rows that no tree learns from; their log loss is taken after every tree. */
  readonly validation?: TrainingSet;
  /**
   * Stop when the validation loss has not fallen for this many trees, and keep the trees up to its lowest
   * point; `null` grows and keeps them all.
   */
  readonly patience?: number | null;
  /** A model to which new trees are added; it keeps its features, base score and trees. */
  readonly continueFrom?: FittedBoostedTrees;
  /** Threads to work with, by default all cores where the table is large enough; they never change the model. */
  readonly threads?: number;
}

/** Options that are no plain numbers of the tree. */
type OtherOptions = keyof TreeConstraints | 'validation' | 'patience' | 'continueFrom' | 'threads';

/** The numbers of a tree with every default filled in, and how it grows. */
export type TreeSettings = Required<Omit<BoostedTreesOptions, OtherOptions>>;
type TreeNumbers = Omit<TreeSettings, 'symmetric'>;

const DEFAULTS: TreeNumbers = {
  trees: 100,
  learningRate: 0.1,
  maxLeaves: 8,
  maxDepth: 30,
  minLeafRows: 20,
  minLeafHessian: 1e-3,
  leafSteps: 1,
  l1: 0,
  l2: 1,
  minSplitGain: 0,
  rowShare: 1,
  columnShare: 1,
  maxBins: 255,
  categorySmoothing: 10,
  minLevelRows: 10,
  levelPenalty: 1,
  seed: 0,
};

/** Lowest and highest allowed value; whole numbers where the third entry says so. */
const LIMITS: Readonly<Record<keyof TreeNumbers, readonly [number, number, 'whole'?]>> = {
  trees: [1, 100_000, 'whole'],
  learningRate: [1e-6, 1],
  maxLeaves: [2, 65_536, 'whole'],
  maxDepth: [1, 30, 'whole'],
  minLeafRows: [1, 1e12],
  minLeafHessian: [1e-9, 1e12],
  leafSteps: [1, 100, 'whole'],
  l1: [0, 1e12],
  l2: [0, 1e12],
  minSplitGain: [0, 1e12],
  rowShare: [1e-6, 1],
  columnShare: [1e-6, 1],
  maxBins: [2, 255, 'whole'],
  categorySmoothing: [0, 1e12],
  minLevelRows: [1, 1e12],
  levelPenalty: [0, 1e12],
  seed: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 'whole'],
};

/**
 * Fills in the defaults and holds every setting to its limits.
 *
 * @throws ChurnError `bad-option` naming the option, its limits and what was given
 */
export function treeSettings(options: BoostedTreesOptions): TreeSettings {
  const { patience = null, threads = 1 } = options;
  const settings: Record<keyof TreeNumbers, number> = { ...DEFAULTS };
  for (const name of Object.keys(LIMITS) as (keyof TreeNumbers)[]) {
    const [low, high, whole] = LIMITS[name];
    const value = options[name] ?? settings[name];
    settings[name] = value;
    if (!(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
      throw new ChurnError(
        'bad-option',
        `fitBoostedTrees: ${name} must be a ${whole ? 'whole ' : ''}number from ${low} to ${high}, found ${value}`,
        { option: name },
      );
    }
  }
  if (patience !== null && !(Number.isInteger(patience) && patience >= 1)) {
    throw new ChurnError(
      'bad-option',
      `fitBoostedTrees: patience must be null or a whole number from 1, found ${patience}`,
      { option: 'patience' },
    );
  }
  if (!(Number.isInteger(threads) && threads >= 1)) {
    throw new ChurnError(
      'bad-option',
      `fitBoostedTrees: threads must be a whole number from 1, found ${threads}`,
      { option: 'threads' },
    );
  }
  return { ...settings, symmetric: options.symmetric === true };
}
