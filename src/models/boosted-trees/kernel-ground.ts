import { Answer, Batch, ColumnEntry, Query, Size, Slot } from '../../kernels/layout.js';
import type { Workshop } from '../../kernels/workshop.js';
import { alignTable, type FeatureSpec } from '../../tables/align.js';
import type { Column, Table } from '../../tables/table.js';
import type { TrainingSet } from '../model.js';
import { binColumn, type ColumnBins, categoryBins, numberBins } from './bins.js';
import { type Units, unitsFor } from './gradients.js';
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
import type { Bounds, Sums } from './leaf.js';
import type { TreeSettings } from './options.js';

/** Bytes of one bin's sums. */
const BIN = 16;

/** The ground in WebAssembly, on every thread of its workshop. */
export class KernelGround implements Ground {
  readonly columns: readonly ColumnBins[];
  private readonly units: Units;
  private readonly rows: number;
  private readonly trainingRows: number;
  private readonly blocks: number;
  private readonly byteStride: number;
  private readonly bins: number;
  private readonly bytes: number;
  private readonly scores: number;
  private readonly rowList: number;
  private readonly identity: number;
  private readonly side: number;
  private readonly queries: readonly [number, number];
  private readonly histogramBytes: number;
  private readonly spare: HistogramHandle[] = [];
  private readonly massMask: bigint;
  private readonly massBits: bigint;
  private leafRanges = 0;
  private leafValues = 0;
  private leafRoom = 0;
  private levelList = 0;
  private levelRoom = 0;

  constructor(
    private readonly workshop: Workshop,
    features: readonly FeatureSpec[],
    train: TrainingSet,
    followers: Table | null,
    settings: TreeSettings,
    directions: Int32Array,
  ) {
    this.trainingRows = train.table.rows;
    this.rows = train.table.rows + (followers?.rows ?? 0);
    this.blocks = Math.ceil(features.length / Size.Block);
    this.byteStride = Math.ceil(this.rows / 64) * 64;
    this.units = unitsFor(train.table.rows, train.weights);
    this.massBits = BigInt(this.units.weightBits);
    this.massMask = (1n << this.massBits) - 1n;

    this.bins = workshop.allocate(this.blocks * this.rows * Size.Block);
    this.bytes = workshop.allocate(features.length * this.byteStride);
    this.scores = workshop.allocate(this.rows * 8 + 8);
    const churned = workshop.allocate(this.trainingRows + 1);
    const weights = train.weights ? workshop.allocate(this.trainingRows * 8) : 0;
    const statistics = workshop.allocate((this.trainingRows + 1) * BIN);
    this.rowList = workshop.allocate(this.rows * 4);
    this.identity = workshop.allocate(this.rows * 4);
    const scratch = workshop.allocate(this.rows * 4);
    this.side = workshop.allocate(256);
    const chunkCounts = workshop.allocate(4 * Math.ceil(this.rows / Size.Chunk));
    const order = workshop.allocate(workshop.threads * 3 * Size.Order);
    const gathered = workshop.allocate(workshop.threads * Size.Count * (BIN + this.blocks * Size.Block));
    const leafOfRow = workshop.allocate(this.rows * 2);
    this.queries = [this.makeQuery(features.length), this.makeQuery(features.length)];
    const columnTable = workshop.allocate(this.blocks * Size.Block * ColumnEntry.Size);

    workshop.u8.set(train.churned, churned);
    if (train.weights) workshop.f64.set(train.weights, weights >> 3);
    const identity = workshop.u32.subarray(this.identity >> 2, (this.identity >> 2) + this.rows);
    for (let row = 0; row < this.rows; row++) identity[row] = row;
    workshop.u8.fill(0, this.bins, this.bins + this.blocks * this.rows * Size.Block);

    const slots: readonly (readonly [Slot, number])[] = [
      [Slot.Rows, this.rows],
      [Slot.TrainingRows, this.trainingRows],
      [Slot.Columns, features.length],
      [Slot.Blocks, this.blocks],
      [Slot.ColumnTable, columnTable],
      [Slot.Bins, this.bins],
      [Slot.Bytes, this.bytes],
      [Slot.ByteStride, this.byteStride],
      [Slot.Scores, this.scores],
      [Slot.Churned, churned],
      [Slot.Weights, weights],
      [Slot.Statistics, statistics],
      [Slot.RowList, this.rowList],
      [Slot.Scratch, scratch],
      [Slot.Order, order],
      [Slot.Gathered, gathered],
      [Slot.LeafOfRow, leafOfRow],
      [Slot.Side, this.side],
      [Slot.ChunkCounts, chunkCounts],
      [Slot.WeightBits, this.units.weightBits],
      [Slot.MaxBins, settings.maxBins],
    ];
    for (const [slot, value] of slots) workshop.set(slot, value);
    const reals: readonly (readonly [Slot, number])[] = [
      [Slot.L1, settings.l1],
      [Slot.L2, settings.l2],
      [Slot.MinLeafRows, settings.minLeafRows],
      [Slot.MinLeafHessian, settings.minLeafHessian],
      [Slot.CategorySmoothing, settings.categorySmoothing],
      [Slot.MinLevelRows, settings.minLevelRows],
      [Slot.LevelPenalty, settings.levelPenalty],
      [Slot.GradientUnit, this.units.gradient],
      [Slot.HessianUnit, this.units.hessian],
      [Slot.WeightUnit, this.units.weight],
    ];
    for (const [slot, value] of reals) workshop.setReal(slot, value);

    this.columns = this.binTables(features, train.table, followers);
    this.histogramBytes = this.layColumns(columnTable, directions);
    workshop.set(Slot.HistogramBytes, this.histogramBytes);
    workshop.set(Slot.OwnHistograms, workshop.allocate((workshop.threads - 1) * this.histogramBytes));
  }

  isUseful(column: number): boolean {
    const begin = this.bytes + column * this.byteStride;
    const bytes = this.workshop.u8.subarray(begin, begin + this.trainingRows);
    const first = bytes[0];
    return bytes.some((bin) => bin !== first);
  }

  scoresFrom(begin: number): Float64Array {
    return this.workshop.f64.subarray((this.scores >> 3) + begin, (this.scores >> 3) + this.rows);
  }

  setScores(scores: Float64Array): void {
    this.workshop.f64.set(scores, this.scores >> 3);
  }

  updateStatistics(): void {
    this.workshop.kernels.updateStatistics();
  }

  layRows(rows: Int32Array | null): void {
    const { u32, i32 } = this.workshop;
    if (rows) i32.set(rows, this.rowList >> 2);
    else u32.copyWithin(this.rowList >> 2, this.identity >> 2, (this.identity >> 2) + this.rows);
  }

  sumRows(begin: number, end: number): Sums {
    const { workshop } = this;
    workshop.set(Slot.Begin, begin);
    workshop.set(Slot.End, end);
    workshop.kernels.sumRows();
    return this.sumsAt(this.side);
  }

  partition(begin: number, end: number, column: number, goesLeft: Uint8Array): number {
    const { workshop } = this;
    workshop.u8.set(goesLeft, this.side);
    workshop.set(Slot.Begin, begin);
    workshop.set(Slot.End, end);
    workshop.set(Slot.Column, column);
    workshop.set(Slot.Chunks, Math.ceil((end - begin) / Size.Chunk));
    return workshop.kernels.partition();
  }

  takeHistogram(): HistogramHandle {
    return this.spare.pop() ?? this.workshop.allocate(this.histogramBytes);
  }

  releaseHistogram(histogram: HistogramHandle): void {
    this.spare.push(histogram);
  }

  count({ begin, end, histogram, sibling, query, siblingQuery }: Counting, order: Int32Array) {
    const { workshop } = this;
    const [small, large] = this.queries;
    if (query) this.writeQuery(small, query);
    if (siblingQuery) this.writeQuery(large, siblingQuery);
    workshop.set(Slot.Begin, begin);
    workshop.set(Slot.End, end);
    workshop.set(Slot.SmallHistogram, histogram);
    workshop.set(Slot.LargeHistogram, sibling ?? 0);
    workshop.set(Slot.SmallQuery, query ? small : 0);
    workshop.set(Slot.LargeQuery, siblingQuery ? large : 0);
    workshop.kernels.countChildren();
    return {
      split: query && this.bestAnswer(small, query, order),
      siblingSplit: siblingQuery && this.bestAnswer(large, siblingQuery, order),
    };
  }

  askLevel(
    leaves: readonly LevelQuery[],
    least: number,
    allowed: Uint8Array,
    order: Int32Array,
  ): LevelAnswer | null {
    const { workshop } = this;
    this.makeLevelRoom(leaves.length);
    leaves.forEach(({ sums, bounds, quality, histogram }, i) => {
      const query = this.levelList + i * Query.Size;
      this.writeLeaf(query, sums, bounds, quality);
      workshop.u32[(query + Query.Answers) >> 2] = histogram;
    });
    const [query] = this.queries;
    workshop.f64[(query + Query.Least) >> 3] = least;
    workshop.u8.set(allowed, workshop.u32[(query + Query.Allowed) >> 2]!);
    workshop.set(Slot.LevelLeaves, leaves.length);
    workshop.set(Slot.LevelList, this.levelList);
    workshop.set(Slot.LevelQuery, query);
    workshop.kernels.askLevel();
    return this.bestAnswer(query, { least, allowed }, order);
  }

  refineLeaves(leaves: readonly BoundedLeaf[], steps: number): number[] {
    const { workshop } = this;
    this.makeLeafRoom(leaves.length);
    this.makeLevelRoom(leaves.length);
    leaves.forEach(({ begin, end, value, bounds }, i) => {
      this.writeRange(i, begin, end);
      workshop.f64[(this.leafValues >> 3) + i] = value;
      workshop.f64[(this.levelList + i * Query.Size + Query.Low) >> 3] = bounds.low;
      workshop.f64[(this.levelList + i * Query.Size + Query.High) >> 3] = bounds.high;
    });
    workshop.set(Slot.LevelList, this.levelList);
    workshop.set(Slot.Leaves, leaves.length);
    workshop.set(Slot.LeafSteps, steps);
    workshop.kernels.refineLeaves();
    const first = this.leafValues >> 3;
    return [...workshop.f64.subarray(first, first + leaves.length)];
  }

  addLeafValues(leaves: readonly LeafValue[]): void {
    const { workshop } = this;
    this.makeLeafRoom(leaves.length);
    leaves.forEach(({ begin, end, value }, i) => {
      this.writeRange(i, begin, end);
      workshop.f64[(this.leafValues >> 3) + (i >> 1)] = value;
    });
    workshop.set(Slot.Leaves, leaves.length);
    workshop.kernels.addLeafValues();
  }

  close(): void {
    this.workshop.close();
  }

  /** Bins the columns, numbers in batches of one per thread so that few copies stand in memory at a time. */
  private binTables(
    features: readonly FeatureSpec[],
    table: Table,
    followers: Table | null,
  ): readonly ColumnBins[] {
    const tables = (followers ? [table, followers] : [table]).map((own) => alignTable(features, own).columns);
    const columns: ColumnBins[] = [];
    const numbers: number[] = [];
    features.forEach((feature, column) => {
      if (feature.kind === 'number') numbers.push(column);
      else columns[column] = this.binCategory(column, feature.levels.length, tables);
    });
    const mark = this.workshop.mark();
    for (let i = 0; i < numbers.length; i += this.workshop.threads) {
      this.workshop.release(mark);
      this.binNumbers(numbers.slice(i, i + this.workshop.threads), tables, columns);
    }
    this.workshop.release(mark);
    return columns;
  }

  private binCategory(column: number, levels: number, tables: readonly (readonly Column[])[]): ColumnBins {
    const { u8 } = this.workshop;
    const cut = categoryBins(levels);
    const begin = this.bytes + column * this.byteStride;
    const bytes = u8.subarray(begin, begin + this.rows);
    let row = 0;
    for (const table of tables) {
      binColumn(table[column]!, cut, bytes.subarray(row));
      row += columnRows(table[column]!);
    }
    let cell = this.bins + column;
    for (row = 0; row < this.rows; row++, cell += this.blocks * Size.Block) u8[cell] = bytes[row]!;
    return cut;
  }

  private binNumbers(
    numbers: readonly number[],
    tables: readonly (readonly Column[])[],
    columns: ColumnBins[],
  ): void {
    const { workshop } = this;
    const table = workshop.allocate(numbers.length * Batch.Size);
    const batches = numbers.map((column, i) => {
      const entry = {
        [Batch.Column]: column,
        [Batch.Values]: workshop.allocate(this.rows * 8),
        [Batch.Keys]: workshop.allocate(this.trainingRows * 8),
        [Batch.Spare]: workshop.allocate(this.trainingRows * 8),
        [Batch.Heavy]: workshop.allocate(this.trainingRows),
        [Batch.Counters]: workshop.allocate(Size.Counters),
        [Batch.Thresholds]: workshop.allocate(256 * 8),
      };
      return { column, entry, address: table + i * Batch.Size };
    });
    for (const { column, entry, address } of batches) {
      for (const [field, value] of Object.entries(entry))
        workshop.u32[(address + Number(field)) >> 2] = value;
      let at = entry[Batch.Values] >> 3;
      for (const own of tables) {
        const source = own[column]!;
        if (source.kind !== 'number') throw new TypeError('a number column');
        workshop.f64.set(source.values, at);
        at += source.values.length;
      }
    }
    workshop.set(Slot.BatchColumns, numbers.length);
    workshop.set(Slot.BatchTable, table);
    workshop.kernels.learnThresholds();
    workshop.kernels.binColumns();
    for (const { column, entry, address } of batches) {
      const first = entry[Batch.Thresholds] >> 3;
      const count = workshop.u32[(address + Batch.Count) >> 2]!;
      columns[column] = numberBins(workshop.f64.slice(first, first + count));
    }
  }

  /** Writes the table of columns; returns the bytes of a histogram. Columns that fill up a block have one bin. */
  private layColumns(columnTable: number, directions: Int32Array): number {
    const { u32, i32 } = this.workshop;
    let place = 0;
    for (let column = 0; column < this.blocks * Size.Block; column++) {
      const bytes = (this.columns[column]?.bins ?? 1) * BIN;
      const entry = columnTable + column * ColumnEntry.Size;
      u32[(entry + ColumnEntry.Place) >> 2] = place;
      u32[(entry + ColumnEntry.Bytes) >> 2] = bytes;
      u32[(entry + ColumnEntry.IsCategory) >> 2] = this.columns[column]?.kind === 'category' ? 1 : 0;
      i32[(entry + ColumnEntry.Direction) >> 2] = directions[column] ?? 0;
      place += bytes;
    }
    return place;
  }

  private makeLeafRoom(leaves: number): void {
    if (leaves <= this.leafRoom) return;
    this.leafRoom = 2 * leaves;
    this.leafRanges = this.workshop.allocate(8 * this.leafRoom);
    this.leafValues = this.workshop.allocate(8 * this.leafRoom);
    this.workshop.set(Slot.LeafRanges, this.leafRanges);
    this.workshop.set(Slot.LeafValues, this.leafValues);
  }

  private makeLevelRoom(leaves: number): void {
    if (leaves <= this.levelRoom) return;
    this.levelRoom = 2 * leaves;
    this.levelList = this.workshop.allocate(this.levelRoom * Query.Size);
  }

  private writeRange(leaf: number, begin: number, end: number): void {
    this.workshop.u32[(this.leafRanges >> 2) + 2 * leaf] = begin;
    this.workshop.u32[(this.leafRanges >> 2) + 2 * leaf + 1] = end;
  }

  private makeQuery(columns: number): number {
    const query = this.workshop.allocate(Query.Size);
    const answers = this.workshop.allocate(columns * Answer.Size);
    const allowed = this.workshop.allocate(columns);
    this.workshop.u32[(query + Query.Answers) >> 2] = answers;
    this.workshop.u32[(query + Query.Allowed) >> 2] = allowed;
    return query;
  }

  private writeQuery(query: number, { sums, bounds, least, allowed }: SplitQuery): void {
    this.writeLeaf(query, sums, bounds, least);
    this.workshop.u8.set(allowed, this.workshop.u32[(query + Query.Allowed) >> 2]!);
  }

  private writeLeaf(query: number, sums: Sums, bounds: Bounds, least: number): void {
    const { i64, f64 } = this.workshop;
    i64[(query + Query.Gradient) >> 3] = BigInt(sums.gradient / this.units.gradient);
    i64[(query + Query.Mass) >> 3] =
      (BigInt(sums.hessian / this.units.hessian) << this.massBits) + BigInt(sums.weight / this.units.weight);
    f64[(query + Query.Least) >> 3] = least;
    f64[(query + Query.Low) >> 3] = bounds.low;
    f64[(query + Query.High) >> 3] = bounds.high;
  }

  private bestAnswer(
    query: number,
    { least, allowed }: Pick<SplitQuery, 'least' | 'allowed'>,
    order: Int32Array,
  ): Split | null {
    const { f64, u32 } = this.workshop;
    const answers = u32[(query + Query.Answers) >> 2]!;
    let most = least;
    let best = -1;
    for (const column of order) {
      if (!allowed[column]) continue;
      const quality = f64[(answers + column * Answer.Size + Answer.Quality) >> 3]!;
      if (!(quality > most)) continue;
      most = quality;
      best = column;
    }
    return best < 0 ? null : this.readAnswer(answers + best * Answer.Size, best);
  }

  private readAnswer(answer: number, column: number): Split {
    const { u8, u32, f64 } = this.workshop;
    const { kind, bins } = this.columns[column]!;
    const goesLeft = new Uint8Array(bins);
    if (kind === 'number') {
      goesLeft.fill(1, 0, u32[(answer + Answer.LastLeft) >> 2]! + 1);
      goesLeft[bins - 1] = u32[(answer + Answer.MissingLeft) >> 2]!;
    } else {
      for (let bin = 0; bin < bins; bin++) {
        goesLeft[bin] = (u8[answer + Answer.Sides + (bin >> 3)]! >> (bin & 7)) & 1;
      }
    }
    const quality = f64[(answer + Answer.Quality) >> 3]!;
    return { column, quality, goesLeft, left: this.sumsAt(answer + Answer.Gradient) };
  }

  /** The sums at an address: gradient, then Hessian and weight in one number. */
  private sumsAt(address: number): Sums {
    const { i64 } = this.workshop;
    const mass = i64[(address + 8) >> 3]!;
    return {
      gradient: Number(i64[address >> 3]!) * this.units.gradient,
      hessian: Number(mass >> this.massBits) * this.units.hessian,
      weight: Number(mass & this.massMask) * this.units.weight,
    };
  }
}

function columnRows(column: Column): number {
  return column.kind === 'number' ? column.values.length : column.codes.length;
}
