import type { FittedModel } from '../../models/fitted-model.js';
import type { TrainingSet } from '../../models/model.js';
import type { FoldPart } from '../cross-fit.js';

/** What the plan knows of a table before anything is fitted. */
export interface TableShape {
  readonly rows: number;
  readonly churned: number;
  /** Numbers plus category levels: the width of a one-hot design. */
  readonly designWidth: number;
  readonly columns: number;
}

/** Training rows dealt into folds: `fold[row]` is the fold that holds the row out. */
export interface FoldedSet extends TrainingSet {
  readonly fold: Uint8Array;
  readonly folds: number;
  /** Rows of one number belong to one account and share a fold; `null` when each row stands alone. */
  readonly groups: Int32Array | null;
}

/** What cross-fitting one setting gave: a score for every row from a model that did not see it. */
export interface CrossFit<Setting> {
  readonly scores: Float64Array;
  /** The setting with what cross-fitting decided, such as the number of trees. */
  readonly setting: Setting;
}

/** What a setting gave on one fold. */
export interface FoldFit {
  /** The rows that were held out. */
  readonly rows: Int32Array;
  /** Their mean log loss at the fit's best, in nats: for comparing settings on the same fold. */
  readonly logLoss: number;
}

/** Settings that are tried on a few folds each, the better ones on more: see `planRace`. */
export interface Race<Setting, Fit extends FoldFit> {
  /** In order of promise; a small budget has room for the first few only. */
  contenders(shape: TableShape): readonly Setting[];
  fitFold(part: FoldPart, setting: Setting, tools: FitTools): Promise<Fit>;
  /** Joins the fits of all folds. */
  join(set: FoldedSet, setting: Setting, fits: readonly Fit[]): CrossFit<Setting>;
}

/** Seed, and a pause that lets signals and progress bars through between fits. */
export interface FitTools {
  readonly seed: number;
  pause(): Promise<void>;
}

/** One kind of candidate: which settings to try, what they cost, how to fit them. */
export interface Family<Setting> {
  readonly name: string;
  /** For people: "Boosted trees". */
  readonly label: string;
  /** Others are held against it, so it is fitted whatever the time budget. */
  readonly isYardstick?: true;
  /** Settings in order of promise; the first is always tried. */
  settings(shape: TableShape): readonly Setting[];
  /** The setting in words, for the card. */
  describe(setting: Setting): string;
  /** Estimated seconds of one fit on a slow laptop; decides what fits the time budget, the same everywhere. */
  seconds(shape: TableShape, setting: Setting): number;
  crossFit(set: FoldedSet, setting: Setting, tools: FitTools): Promise<CrossFit<Setting>>;
  fit(train: TrainingSet, setting: Setting, tools: FitTools): Promise<FittedModel>;
  // biome-ignore lint/suspicious/noExplicitAny: only the family itself knows its fits
  readonly race?: Race<Setting, any>;
}
