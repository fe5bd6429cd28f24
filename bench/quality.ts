import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  applyCalibration,
  auc,
  averagePrecision,
  brierScore,
  calibrationError,
  cleanRows,
  fitCandidates,
  foldRows,
  labelRows,
  learnRecipe,
  logLoss,
  makeModel,
  predictChurn,
  readTable,
  seededRandom,
  stratifiedFolds,
} from '../src/index.js';
import { REAL_TABLES, type RealTable, realTableFolder } from './real-tables.js';

const REPEATS = 2;
const FOLDS = 5;

interface Figures {
  /** Of the pooled probabilities. */
  readonly auc: number;
  /** Mean of the folds' own AUCs. */
  readonly foldAuc: number;
  readonly averagePrecision: number;
  readonly brier: number;
  readonly logLoss: number;
  readonly calibrationError: number;
  readonly ratio: number;
}

/**
 * Quality out of fold on the real tables: the whole of training (recipe, leaks, search, ensemble,
 * calibration) is repeated on each of 2 × 5 stratified folds. Figures are of the pooled probabilities of each
 * repeat, averaged; the fold AUC is the mean of the ten folds' own, as cross-validation usually reports it.
 *
 * `npm run bench -- quality [table …] [--seed 1] [--budget 20]`
 */
export async function benchQuality(args: readonly string[]): Promise<void> {
  const folder = realTableFolder();
  if (!folder) throw new Error('real tables not found: set CHURNLAB_DATA');
  const flag = (name: string, otherwise: number) =>
    args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise;
  const seed = flag('--seed', 1);
  const budget = flag('--budget', 20);
  const wanted = REAL_TABLES.filter(
    ({ name }) => !args.some((arg) => REAL_TABLES.some((t) => t.name === arg)) || args.includes(name),
  );
  const references = JSON.parse(readFileSync('test/references/quality.json', 'utf8'));

  console.log(`2 x 5 stratified folds, seed ${seed}, time budget ${budget} s a fold\n`);
  console.log(
    'table          model                    AUC  fold AUC      AP   Brier  log loss     ECE  predicted/actual  seconds',
  );
  for (const table of wanted) {
    const started = process.hrtime.bigint();
    const { figures, chosen } = await crossValidate(folder, table, seed, budget);
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    for (const [model, reference] of Object.entries(references[table.name] ?? {})) {
      console.log(line(table.name, model, reference as Partial<Figures>));
    }
    console.log(`${line(table.name, 'churnlab', figures)} ${seconds.toFixed(0).padStart(8)}   ${chosen}`);
  }
}

async function crossValidate(folder: string, table: RealTable, seed: number, timeBudgetSeconds: number) {
  const input = { ...(await readTable(join(folder, table.file))), file: basename(table.file) };
  const roles = { target: table.target, id: table.id, time: null, group: null };
  const labelled = labelRows(input.raw, roles);
  const repeats: Figures[] = [];
  const chosen = new Map<string, number>();
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const fold = stratifiedFolds(
      labelled.churned,
      labelled.groups,
      FOLDS,
      seededRandom(seed).fork(`bench ${repeat}`),
    );
    const probabilities: number[] = [];
    const outcomes: number[] = [];
    const foldAucs: number[] = [];
    for (let held = 0; held < FOLDS; held++) {
      const { inside, outside } = foldRows(fold, held);
      const { recipe, leaks } = learnRecipe(labelled, outside, roles, []);
      const training = cleanRows(labelled, outside, recipe).set;
      const test = cleanRows(labelled, inside, recipe).set;
      const fitted = await fitCandidates(training, { seed, timeBudgetSeconds, onProgress: () => {} });
      const predicted = predictChurn(makeModel('bench', fitted.chosen, training.churned), test.table);
      probabilities.push(...predicted);
      foldAucs.push(auc(predicted, test.churned));
      outcomes.push(...test.churned);
      const label = `${fitted.chosen.name}${leaks.length > 0 ? ` without ${leaks.map(({ column }) => column).join(', ')}` : ''}`;
      chosen.set(label, (chosen.get(label) ?? 0) + 1);
      if (process.env['BENCH_VERBOSE']) report(fitted.candidates, fitted.searchChurned);
    }
    repeats.push(figuresOf(Float64Array.from(probabilities), Uint8Array.from(outcomes), foldAucs));
  }
  return {
    figures: meanFigures(repeats),
    chosen: [...chosen].map(([label, n]) => `${label} x ${n}`).join('; '),
  };
}

function report(
  candidates: Awaited<ReturnType<typeof fitCandidates>>['candidates'],
  churned: Uint8Array,
): void {
  for (const { name, settings, outOfFold, calibration } of candidates) {
    const p = applyCalibration(calibration, outOfFold);
    console.error(
      `  ${name.padEnd(16)} ${auc(p, churned).toFixed(4)} ${logLoss(p, churned).toFixed(4)} ${calibration.kind} ${settings}`,
    );
  }
}

function figuresOf(p: Float64Array, y: Uint8Array, foldAucs: readonly number[]): Figures {
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);
  return {
    auc: auc(p, y),
    foldAuc: sum(foldAucs) / foldAucs.length,
    averagePrecision: averagePrecision(p, y),
    brier: brierScore(p, y),
    logLoss: logLoss(p, y),
    calibrationError: calibrationError(p, y),
    ratio: sum(p) / sum(y),
  };
}

function meanFigures(repeats: readonly Figures[]): Figures {
  const mean = (key: keyof Figures) =>
    repeats.reduce((total, figures) => total + figures[key], 0) / repeats.length;
  return {
    auc: mean('auc'),
    foldAuc: mean('foldAuc'),
    averagePrecision: mean('averagePrecision'),
    brier: mean('brier'),
    logLoss: mean('logLoss'),
    calibrationError: mean('calibrationError'),
    ratio: mean('ratio'),
  };
}

function line(table: string, model: string, figures: Partial<Figures>): string {
  const cell = (value: number | undefined, width: number) =>
    (value === undefined ? '–' : value.toFixed(4)).padStart(width);
  return (
    table.padEnd(15) +
    model.padEnd(20) +
    cell(figures.auc, 8) +
    cell(figures.foldAuc, 10) +
    cell(figures.averagePrecision, 8) +
    cell(figures.brier, 8) +
    cell(figures.logLoss, 10) +
    cell(figures.calibrationError, 8) +
    cell(figures.ratio, 17)
  );
}
