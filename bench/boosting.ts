import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { auc, logLoss } from '../src/index.js';
import { type MadeCase, trainRowsOf, writeCase } from './boosting-data.js';
import { python, pythonLibraries } from './python.js';

/** Equal for all, as far as the libraries allow; bench/boosting.py says where they do not. */
const SETTINGS = {
  trees: 100,
  maxLeaves: 31,
  learningRate: 0.1,
  maxBins: 255,
  minLeafRows: 20,
  minLeafHessian: 1e-3,
  l2: 1,
};

const NUMBERS: MadeCase = { name: 'numbers', rows: 1_000_000, numbers: 30, categories: 0 };
const CATEGORIES: MadeCase = { name: 'categories', rows: 100_000, numbers: 180, categories: 20 };
const CASES = ['numbers', 'categories', 'scaling'];
const OURS = 'churnlab';
const SCALING_SHARES = [1 / 8, 1 / 4, 1 / 2, 1];

/** What one process is asked to do. */
export interface BoostingJob {
  readonly library: string;
  /** Where the table lies, and how many of its rows count. */
  readonly folder: string;
  readonly rows: number;
  /** File for the probabilities of the rows kept apart. */
  readonly probabilities: string;
  readonly settings: typeof SETTINGS & { readonly threads: number };
}

/** What it cost, and how good it was. */
interface Run {
  readonly fitSeconds: number;
  /** Of the fit, all threads together. */
  readonly cpuSeconds: number;
  readonly predictSeconds: number;
  /** Most memory during the fit, above what was held before. */
  readonly peakMegabytes: number;
  readonly auc: number;
  readonly logLoss: number;
}

interface Plan {
  readonly folder: string;
  readonly rows: number | null;
  readonly repeats: number;
  readonly threads: number;
  readonly libraries: readonly string[];
}

/**
 * Time, memory and quality of boosted trees beside LightGBM, XGBoost and scikit-learn, all learning from the same
 * bits with the same settings, each fit in a process of its own, the libraries taking turns.
 *
 * - `numbers`: 1,000,000 × 30 numbers; `categories`: 100,000 × 200, 20 of them categories of 50 levels;
 * - `scaling`: ours alone at an eighth, a quarter, a half and all of the rows of `numbers`.
 *
 * `npm run bench -- boosting [case …] [--rows N] [--repeats 3] [--threads 2] [--libraries churnlab,lightgbm]
 * [--data FOLDER]`; the data are kept, and found again, in that folder. CHURNLAB_PYTHON names the Python that has
 * the libraries. On a machine with other work, threads that wait for each other spin: their times spread widely, and the
 * quickest runs or `--threads 1` say more.
 */
export async function benchBoosting(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rows: { type: 'string' },
      repeats: { type: 'string', default: '3' },
      threads: { type: 'string', default: '2' },
      libraries: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const unknown = positionals.filter((name) => !CASES.includes(name));
  if (unknown.length > 0) throw new Error(`no case ${unknown.join(', ')}; there are ${CASES.join(', ')}`);
  const wanted = positionals.length > 0 ? positionals : CASES;
  const folder = values.data ? resolve(values.data) : mkdtempSync(join(tmpdir(), 'churnlab-bench-'));
  const plan: Plan = {
    folder,
    rows: values.rows === undefined ? null : Number(values.rows),
    repeats: Number(values.repeats),
    threads: Number(values.threads),
    libraries: availableLibraries(values.libraries?.split(',')),
  };
  try {
    if (wanted.includes('numbers')) compare(plan, NUMBERS);
    if (wanted.includes('categories')) compare(plan, CATEGORIES);
    if (wanted.includes('scaling')) scale(plan);
  } finally {
    if (!values.data) rmSync(folder, { recursive: true });
  }
}

function availableLibraries(wanted: readonly string[] | undefined): string[] {
  const versions = pythonLibraries('bench/boosting.py');
  const found = [OURS, ...Object.keys(versions)];
  console.log(
    found.length === 1
      ? `no LightGBM, XGBoost or scikit-learn in "${python()}" (CHURNLAB_PYTHON): ours alone\n`
      : `beside ${Object.entries(versions)
          .map(([library, version]) => `${library} ${version}`)
          .join(', ')}\n`,
  );
  return found.filter((library) => wanted?.includes(library) ?? true);
}

function compare(plan: Plan, standard: MadeCase): void {
  const made = writeRows(plan, standard);
  const { rows, numbers, categories } = made.table;
  console.log(
    `${standard.name}: ${count(trainRowsOf(rows))} rows to learn from, ${count(rows - trainRowsOf(rows))} to judge by, ` +
      `${numbers + categories} columns (${categories} categories), ${SETTINGS.trees} trees of ${SETTINGS.maxLeaves} leaves`,
  );
  const runs = new Map(plan.libraries.map((library) => [library, [] as Run[]]));
  for (let repeat = 0; repeat < plan.repeats; repeat++) {
    for (const library of plan.libraries) runs.get(library)!.push(runOnce(plan, made.folder, library, rows));
  }
  console.log(COST_HEAD);
  for (const [library, ofLibrary] of runs) console.log(costLine(library, ofLibrary));
  if (runs.has(OURS) && runs.size > 1) printRatios(runs);
  console.log('');
}

function scale(plan: Plan): void {
  if (!plan.libraries.includes(OURS)) return;
  const made = writeRows(plan, NUMBERS);
  const sizes = SCALING_SHARES.map((share) => Math.round(made.table.rows * share));
  console.log('scaling: ours on the first rows of numbers, four fifths of them to learn from');
  const runs = sizes.map(() => [] as Run[]);
  for (let repeat = 0; repeat < plan.repeats; repeat++) {
    sizes.forEach((rows, index) => {
      runs[index]!.push(runOnce(plan, made.folder, OURS, rows));
    });
  }
  console.log(COST_HEAD);
  sizes.forEach((rows, index) => {
    console.log(costLine(`${count(rows)} rows`, runs[index]!));
  });
  console.log('');
}

function writeRows({ folder, rows }: Plan, standard: MadeCase): { folder: string; table: MadeCase } {
  const table = { ...standard, rows: rows ?? standard.rows };
  const place = join(folder, `${table.name}-${table.rows}`);
  writeCase(place, table);
  return { folder: place, table };
}

function runOnce(plan: Plan, folder: string, library: string, rows: number): Run {
  const probabilities = join(folder, `${library}.f64`);
  const settings = { ...SETTINGS, threads: plan.threads };
  const job = JSON.stringify({ library, folder, rows, probabilities, settings } satisfies BoostingJob);
  const child = fileURLToPath(new URL('./boosting-ours.js', import.meta.url));
  const [command, args]: [string, string[]] =
    library === OURS
      ? [process.execPath, ['--expose-gc', child, job]]
      : [python(), ['bench/boosting.py', job]];
  const printed = execFileSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: String(plan.threads) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { ...JSON.parse(printed.trim().split('\n').at(-1)!), ...quality(folder, probabilities, rows) };
}

/** All are judged by the same code. */
function quality(folder: string, file: string, rows: number): { auc: number; logLoss: number } {
  const p = new Float64Array(Uint8Array.from(readFileSync(file)).buffer);
  const y = Uint8Array.from(readFileSync(join(folder, 'y.u8')).subarray(trainRowsOf(rows), rows));
  return { auc: auc(p, y), logLoss: logLoss(p, y) };
}

const COST_HEAD =
  '                    fit seconds           CPU s   predict seconds          peak MB in fit          AUC   log loss';

function costLine(label: string, runs: readonly Run[]): string {
  const spread = (key: keyof Run, digits: number) => {
    const values = runs.map((run) => run[key]).sort((a, b) => a - b);
    const [low, high] = [values[0]!.toFixed(digits), values.at(-1)!.toFixed(digits)];
    return `${median(values).toFixed(digits)} (${low}–${high})`;
  };
  return (
    label.padEnd(16) +
    spread('fitSeconds', 2).padEnd(22) +
    medianOf(runs, 'cpuSeconds').toFixed(2).padStart(7) +
    '   ' +
    spread('predictSeconds', 3).padEnd(25) +
    spread('peakMegabytes', 0).padEnd(20) +
    medianOf(runs, 'auc').toFixed(5).padStart(9) +
    medianOf(runs, 'logLoss').toFixed(5).padStart(11)
  );
}

/** Of the medians, and for the time to fit also of the quickest runs. */
function printRatios(runs: ReadonlyMap<string, readonly Run[]>): void {
  const ours = runs.get(OURS)!;
  console.log('ours ÷ theirs          fit   least     CPU  predict  memory  log loss    AUC −');
  for (const [library, theirs] of runs) {
    if (library === OURS) continue;
    const ratio = (key: keyof Run) => medianOf(ours, key) / medianOf(theirs, key);
    console.log(
      library.padEnd(18) +
        ratio('fitSeconds').toFixed(2).padStart(8) +
        (leastOf(ours, 'fitSeconds') / leastOf(theirs, 'fitSeconds')).toFixed(2).padStart(8) +
        ratio('cpuSeconds').toFixed(2).padStart(8) +
        ratio('predictSeconds').toFixed(2).padStart(9) +
        ratio('peakMegabytes').toFixed(2).padStart(8) +
        ratio('logLoss').toFixed(4).padStart(10) +
        (medianOf(ours, 'auc') - medianOf(theirs, 'auc')).toFixed(5).padStart(9),
    );
  }
}

/** What the machine would take with nothing else to do, or nearly. */
function leastOf(runs: readonly Run[], key: keyof Run): number {
  return Math.min(...runs.map((run) => run[key]));
}

function medianOf(runs: readonly Run[], key: keyof Run): number {
  return median(runs.map((run) => run[key]).sort((a, b) => a - b));
}

function median(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
