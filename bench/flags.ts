import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Grid, GridCondition } from '../src/flags/search/grid.js';
import { searchConjunctions } from '../src/flags/search/search.js';
import { coreCount } from '../src/kernels/workshop.js';
import { seededRandom } from '../src/math/random.js';
import { peakMegabytes, resetPeak, residentMegabytes } from './memory.js';
import { python, pythonLibraries } from './python.js';

const SCRIPT = resolve('bench/flags.py');
const FEATURES = 20;
/** Five cuts a feature, to both sides: 200 conditions. */
const BINS = 6;

interface Task {
  readonly name: string;
  readonly accounts: number;
  readonly depth: number;
  readonly dealings: number;
}

const TASKS: readonly Task[] = [
  { name: 'depth 3', accounts: 100_000, depth: 3, dealings: 0 },
  { name: 'depth 4', accounts: 100_000, depth: 4, dealings: 0 },
  { name: 'depth 3, 1,000 permutations', accounts: 100_000, depth: 3, dealings: 1_000 },
  { name: 'depth 3, a million', accounts: 1_000_000, depth: 3, dealings: 0 },
];

/**
 * Seconds, candidates and memory of the exhaustive search for conjunctions among 200 conditions, on every core and on one,
 * and pysubgroup's exhaustive depth-first search on the same table where Python is at hand.
 */
export async function benchFlags(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' } },
  });
  for (const task of TASKS) {
    if (values.only !== undefined && task.name !== values.only) continue;
    const made = makeCase(task.accounts);
    const all = await run(task, made, coreCount());
    print(task, all, `${coreCount()} threads`);
    if (task.depth === 3 && task.accounts === 100_000) print(task, await run(task, made, 1), '1 thread');
    if (task.depth === 3 && task.dealings === 0 && task.accounts === 100_000)
      comparePython(made, all.seconds);
  }
}

interface Case {
  readonly grid: Grid;
  readonly churned: Uint8Array;
}

interface Cost {
  readonly seconds: number;
  readonly looked: number;
  /** Most memory during the search, above what the table takes. */
  readonly megabytes: number;
}

/** Independent features of six bins of the same size; a fifth of the accounts leaves. */
function makeCase(accounts: number): Case {
  const random = seededRandom(1).fork('bench flags');
  const conditions: GridCondition[] = [];
  const features = Array.from({ length: FEATURES }, (_, feature) => {
    const name = `feature_${feature}`;
    const from = conditions.length;
    for (let cut = 2; cut <= BINS; cut++) {
      conditions.push(
        { condition: { test: 'below', feature: name, threshold: cut }, feature, from: 1, to: cut },
        { condition: { test: 'at-least', feature: name, threshold: cut }, feature, from: cut, to: BINS + 1 },
      );
    }
    const bins = Uint8Array.from({ length: accounts }, () => 1 + random.integer(BINS));
    return { name, bins, binCount: BINS + 1, from, to: conditions.length };
  });
  const churned = Uint8Array.from({ length: accounts }, () => (random.uniform() < 0.2 ? 1 : 0));
  return { grid: { rows: accounts, features, conditions }, churned };
}

async function run({ depth, dealings }: Task, { grid, churned }: Case, threads: number): Promise<Cost> {
  globalThis.gc?.();
  resetPeak();
  const before = residentMegabytes();
  const started = performance.now();
  const { looked } = await searchConjunctions(
    { grid, churned, depth, least: grid.rows / 400, leastStrength: 3, mostKept: 50_000 },
    { random: seededRandom(2), dealings, snapshot: new Int32Array(grid.rows), threads },
  );
  return { seconds: (performance.now() - started) / 1000, looked, megabytes: peakMegabytes() - before };
}

function print({ name, accounts }: Task, { seconds, looked, megabytes }: Cost, threads: string): void {
  const rows = accounts.toLocaleString('en-US');
  console.log(
    `${name}, ${rows} accounts x 200 conditions, ${threads}: ${seconds.toFixed(2)} s, ` +
      `${looked.toLocaleString('en-US')} candidates, ${megabytes.toFixed(0)} MB above the table`,
  );
}

/** pysubgroup on the very same rows; it joins conditions of one feature too. */
function comparePython({ grid, churned }: Case, ours: number): void {
  const libraries = pythonLibraries(SCRIPT);
  if (!('pysubgroup' in libraries)) {
    console.log('pysubgroup: not at hand (CHURNLAB_PYTHON names a Python that has it)');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'churnlab-flags-'));
  try {
    const file = join(folder, 'bins.bin');
    writeFileSync(file, Buffer.concat([...grid.features.map(({ bins }) => bins), churned]));
    const job = JSON.stringify({
      file,
      rows: grid.rows,
      features: FEATURES,
      bins: BINS,
      depth: 3,
      least: grid.rows / 400,
    });
    const { seconds, candidates } = JSON.parse(
      execFileSync(python(), [SCRIPT, job], { encoding: 'utf8', maxBuffer: 1e8 }),
    );
    console.log(
      `pysubgroup ${libraries['pysubgroup']}, the same: ${seconds.toFixed(1)} s, ` +
        `${candidates.toLocaleString('en-US')} candidates; ours takes ${(ours / seconds).toFixed(4)} of its time`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
