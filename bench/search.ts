import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  cleanRows,
  foldRows,
  labelRows,
  learnRecipe,
  readTable,
  seededRandom,
  stratifiedFolds,
} from '../src/index.js';
import { scoreLoss } from '../src/math/log-loss.js';
import { predictFitted } from '../src/models/fitted-model.js';
import { designWidth } from '../src/training/cross-fit.js';
import { boostedTreesFamily } from '../src/training/families/boosted-trees.js';
import type { FitTools, FoldedSet, TableShape } from '../src/training/families/family.js';
import type { LearningSet } from '../src/training/learning-sets.js';
import { planSearch, searchSettings } from '../src/training/search.js';
import { bestOfEachFamily } from '../src/training/search-result.js';
import { REAL_TABLES, realTableFolder } from './real-tables.js';

const FOLDS = 5;

/**
 * What searching the settings of boosted trees is worth: on each of five folds the search runs on the other four, and its
 * winner is judged on the fold beside the two settings that it starts from. Mean log loss, without ensemble or
 * calibration.
 *
 * `npm run bench -- search [table …] [--seed 1] [--budget 60]`
 */
export async function benchSearch(args: readonly string[]): Promise<void> {
  const folder = realTableFolder();
  if (!folder) throw new Error('real tables not found: set CHURNLAB_DATA');
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { seed: { type: 'string', default: '1' }, budget: { type: 'string', default: '60' } },
  });
  console.log(
    'table           rows  fixed  symmetric  searched  difference to fixed (standard error)  seconds a search',
  );
  for (const table of REAL_TABLES) {
    if (table.name === 'ravenstack' || (positionals.length > 0 && !positionals.includes(table.name)))
      continue;
    const roles = { target: table.target, id: table.id, time: null, group: null };
    const input = { ...(await readTable(join(folder, table.file))), file: basename(table.file) };
    const labelled = labelRows(input.raw, roles);
    const random = seededRandom(Number(values.seed));
    const fold = stratifiedFolds(labelled.churned, labelled.groups, FOLDS, random.fork('bench search'));
    const losses: Record<'fixed' | 'symmetric' | 'searched', number[]> = {
      fixed: [],
      symmetric: [],
      searched: [],
    };
    const started = process.hrtime.bigint();
    for (let held = 0; held < FOLDS; held++) {
      const { inside, outside } = foldRows(fold, held);
      const { recipe } = learnRecipe(labelled, outside, roles, []);
      const train = cleanRows(labelled, outside, recipe).set;
      const test = cleanRows(labelled, inside, recipe).set;
      const found = await settingsOf(train, Number(values.seed), Number(values.budget));
      for (const name of ['fixed', 'symmetric', 'searched'] as const) {
        const fitted = await boostedTreesFamily.fit(train, found[name], toolsOf(Number(values.seed)));
        const scores = predictFitted(fitted, test.table);
        losses[name].push(...scores.map((score, row) => scoreLoss(score, test.churned[row]!)));
      }
    }
    const seconds = Number(process.hrtime.bigint() - started) / 1e9 / FOLDS;
    const gains = losses.searched.map((loss, row) => loss - losses.fixed[row]!);
    const error = Math.sqrt(mean(gains.map((gain) => (gain - mean(gains)) ** 2)) / gains.length);
    console.log(
      `${table.name.padEnd(15)} ${String(gains.length).padStart(5)} ${mean(losses.fixed).toFixed(4)}     ` +
        `${mean(losses.symmetric).toFixed(4)}    ${mean(losses.searched).toFixed(4)}  ` +
        `${mean(gains).toFixed(4)} (${error.toFixed(4)}) ${seconds.toFixed(1).padStart(8)}`,
    );
  }
}

/** The two fixed settings with the number of trees that cross-fitting gave them, and the best of the search. */
async function settingsOf(train: LearningSet, seed: number, budgetSeconds: number) {
  const random = seededRandom(seed).fork('folds');
  const fold = stratifiedFolds(train.churned, train.groups, FOLDS, random);
  const set: FoldedSet = { ...train, weights: null, fold, folds: FOLDS };
  const shape: TableShape = {
    rows: train.table.rows,
    churned: train.churned.reduce((sum, y) => sum + y, 0),
    columns: train.table.columns.length,
    designWidth: designWidth(train.table),
  };
  const plan = planSearch([boostedTreesFamily], shape, shape, FOLDS, budgetSeconds);
  const results = await searchSettings(plan, set, toolsOf(seed), () => {});
  const [best] = bestOfEachFamily(results, train.churned);
  type Setting = ReturnType<typeof boostedTreesFamily.settings>[number];
  const [fixed, symmetric] = results.map(({ setting }) => setting as Setting);
  return { fixed: fixed!, symmetric: symmetric!, searched: best!.setting as Setting };
}

function toolsOf(seed: number): FitTools {
  return { seed, pause: () => new Promise((resolve) => setImmediate(resolve)) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
