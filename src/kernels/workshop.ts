import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { ChurnError } from '../errors.js';
import { Control } from './layout.js';

/** The part of WebAssembly that is used here: its types come with the browser's, which have no place in Node. */
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum: number; shared: true }) => KernelMemory;
  Module: new (bytes: Uint8Array) => KernelModule;
  Instance: new (
    module: KernelModule,
    imports: { env: { memory: KernelMemory } },
  ) => { readonly exports: object };
};

interface KernelMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** Compiled kernels, good for any number of memories and threads. */
export interface KernelModule {
  readonly [Symbol.toStringTag]?: string;
}

/** What `assembly/boosting.ts` exports; arguments lie in the slots of `layout.ts`. */
export interface BoostingKernels {
  learnThresholds(): void;
  binColumns(): void;
  updateStatistics(): void;
  partition(): number;
  sumRows(): void;
  countChildren(): void;
  askLevel(): void;
  refineLeaves(): void;
  addLeafValues(): void;
  walkTrees(): void;
}

/** What `assembly/conjunctions.ts` exports; arguments lie in the slots of `conjunction-layout.ts`. */
export interface ConjunctionKernels {
  searchUnits(): void;
  permuteUnits(): void;
}

/** The modules that are shipped beside this file, by name. */
export interface KernelSets {
  boosting: BoostingKernels;
  conjunctions: ConjunctionKernels;
}

const PAGE = 65_536;
const MOST_PAGES = 65_536;
/** Bytes that a memory can hold. */
export const MOST_BYTES = PAGE * MOST_PAGES - PAGE;
/** A memory that has grown beyond this is given back to the system after use. */
const KEPT_BYTES = 64 * 2 ** 20;
/** Workshops of one size that are kept for the next user. */
const KEPT = 2;
/** More threads than this have not been tried. */
const MOST_THREADS = 16;

/** A helper's whole program: its life is spent inside the kernels. */
const HELPER = `
const { workerData: { module, memory } } = require('node:worker_threads');
new WebAssembly.Instance(module, { env: { memory } }).exports.serve();
`;

/**
 * A memory that the kernels work in, and the threads that share it. Addresses are in bytes; the views change
 * when the memory grows, so they are read anew after every `allocate`.
 */
export class Workshop<Name extends keyof KernelSets = 'boosting'> {
  readonly kernels: KernelSets[Name];
  u8!: Uint8Array;
  i32!: Int32Array;
  u32!: Uint32Array;
  f64!: Float64Array;
  i64!: BigInt64Array;
  private readonly memory: KernelMemory;
  private readonly helpers: Worker[] = [];
  private top: number = Control.End;

  constructor(
    private readonly name: Name,
    private readonly module: KernelModule,
  ) {
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES, shared: true });
    const instance = new WebAssembly.Instance(module, { env: { memory: this.memory } });
    this.kernels = instance.exports as unknown as KernelSets[Name];
    this.lookAgain();
  }

  /**
   * Makes room of that many bytes, at a multiple of 64; what lies there is not cleared.
   *
   * @throws ChurnError `bad-table` beyond 4 GB
   */
  allocate(bytes: number): number {
    const address = this.top;
    this.top = Math.ceil((address + bytes) / 64) * 64;
    if (this.top > this.u8.length) {
      if (this.top > MOST_BYTES) {
        throw new ChurnError(
          'bad-table',
          `${this.name}: what the kernels work on does not fit into ${MOST_BYTES} bytes; use fewer rows or columns`,
        );
      }
      this.memory.grow(Math.ceil((this.top - this.u8.length) / PAGE));
      this.lookAgain();
    }
    return address;
  }

  /** Where free memory begins; `release` of it frees all that was allocated since. */
  mark(): number {
    return this.top;
  }

  release(mark: number): void {
    this.top = mark;
  }

  /** Sets an argument; which slot holds what is said in the layout of these kernels. */
  set(slot: number, value: number): void {
    this.u32[(Control.Arguments >> 2) + 2 * slot] = value;
  }

  setReal(slot: number, value: number): void {
    this.f64[(Control.Arguments >> 3) + slot] = value;
  }

  /** Starts threads until there are that many with the caller's; each joins in as soon as it is up. */
  hire(threads: number): void {
    while (this.helpers.length < Math.min(threads, MOST_THREADS) - 1) {
      const helper = new Worker(HELPER, {
        eval: true,
        workerData: { module: this.module, memory: this.memory },
      });
      // One that cannot start is done without.
      helper.on('error', () => {});
      helper.unref();
      this.helpers.push(helper);
    }
  }

  /** Ready for the next user, or stopped for good when the memory has become large. */
  close(): void {
    this.top = Control.End;
    const alike = idle.filter((other) => other.isLike(this.name, this.threads)).length;
    if (this.u8.length <= KEPT_BYTES && alike < KEPT) {
      idle.push(this as unknown as Workshop<keyof KernelSets>);
      return;
    }
    for (const helper of this.helpers) void helper.terminate();
  }

  isLike(name: keyof KernelSets, threads: number): boolean {
    return (this.name as keyof KernelSets) === name && this.threads === threads;
  }

  get threads(): number {
    return this.helpers.length + 1;
  }

  private lookAgain(): void {
    const { buffer } = this.memory;
    this.u8 = new Uint8Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.f64 = new Float64Array(buffer);
    this.i64 = new BigInt64Array(buffer);
  }
}

/** Workshops that nobody uses. */
const idle: Workshop<keyof KernelSets>[] = [];
const compiled = new Map<keyof KernelSets, KernelModule | null>();

/**
 * A workshop with that many threads, or `null` where the kernels cannot run, as without WebAssembly's SIMD or
 * threads; the plain twins then do the work.
 */
export function openWorkshop(threads: number): Workshop | null;
export function openWorkshop<Name extends keyof KernelSets>(
  threads: number,
  name: Name,
): Workshop<Name> | null;
export function openWorkshop(
  threads: number,
  name: keyof KernelSets = 'boosting',
): Workshop<keyof KernelSets> | null {
  if (!compiled.has(name)) compiled.set(name, compileKernels(name));
  const module = compiled.get(name)!;
  if (!module) return null;
  const fitting = idle.findIndex((workshop) => workshop.isLike(name, threads));
  const workshop = fitting >= 0 ? idle.splice(fitting, 1)[0]! : new Workshop<keyof KernelSets>(name, module);
  workshop.hire(threads);
  return workshop;
}

function compileKernels(name: keyof KernelSets): KernelModule | null {
  try {
    return new WebAssembly.Module(readFileSync(new URL(`./${name}.wasm`, import.meta.url)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw error;
    return null;
  }
}

/** Threads that the machine can run side by side. */
export function coreCount(): number {
  return Math.min(availableParallelism(), MOST_THREADS);
}
