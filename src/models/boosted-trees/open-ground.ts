import { coreCount, MOST_BYTES, openWorkshop } from '../../kernels/workshop.js';
import type { FeatureSpec } from '../../tables/align.js';
import type { Table } from '../../tables/table.js';
import type { TrainingSet } from '../model.js';
import type { Ground } from './ground.js';
import { KernelGround } from './kernel-ground.js';
import type { TreeSettings } from './options.js';
import { PlainGround } from './plain-ground.js';

/** What a ground is made from. */
export interface GroundPlan {
  readonly features: FeatureSpec[];
  readonly train: TrainingSet;
  readonly followers: Table | null;
  readonly settings: TreeSettings;
  readonly directions: Int32Array;
}

/** Opens a ground with that many threads, by default as many as the rows are worth. */
export type OpenGround = (plan: GroundPlan, threads?: number) => Ground;

/** Cells from which a second thread is worth its while. */
const PARALLEL_CELLS = 1_000_000;

/** The kernels where they run and the rows fit into their memory, else their plain twin. */
export function openGround(plan: GroundPlan, threads?: number): Ground {
  const { features, train, followers, settings, directions } = plan;
  const rows = train.table.rows + (followers?.rows ?? 0);
  const bytes = rows * (2 * features.length + 80 + 64);
  const size = threads ?? (rows * features.length >= PARALLEL_CELLS ? coreCount() : 1);
  const workshop = bytes < MOST_BYTES / 2 ? openWorkshop(size) : null;
  if (!workshop) return openPlainGround(plan);
  return new KernelGround(workshop, features, train, followers, settings, directions);
}

/** The plain twin, whatever the machine. */
export function openPlainGround({ features, train, followers, settings, directions }: GroundPlan): Ground {
  return new PlainGround(features, train, followers, settings, directions);
}
