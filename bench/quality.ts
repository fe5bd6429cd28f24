import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  applyCalibration,
  auc,
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
import { FIGURES_HEAD, type Figures, figuresLine, figuresOf, meanFigures } from './quality-figures.js';
import {
  type DealtFolds,
  type ReferenceSource,
  type References,
  referenceSource,
  type Standing,
  standingOf,
} from './quality-references.js';
import { REAL_TABLES, type RealTable, realTableFolder } from './real-tables.js';

const REPEATS = 2;
const FOLDS = 5;
/** Its labels are noise: a rank there means nothing. */
const UNRANKED = 'ravenstack';

/** A table, and for each repeat the fold of every labelled row. */
interface Dealt {
  readonly table: RealTable;
  readonly roles: { target: string; id: string | null; time: null; group: null };
  /** Rows in the file, those set aside included. */
  readonly fileRows: number;
  readonly labelled: ReturnType<typeof labelRows>;
  readonly repeats: readonly Uint8Array[];
}

/**
 * Quality out of fold on the real tables: the whole of training (recipe, leaks, search, ensemble,
 * calibration) is repeated on each of 2 × 5 stratified folds. Figures are of the pooled probabilities of each
 * repeat, averaged; the fold AUC is the mean of the ten folds' own, as cross-validation usually reports it.
 * Beside them, models of other libraries on the same folds, and the rank of ours among them.
 *
 * `npm run bench -- quality [table …] [--seed 1] [--budget 20] [--references FILE] [--references-only]`; the file
 * keeps the figures of the other libraries by fold. CHURNLAB_PYTHON names the Python that has them.
 */
export async function benchQuality(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      budget: { type: 'string', default: '20' },
      references: { type: 'string' },
      'references-only': { type: 'boolean', default: false },
    },
  });
  const folder = realTableFolder();
  if (!folder) throw new Error('real tables not found: set CHURNLAB_DATA');
  const [seed, budget] = [Number(values.seed), Number(values.budget)];
  const references = referenceSource(folder, values.references ?? null);
  const standings: Standing[] = [];

  console.log(`2 x 5 stratified folds, seed ${seed}, time budget ${budget} s a fold\n`);
  console.log(FIGURES_HEAD);
  for (const table of tablesNamed(positionals)) {
    const dealt = await deal(folder, table, seed);
    const theirs = printReferences(references, rowsOfFile(dealt));
    if (values['references-only']) continue;
    const ours = await printOurs(dealt, seed, budget);
    if (!references.sameFolds || Object.keys(theirs).length === 0 || table.name === UNRANKED) continue;
    const standing = standingOf(ours.logLoss, theirs);
    console.log(standingLine(table.name, standing));
    standings.push(standing);
  }
  if (standings.length > 0) console.log(`\nmean rank by log loss: ${meanRanks(standings)}`);
}

function tablesNamed(names: readonly string[]): RealTable[] {
  const unknown = names.filter((name) => !REAL_TABLES.some((table) => table.name === name));
  if (unknown.length > 0) {
    throw new Error(`no table ${unknown.join(', ')}; there are ${REAL_TABLES.map((t) => t.name).join(', ')}`);
  }
  return REAL_TABLES.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function deal(folder: string, table: RealTable, seed: number): Promise<Dealt> {
  const input = { ...(await readTable(join(folder, table.file))), file: basename(table.file) };
  const roles = { target: table.target, id: table.id, time: null, group: null };
  const labelled = labelRows(input.raw, roles);
  const repeats = Array.from({ length: REPEATS }, (_, repeat) =>
    stratifiedFolds(labelled.churned, labelled.groups, FOLDS, seededRandom(seed).fork(`bench ${repeat}`)),
  );
  return { table, roles, fileRows: input.raw.rows, labelled, repeats };
}

/** The folds by row of the file. */
function rowsOfFile({ table, labelled, fileRows, repeats }: Dealt): DealtFolds {
  const place = (values: Uint8Array) => {
    const placed = new Array<number>(fileRows).fill(-1);
    values.forEach((value, row) => {
      placed[labelled.raw.rowNumbers[row]! - 1] = value;
    });
    return placed;
  };
  return { table: table.name, folds: repeats.map(place), churned: place(labelled.churned) };
}

function printReferences(source: ReferenceSource, dealt: DealtFolds): References {
  const references = source.referencesOf(dealt);
  for (const [model, reference] of Object.entries(references)) {
    const seconds = reference.seconds?.toFixed(0).padStart(9) ?? '';
    console.log(figuresLine(dealt.table, model, reference) + seconds);
  }
  return references;
}

async function printOurs(dealt: Dealt, seed: number, budget: number): Promise<Figures> {
  const started = process.hrtime.bigint();
  const { figures, chosen } = await crossValidate(dealt, seed, budget);
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(
    `${figuresLine(dealt.table.name, 'churnlab', figures)} ${seconds.toFixed(0).padStart(8)}   ${chosen}`,
  );
  return figures;
}

async function crossValidate({ labelled, roles, repeats }: Dealt, seed: number, timeBudgetSeconds: number) {
  const figures: Figures[] = [];
  const chosen = new Map<string, number>();
  for (const fold of repeats) {
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
    figures.push(figuresOf(Float64Array.from(probabilities), Uint8Array.from(outcomes), foldAucs));
  }
  return {
    figures: meanFigures(figures),
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

function standingLine(table: string, { ranks, bestReference, behind }: Standing): string {
  const percent = `${behind < 0 ? '−' : '+'}${Math.abs(100 * behind).toFixed(1)} %`;
  const place = `rank ${ranks['churnlab']} of ${Object.keys(ranks).length}`;
  return `${table.padEnd(15)}${place}; log loss ${percent} beside the best of the others, ${bestReference}\n`;
}

/** Best first, over the tables where each library stands. */
function meanRanks(standings: readonly Standing[]): string {
  const names = [...new Set(standings.flatMap(({ ranks }) => Object.keys(ranks)))];
  const means = names.map((name) => {
    const ranks = standings.flatMap((standing) => standing.ranks[name] ?? []);
    return { name, rank: ranks.reduce((total, rank) => total + rank, 0) / ranks.length };
  });
  return means
    .sort((a, b) => a.rank - b.rank)
    .map(({ name, rank }) => `${name} ${rank.toFixed(2)}`)
    .join(', ');
}
