import type { Block } from '../blocks.js';
import { DEFAULT_ROWS, type DisplayOptions } from '../display-options.js';
import { backtestBlocks } from './backtest.js';
import { checkBlocks } from './check.js';
import { estimateBlocks } from './estimate.js';
import { differenceBlocks, evaluationBlocks } from './evaluation.js';
import { figuresBlocks, flagsBlocks } from './flags.js';
import { intakeBlocks } from './intake.js';
import { leadTimeBlocks } from './lead-times.js';
import { metricsBlocks } from './metrics.js';
import { reconciliationBlocks } from './reconciliation.js';
import { simpsonBlocks } from './simpson.js';
import { stagesBlocks } from './stages.js';
import { logRankBlocks, survivalBlocks } from './survival.js';
import { trainingBlocks } from './training.js';
import { valueBlocks } from './value.js';

/** Each knows its kind of result by shape, and tells `null` of anything else; lists of records come after it. */
const RECOGNISERS: readonly ((value: unknown, rows: number) => Block[] | null)[] = [
  checkBlocks,
  intakeBlocks,
  trainingBlocks,
  evaluationBlocks,
  differenceBlocks,
  flagsBlocks,
  figuresBlocks,
  metricsBlocks,
  reconciliationBlocks,
  survivalBlocks,
  logRankBlocks,
  simpsonBlocks,
  stagesBlocks,
  leadTimeBlocks,
  backtestBlocks,
  valueBlocks,
];

/** A result of the library as sentences and tables; `null` for anything else. */
export function resultBlocks(value: unknown, options: DisplayOptions): Block[] | null {
  const estimate = estimateBlocks(value, options);
  if (estimate !== null) return estimate;
  for (const blocksOf of RECOGNISERS) {
    const blocks = blocksOf(value, options.rows ?? DEFAULT_ROWS);
    if (blocks !== null) return blocks;
  }
  return null;
}
