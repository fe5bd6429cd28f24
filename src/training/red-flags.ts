import type { Ledger } from '../flags/ledger.js';
import type { LabelledRows } from './labelled-rows.js';
import type { LearningSet } from './learning-sets.js';
import type { Settled } from './options.js';

/** Facts that go with more leaving, found in one part of the training rows and confirmed in the other. */
export function findRedFlags(
  _training: LearningSet,
  _labelled: LabelledRows,
  _settled: Settled,
): Ledger | null {
  return null;
}
