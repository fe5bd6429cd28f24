import { setImmediate as pause } from 'node:timers/promises';
import { coreCount, MOST_BYTES, openWorkshop } from '../../kernels/workshop.js';
import type { Random } from '../../math/random.js';
import type { Counter, Found } from './counter.js';
import { dealOutcomes } from './deal.js';
import { type CountingPlan, type Grid, NO_CONDITION, unitsOf } from './grid.js';
import { KernelCounter } from './kernel-counter.js';
import { PlainCounter } from './plain-counter.js';

/** Parts that the work is cut into, between which progress is told and an interrupt is heard. */
const BATCHES = 400;

export interface SearchOptions {
  readonly random: Random;
  /** How often outcomes are dealt anew; 0 for not at all. */
  readonly dealings: number;
  /** Which snapshot each row is of. */
  readonly snapshot: Int32Array;
  /** Stops the work between two parts; what was found so far is kept. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (label: string, share: number) => void;
  readonly threads?: number;
}

export interface SearchResult extends Found {
  /** Whether every conjunction was looked at. */
  readonly complete: boolean;
  /**
   * For each dealing, the largest quality of any conjunction, of which the observed strengths are judged;
   * `null` where there were none or they were interrupted.
   */
  readonly largest: Float64Array | null;
}

/** The kernels where they run and have room, else their plain twin. */
export function openCounter(plan: CountingPlan, dealings: number, threads = coreCount()): Counter {
  const workshop =
    memoryOf(plan, dealings, threads) < MOST_BYTES ? openWorkshop(threads, 'conjunctions') : null;
  return workshop ? new KernelCounter(workshop, plan) : new PlainCounter(plan);
}

/** Bytes that the kernels need, generously. */
function memoryOf({ grid, mostKept }: CountingPlan, dealings: number, threads: number): number {
  const { conditions, features, rows } = grid;
  const bins = features.reduce((sum, { binCount }) => sum + binCount, 0);
  const shared = rows * ((conditions.length + bins) / 8 + 8 + dealings / 8) + 2 * conditions.length ** 2;
  return shared + threads * (mostKept * 24 + rows * 17) + 2 ** 24;
}

/**
 * Looks at every conjunction of two to `depth` conditions on different features that holds for enough rows, whatever
 * its parts are like, and keeps the strongest of those that are above the base rate and above the rest of each part. Then
 * deals the outcomes anew and counts all of them again, under every dealing.
 *
 * The same plan and seed give the same result, for any number of threads, in the kernels and in their plain twin.
 */
export async function searchConjunctions(
  plan: CountingPlan,
  { random, dealings, snapshot, signal, onProgress = () => {}, threads }: SearchOptions,
): Promise<SearchResult> {
  const counter = openCounter(plan, dealings, threads);
  const units = unitsOf(plan.grid);
  const share = dealings > 0 ? 0.1 : 1;
  try {
    const complete = await work(units, plan.grid, counter.search.bind(counter), signal, (done) =>
      onProgress('Looking at conjunctions', share * done),
    );
    const found = counter.found();
    if (dealings === 0 || !complete) return { ...found, complete, largest: null };
    counter.take(dealOutcomes(plan.churned, snapshot, dealings, random));
    const counted = await work(units, plan.grid, counter.permute.bind(counter), signal, (done) =>
      onProgress('Counting them under outcomes dealt anew', share + (1 - share) * done),
    );
    return { ...found, complete, largest: counted ? counter.largest() : null };
  } finally {
    counter.close();
  }
}

/** Does the units in batches of about the same work; says whether it came to the end. */
async function work(
  units: Uint16Array,
  grid: Grid,
  run: (begin: number, end: number) => void,
  signal: AbortSignal | undefined,
  onProgress: (share: number) => void,
): Promise<boolean> {
  const cost = costsOf(units, grid);
  const total = cost.at(-1) ?? 0;
  let begin = 0;
  for (let batch = 1; batch <= BATCHES && begin < cost.length; batch++) {
    const goal = (total * batch) / BATCHES;
    let end = begin;
    while (end < cost.length && (cost[end]! <= goal || end === begin)) end++;
    run(begin, end);
    begin = end;
    onProgress(cost[end - 1]! / total);
    await pause();
    if (signal?.aborted && begin < cost.length) return false;
  }
  return true;
}

/** Estimated work of all units up to each: rows of the pair times the features that come after it. */
function costsOf(units: Uint16Array, { conditions, features, rows }: Grid): Float64Array {
  const share = conditions.map(({ feature, from, to }) => {
    const { bins } = features[feature]!;
    let inside = 0;
    for (const bin of bins) if (bin >= from && bin < to) inside++;
    return inside / rows;
  });
  let sum = 0;
  return Float64Array.from({ length: units.length / 2 }, (_, unit) => {
    const [first, second] = [units[2 * unit]!, units[2 * unit + 1]!];
    const last = second === NO_CONDITION ? first : second;
    const inside = share[first]! * (second === NO_CONDITION ? 1 : share[second]!);
    sum += (0.01 + inside) * (features.length - conditions[last]!.feature);
    return sum;
  });
}
