import { ChurnError } from '../errors.js';

/** What `train` can be told. */
export interface TrainOptions {
  /** Name of the model; default `churn`. */
  readonly name?: string;
  /** Column that says who churned. */
  readonly target: string;
  /** Column that names each row once. */
  readonly id?: string | null;
  /** The target's level that means churned; guessed from usual words when left out. */
  readonly positive?: string;
  /** Instants; the latest fifth is held back. */
  readonly time?: string | null;
  /** Rows of one group never stand on both sides of a split. */
  readonly group?: string | null;
  /** Columns kept although they look like leaks. */
  readonly allow?: readonly string[];
  readonly seed?: number;
  /** Bounds the planned search by estimated cost; default 60. */
  readonly timeBudgetSeconds?: number;
  /** Cost of contacting one account; default 20. */
  readonly contactCost?: number;
  /** Value of one account saved; default 500. */
  readonly saveValue?: number;
  /** Chance that a contacted churner stays; default 0.3. */
  readonly saveRate?: number;
  /** Told what is being done and which share of the work is behind. */
  readonly onProgress?: (label: string, share: number) => void;
}

/** Options with every default filled in. */
export type Settled = Required<Omit<TrainOptions, 'positive'>> &
  Pick<TrainOptions, 'positive'> & {
    /** Days of gap and horizon of dated tables; `null` for a flat table. */
    readonly windowDays: number | null;
  };

/**
 * Fills in defaults.
 *
 * @throws ChurnError `bad-option`
 */
export function settleOptions(options: TrainOptions): Settled {
  const settled: Settled = {
    name: 'churn',
    id: null,
    time: null,
    group: null,
    allow: [],
    seed: 1,
    timeBudgetSeconds: 60,
    contactCost: 20,
    saveValue: 500,
    saveRate: 0.3,
    onProgress: () => {},
    windowDays: null,
    ...options,
  };
  for (const role of ['id', 'time', 'group'] as const) {
    if (settled[role] === settled.target) {
      throw new ChurnError('bad-option', `target and ${role} both name column "${settled.target}"`);
    }
  }
  if (!Number.isSafeInteger(settled.seed)) {
    throw new ChurnError('bad-option', `seed must be a whole number, found ${settled.seed}`);
  }
  if (!(settled.timeBudgetSeconds > 0)) {
    throw new ChurnError(
      'bad-option',
      `time budget must be above 0 seconds, found ${settled.timeBudgetSeconds}`,
    );
  }
  if (!(settled.saveRate >= 0 && settled.saveRate <= 1)) {
    throw new ChurnError('bad-option', `save rate must lie in [0, 1], found ${settled.saveRate}`);
  }
  return settled;
}
