import type { FeatureSpec } from '../../tables/align.js';
import type { Table } from '../../tables/table.js';
import type { TrainingSet } from '../model.js';
import { type BinnedTable, binTables } from './bins.js';
import { bestCategorySplit } from './category-split.js';
import { STATISTICS, sumsAtValue, type Units, unitsFor, updateStatistics } from './gradients.js';
import type {
  BoundedLeaf,
  Counting,
  Ground,
  HistogramHandle,
  LeafValue,
  LevelAnswer,
  LevelQuery,
  Split,
  SplitQuery,
} from './ground.js';
import { emptyHistogram, fillHistogram, subtractHistogram, sumRows } from './histogram.js';
import { leafStep, type Sums, UNBOUNDED } from './leaf.js';
import { bestNumberSplit, type ColumnSplit } from './number-split.js';
import type { TreeSettings } from './options.js';
import { partitionRows } from './partition.js';
import { bestCategoryLevel, bestNumberLevel } from './symmetric-split.js';

/** A Newton step (log-odds, before the learning rate) after which no further one is taken. */
const SMALLEST_STEP = 1e-4;

/** The ground in plain JavaScript, one thread: for machines without the kernels, and to test them against. */
export class PlainGround implements Ground {
  readonly columns: BinnedTable['columns'];
  private readonly table: BinnedTable;
  private readonly statistics: Float64Array;
  private readonly scores: Float64Array;
  private readonly rows: Int32Array;
  private readonly scratch: Int32Array;
  private readonly units: Units;
  private readonly histograms: Float64Array[] = [];
  private readonly spare: HistogramHandle[] = [];

  constructor(
    features: readonly FeatureSpec[],
    private readonly train: TrainingSet,
    followers: Table | null,
    private readonly settings: TreeSettings,
    private readonly directions: Int32Array,
  ) {
    const tables = followers ? [train.table, followers] : [train.table];
    this.table = binTables(features, tables, train.weights, settings.maxBins);
    this.columns = this.table.columns;
    this.statistics = new Float64Array(train.table.rows * STATISTICS);
    this.scores = new Float64Array(this.table.rows);
    this.rows = new Int32Array(this.table.rows);
    this.scratch = new Int32Array(this.table.rows);
    this.units = unitsFor(train.table.rows, train.weights);
  }

  isUseful(column: number): boolean {
    const bytes = this.table.bytes[column]!.subarray(0, this.train.table.rows);
    return bytes.some((bin) => bin !== bytes[0]);
  }

  scoresFrom(begin: number): Float64Array {
    return this.scores.subarray(begin);
  }

  setScores(scores: Float64Array): void {
    this.scores.set(scores);
  }

  updateStatistics(): void {
    const { churned, weights } = this.train;
    updateStatistics(this.statistics, this.scores, churned, weights, this.units);
  }

  layRows(rows: Int32Array | null): void {
    if (rows) this.rows.set(rows);
    else for (let row = 0; row < this.rows.length; row++) this.rows[row] = row;
  }

  sumRows(begin: number, end: number): Sums {
    return sumRows(this.statistics, this.rows, begin, end);
  }

  partition(begin: number, end: number, column: number, goesLeft: Uint8Array): number {
    return partitionRows(this.rows, begin, end, this.table.bytes[column]!, goesLeft, this.scratch);
  }

  takeHistogram(): HistogramHandle {
    return this.spare.pop() ?? this.histograms.push(emptyHistogram(this.table)) - 1;
  }

  releaseHistogram(histogram: HistogramHandle): void {
    this.spare.push(histogram);
  }

  count(counting: Counting, order: Int32Array) {
    const { begin, end, histogram, sibling, query, siblingQuery } = counting;
    const counts = this.histograms[histogram]!;
    fillHistogram(counts, this.table, this.statistics, this.rows, begin, end);
    const siblingCounts = sibling === null ? null : this.histograms[sibling]!;
    if (siblingCounts) subtractHistogram(siblingCounts, counts);
    return {
      split: query && this.findSplit(counts, query, order),
      siblingSplit: siblingQuery && siblingCounts && this.findSplit(siblingCounts, siblingQuery, order),
    };
  }

  askLevel(
    leaves: readonly LevelQuery[],
    least: number,
    allowed: Uint8Array,
    order: Int32Array,
  ): LevelAnswer | null {
    let best: LevelAnswer | null = null as LevelAnswer | null;
    for (const column of order) {
      if (!allowed[column]) continue;
      const { kind, bins } = this.columns[column]!;
      const begin = this.table.firstPlace[column]!;
      const own = leaves.map((leaf) => ({
        ...leaf,
        histogram: this.histograms[leaf.histogram]!.subarray(begin, begin + bins * STATISTICS),
      }));
      const beaten = best?.quality ?? least;
      const found =
        kind === 'number'
          ? bestNumberLevel(own, this.settings, beaten, this.directions[column]!)
          : bestCategoryLevel(own, this.settings, beaten);
      if (found) best = { column, ...found };
    }
    return best;
  }

  refineLeaves(leaves: readonly BoundedLeaf[], steps: number): number[] {
    const { churned, weights } = this.train;
    return leaves.map(({ begin, end, value, bounds }) => {
      const rows = this.rows.subarray(begin, end);
      let refined = value;
      for (let step = 0; step < steps; step++) {
        const sums = sumsAtValue(rows, refined, this.scores, churned, weights, this.units);
        const next = refined + leafStep({ ...sums, weight: 0 }, this.settings, UNBOUNDED);
        const held = Math.min(Math.max(next, bounds.low), bounds.high);
        const moved = Math.abs(held - refined);
        refined = held;
        if (moved < SMALLEST_STEP) break;
      }
      return refined;
    });
  }

  addLeafValues(leaves: readonly LeafValue[]): void {
    for (const { begin, end, value } of leaves) {
      for (let i = begin; i < end; i++) this.scores[this.rows[i]!]! += value;
    }
  }

  close(): void {}

  private findSplit(histogram: Float64Array, query: SplitQuery, order: Int32Array): Split | null {
    let best: Split | null = null as Split | null;
    for (const column of order) {
      if (!query.allowed[column]) continue;
      const { kind, bins } = this.columns[column]!;
      const begin = this.table.firstPlace[column]!;
      const own = histogram.subarray(begin, begin + bins * STATISTICS);
      const least: number = best?.quality ?? query.least;
      const found: ColumnSplit | null =
        kind === 'number'
          ? bestNumberSplit(own, query, this.settings, least, this.directions[column]!)
          : bestCategorySplit(own, query, this.settings, least);
      if (found) best = { column, ...found };
    }
    return best;
  }
}
