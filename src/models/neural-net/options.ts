import { ChurnError } from '../../errors.js';
import type { TrainingSet } from '../model.js';

/** How a neural net is built and taught; every option may be left out. */
export interface NeuralNetOptions {
  /** Units of each hidden layer, from the inputs on. */
  readonly hiddenUnits?: readonly number[];
  /** Passes over the training rows; the learning rate falls to 0 over them along half a cosine. */
  readonly epochs?: number;
  /** Of the first step. */
  readonly learningRate?: number;
  /** Weight decay as in AdamW: a step at learning rate r shrinks every weight by the share r · l2. */
  readonly l2?: number;
  /** Rows of one step; with as many as there are rows, a row of weight 2 counts as two rows. */
  readonly batchSize?: number;
  /** Nets that differ in their seed alone; the model's score is the mean of theirs. */
  readonly members?: number;
  /** Seed of the first weights and of the order of the rows. */
  readonly seed?: number;
  /** Rows that no net learns from: each net is kept as it was after the epoch that suited them best. */
  readonly validation?: TrainingSet;
}

/** The options with every default filled in; validation rows apart. */
export type NetSettings = Required<Omit<NeuralNetOptions, 'validation'>>;

const DEFAULTS: NetSettings = {
  hiddenUnits: [32, 16],
  epochs: 30,
  learningRate: 0.02,
  l2: 1,
  batchSize: 256,
  members: 1,
  seed: 0,
};

/** Lowest and highest allowed value; whole numbers where the third entry says so. */
const LIMITS: Readonly<
  Record<Exclude<keyof NetSettings, 'hiddenUnits'>, readonly [number, number, 'whole'?]>
> = {
  epochs: [1, 100_000, 'whole'],
  learningRate: [1e-9, 1],
  l2: [0, 1e6],
  batchSize: [1, 1_000_000, 'whole'],
  members: [1, 100, 'whole'],
  seed: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 'whole'],
};

const MOST_LAYERS = 8;
const MOST_UNITS = 4096;

/**
 * Fills in the defaults and holds every setting to its limits.
 *
 * @throws ChurnError `bad-option` naming the option, its limits and what was given
 */
export function netSettings(options: NeuralNetOptions): NetSettings {
  const { validation: _validation, ...given } = options;
  const settings: NetSettings = { ...DEFAULTS, ...given };
  for (const name of Object.keys(LIMITS) as (keyof typeof LIMITS)[]) {
    const [low, high, whole] = LIMITS[name];
    const value = settings[name];
    if (!(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
      throw badOption(name, `a ${whole ? 'whole ' : ''}number from ${low} to ${high}`, value);
    }
  }
  const { hiddenUnits } = settings;
  const isLayer = (units: number) => Number.isInteger(units) && units >= 1 && units <= MOST_UNITS;
  if (hiddenUnits.length < 1 || hiddenUnits.length > MOST_LAYERS || !hiddenUnits.every(isLayer)) {
    throw badOption(
      'hiddenUnits',
      `1 to ${MOST_LAYERS} whole numbers from 1 to ${MOST_UNITS}`,
      `[${hiddenUnits.join(', ')}]`,
    );
  }
  return settings;
}

function badOption(option: string, needed: string, found: unknown): ChurnError {
  return new ChurnError('bad-option', `fitNeuralNet: ${option} must be ${needed}, found ${found}`, {
    option,
  });
}
