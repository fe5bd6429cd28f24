import {
  ConditionEntry,
  Count,
  FeatureEntry,
  Kept,
  Plane,
  Thread,
} from '../../kernels/conjunction-layout.js';
import type { Workshop } from '../../kernels/workshop.js';
import { byStrength, type Conjunction, type Counter, type Found } from './counter.js';
import { BLOCK, type Dealt } from './deal.js';
import { type CountingPlan, leaversFirst, NO_CONDITION, unitsOf } from './grid.js';
import { logTable } from './quality.js';

/** Nodes whose counts a thread keeps, and one place for a difference. */
const NODES = 2;

/** Counts conjunctions in the kernels: bits of all conditions for the search, lists of rows for the dealings. */
export class KernelCounter implements Counter {
  private readonly order: Int32Array;
  private readonly leavers: number;
  private readonly threads: number[] = [];
  private dealings = 0;

  constructor(
    private readonly workshop: Workshop<'conjunctions'>,
    private readonly plan: CountingPlan,
  ) {
    const { churned, least, depth, leastStrength, mostKept } = plan;
    this.order = leaversFirst(churned);
    this.leavers = churned.reduce((sum, y) => sum + y, 0);
    workshop.set(Count.Rows, churned.length);
    workshop.set(Count.Leavers, this.leavers);
    workshop.set(Count.Least, least);
    workshop.set(Count.Depth, depth);
    workshop.set(Count.MostKept, mostKept);
    workshop.setReal(Count.LeastStrength, leastStrength);
    this.layConditions();
    this.layUnits();
    this.layTable();
    this.layThreads();
  }

  search(begin: number, end: number): void {
    this.setUnits(begin, end);
    this.workshop.kernels.searchUnits();
  }

  found(): Found {
    const { u32 } = this.workshop;
    let looked = 0;
    const kept: Conjunction[] = [];
    for (const thread of this.threads) {
      looked += u32[thread >> 2]! + 2 ** 32 * u32[(thread >> 2) + 1]!;
      const count = u32[(thread + Thread.Kept) >> 2]!;
      const heap = u32[(thread + Thread.Heap) >> 2]!;
      for (let i = 0; i < count; i++) kept.push(this.conjunctionAt(heap + i * Kept.Size));
    }
    return { looked, conjunctions: kept.sort(byStrength).slice(0, this.plan.mostKept) };
  }

  take({ dealings, bits }: Dealt): void {
    const { workshop, plan, order } = this;
    const rows = plan.churned.length;
    const blocks = Math.ceil(dealings / BLOCK);
    this.dealings = dealings;
    this.layFeatures();
    const dealt = workshop.allocate(bits.length);
    for (let block = 0; block < blocks; block++) {
      const base = block * rows * 16;
      order.forEach((row, place) => {
        workshop.u8.set(bits.subarray(base + row * 16, base + row * 16 + 16), dealt + base + place * 16);
      });
    }
    workshop.set(Count.Permutations, dealings);
    workshop.set(Count.Blocks, blocks);
    workshop.set(Count.Dealt, dealt);
    for (const thread of this.threads) this.layThreadForDealings(thread, blocks);
  }

  permute(begin: number, end: number): void {
    this.setUnits(begin, end);
    this.workshop.kernels.permuteUnits();
  }

  largest(): Float64Array {
    const { u32, f64 } = this.workshop;
    const largest = new Float64Array(this.dealings);
    for (const thread of this.threads) {
      const from = u32[(thread + Thread.Largest) >> 2]! >> 3;
      for (let i = 0; i < this.dealings; i++) largest[i] = Math.max(largest[i]!, f64[from + i]!);
    }
    return largest;
  }

  close(): void {
    this.workshop.close();
  }

  private setUnits(begin: number, end: number): void {
    this.workshop.set(Count.Begin, begin);
    this.workshop.set(Count.End, end);
  }

  /** The bits of all conditions: leavers from the first bit on, who stayed from the next sixteen bytes on. */
  private layConditions(): void {
    const { workshop, plan, order, leavers } = this;
    const { grid } = plan;
    const [leaverBytes, rowBytes] = this.bytes();
    const bits = this.allocateCleared(grid.conditions.length * rowBytes);
    const table = this.allocateCleared(grid.conditions.length * ConditionEntry.Size);
    const view = new DataView(workshop.u8.buffer);
    grid.conditions.forEach((condition, i) => {
      const { bins } = grid.features[condition.feature]!;
      const { from, to } = condition;
      const base = bits + i * rowBytes;
      const counts = [0, 0];
      for (let place = 0; place < order.length; place++) {
        const bin = bins[order[place]!]!;
        if (bin < from || bin >= to) continue;
        const stays = place < leavers ? 0 : 1;
        const bit = stays ? 8 * leaverBytes + place - leavers : place;
        workshop.u8[base + (bit >> 3)]! |= 1 << (bit & 7);
        counts[stays]!++;
      }
      const entry = table + i * ConditionEntry.Size;
      view.setUint16(entry + ConditionEntry.Feature, condition.feature, true);
      view.setUint16(entry + ConditionEntry.From, from, true);
      view.setUint16(entry + ConditionEntry.To, to, true);
      view.setUint32(entry + ConditionEntry.Rows, counts[0]! + counts[1]!, true);
      view.setUint32(entry + ConditionEntry.Leavers, counts[0]!, true);
    });
    workshop.set(Count.Conditions, grid.conditions.length);
    workshop.set(Count.ConditionTable, table);
    workshop.set(Count.Bits, bits);
    workshop.set(Count.LeaverBytes, leaverBytes);
    workshop.set(Count.RowBytes, rowBytes);
  }

  private layUnits(): void {
    const units = unitsOf(this.plan.grid);
    const address = this.workshop.allocate(units.byteLength);
    this.workshop.u8.set(new Uint8Array(units.buffer), address);
    this.workshop.set(Count.Units, address);
  }

  private layTable(): void {
    const table = logTable(this.plan.churned.length);
    const address = this.workshop.allocate(table.byteLength);
    this.workshop.f64.set(table, address >> 3);
    this.workshop.set(Count.LogTable, address);
  }

  private layThreads(): void {
    const { workshop, plan } = this;
    const threads = this.allocateCleared(workshop.threads * Thread.Size);
    const [, rowBytes] = this.bytes();
    for (let i = 0; i < workshop.threads; i++) {
      const thread = threads + i * Thread.Size;
      this.threads.push(thread);
      this.put(thread + Thread.Heap, workshop.allocate((plan.mostKept + 1) * Kept.Size));
      this.put(thread + Thread.Above, workshop.allocate(2 * rowBytes));
    }
    workshop.set(Count.Threads, threads);
    workshop.set(Count.ThreadBytes, Thread.Size);
  }

  /** The bits of every bin of every feature. */
  private layFeatures(): void {
    const { workshop, plan, order, leavers } = this;
    const { features } = plan.grid;
    const [leaverBytes, rowBytes] = this.bytes();
    const table = workshop.allocate(features.length * FeatureEntry.Size);
    const binCount = features.reduce((sum, feature) => sum + feature.binCount, 0);
    let bits = this.allocateCleared(binCount * rowBytes);
    const view = new DataView(workshop.u8.buffer);
    features.forEach((feature, i) => {
      for (let place = 0; place < order.length; place++) {
        const bit = place < leavers ? place : 8 * leaverBytes + place - leavers;
        const base = bits + feature.bins[order[place]!]! * rowBytes;
        workshop.u8[base + (bit >> 3)]! |= 1 << (bit & 7);
      }
      const entry = table + i * FeatureEntry.Size;
      view.setUint32(entry + FeatureEntry.Bins, bits, true);
      view.setUint16(entry + FeatureEntry.BinCount, feature.binCount, true);
      view.setUint16(entry + FeatureEntry.From, feature.from, true);
      view.setUint16(entry + FeatureEntry.To, feature.to, true);
      bits += feature.binCount * rowBytes;
    });
    workshop.set(Count.Features, features.length);
    workshop.set(Count.FeatureTable, table);
  }

  private layThreadForDealings(thread: number, blocks: number): void {
    const { workshop, plan } = this;
    const rows = plan.churned.length;
    this.put(thread + Thread.Lists, workshop.allocate(2 * rows * 4));
    this.put(thread + Thread.BinStarts, workshop.allocate(NODES * (Plane.Bins + 1) * 4));
    this.put(thread + Thread.Planes, workshop.allocate((NODES * blocks + 2 * Plane.Bins + 1) * Plane.Size));
    this.put(thread + Thread.Largest, this.allocateCleared(blocks * BLOCK * 8));
    this.put(thread + Thread.Exceeding, this.allocateCleared((rows + 1) * 8));
    this.put(thread + Thread.Version, 1);
    this.workshop.f64[(thread + Thread.Smallest) >> 3] = 0;
  }

  /** Bytes of the leavers' bits, and of all. */
  private bytes(): [number, number] {
    const leaverBytes = sixteens(this.leavers);
    return [leaverBytes, leaverBytes + sixteens(this.order.length - this.leavers)];
  }

  private put(address: number, value: number): void {
    this.workshop.u32[address >> 2] = value;
  }

  private allocateCleared(bytes: number): number {
    const address = this.workshop.allocate(bytes);
    this.workshop.u8.fill(0, address, address + bytes);
    return address;
  }

  private conjunctionAt(address: number): Conjunction {
    const view = new DataView(this.workshop.u8.buffer);
    const conditions = [0, 2, 4, 6]
      .map((offset) => view.getUint16(address + Kept.Conditions + offset, true))
      .filter((condition) => condition !== NO_CONDITION);
    return {
      conditions,
      rows: view.getUint32(address + Kept.Rows, true),
      leavers: view.getUint32(address + Kept.Leavers, true),
      strength: view.getFloat64(address + Kept.Strength, true),
    };
  }
}

/** Bytes of so many bits, a multiple of sixteen. */
function sixteens(bits: number): number {
  return Math.ceil(bits / 128) * 16;
}
