import { ChurnError } from '../errors.js';
import type { HeldBackSplit } from './held-back.js';

/** Share of the snapshots held back, the latest ones. */
const HELD_BACK_SHARE = 0.2;

/** A split of snapshots in time, with what stands between its two parts. */
export interface EmbargoedSplit extends HeldBackSplit {
  readonly heldBackFrom: number;
  /** Rows between the parts: their outcomes were not known yet when the held-back part began. */
  readonly embargoed: Int32Array;
}

/**
 * Holds back the latest fifth of the snapshots, and learns only from rows whose outcomes were fully known when the
 * first of them came: a training row's label window `[snapshot, snapshot + windowMilliseconds)` ends at or before the
 * cut. Rows in between are in neither part. Accounts may have rows in both: the later ones are what the model is for.
 *
 * @param time snapshot of each row, in milliseconds since 1970 UTC
 * @param windowMilliseconds gap and horizon together
 * @throws ChurnError `too-few-rows` when no snapshot is early enough to learn from
 */
export function holdBackLatestSnapshots(time: Float64Array, windowMilliseconds: number): EmbargoedSplit {
  const snapshots = [...new Set(time)].sort((a, b) => a - b);
  const heldBack = Math.max(1, Math.round(snapshots.length * HELD_BACK_SHARE));
  const cut = snapshots[snapshots.length - heldBack]!;
  const learned = snapshots.filter((snapshot) => snapshot + windowMilliseconds <= cut);
  if (learned.length === 0) throw tooFewSnapshots(snapshots, windowMilliseconds);
  const isLearned = new Set(learned);
  const rowsWhere = (test: (snapshot: number) => boolean) =>
    Int32Array.from([...time.keys()].filter((row) => test(time[row]!)));
  return {
    training: rowsWhere((snapshot) => isLearned.has(snapshot)),
    embargoed: rowsWhere((snapshot) => snapshot < cut && !isLearned.has(snapshot)),
    heldBack: rowsWhere((snapshot) => snapshot >= cut),
    heldBackFrom: cut,
  };
}

function tooFewSnapshots(snapshots: readonly number[], windowMilliseconds: number): ChurnError {
  const day = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  const found =
    snapshots.length === 0
      ? 'none'
      : `${snapshots.length} (${day(snapshots[0]!)} to ${day(snapshots.at(-1)!)})`;
  return new ChurnError(
    'too-few-rows',
    `split by time needs a snapshot whose ${windowMilliseconds / 86_400_000} days of gap and horizon are over before ` +
      `the snapshots held back begin; snapshots with known outcomes: ${found}; a shorter --horizon or a longer history helps`,
  );
}
