import { applyRecipe, requireColumns } from '../cleaning/recipe.js';
import { readTarget } from '../cleaning/target.js';
import { ChurnError } from '../errors.js';
import { evaluate } from '../evaluation/evaluate.js';
import type { Evaluation, PairedDifference } from '../evaluation/evaluation.js';
import { pairedDifference } from '../evaluation/paired-difference.js';
import { type Bundle, loadBundle } from '../exports/bundle.js';
import { seededRandom } from '../math/random.js';
import { type ReadTable, readTable } from '../sources/read-table.js';
import { type Reject, takeRawRows } from '../tables/raw-table.js';
import { predictChurn } from '../training/churn-model.js';
import { judgeSignal, type Verdict } from '../training/verdict.js';

export interface EvaluateOptions {
  /** Folder of the saved model. */
  readonly model: string;
  readonly sheet?: string;
  readonly seed?: number;
}

/** How a saved model did on rows whose outcomes are known. */
export interface FileEvaluation {
  readonly verdict: Verdict;
  readonly evaluation: Evaluation;
  /** Against the base rate that the model was trained with. */
  readonly differences: readonly PairedDifference[];
  readonly read: number;
  /** Rows that could not be judged on; `rejects` lists the first of them. */
  readonly rejected: number;
  readonly rejects: readonly Reject[];
}

/**
 * Judges a saved model on another table whose outcomes are known.
 *
 * @throws ChurnError `bad-model`, `bad-file`, `missing-column`, `bad-target`
 * @example
 * const { evaluation } = await evaluateFile('next-quarter.csv', { model: 'models/churn' });
 * console.log(`AUC ${evaluation.auc.value}`);
 */
export async function evaluateFile(input: string, options: EvaluateOptions): Promise<FileEvaluation> {
  const bundle = await loadBundle(options.model);
  const file = await readTable(input, options.sheet === undefined ? {} : { sheet: options.sheet });
  return evaluateRows({ ...file, path: input }, bundle, options.seed);
}

/** A table as read, and what it is called in messages. */
interface EvaluatedRows extends Pick<ReadTable, 'raw' | 'rejects' | 'read'> {
  readonly path: string;
}

/** Judges a saved model on the rows of a table whose outcomes are known. */
export function evaluateRows(file: EvaluatedRows, { model, recipe, card }: Bundle, seed = 1): FileEvaluation {
  requireColumns(
    recipe,
    file.raw.columns.map(({ name }) => name),
  );
  const { churned } = readTarget(file.raw, card.data.target, card.data.positive);
  const known = Array.from(churned.keys()).filter((row) => churned[row] !== 255);
  const labelled = takeRawRows(file.raw, known);
  const { table, kept, ids, rejects } = applyRecipe(recipe, labelled);
  if (table.rows === 0)
    throw new ChurnError('bad-file', `${file.path} has no row with a known outcome that can be scored`);
  const outcomes = Uint8Array.from(kept, (row) => churned[known[row]!]!);
  const probabilities = predictChurn(model, table);
  const random = () => seededRandom(seed).fork('evaluate');
  const { contactCost, saveValue, saveRate } = card.evaluation.profit;
  const clusters = accountsOf(recipe, ids);
  const evaluation = evaluate(probabilities, outcomes, {
    random: random(),
    clusters,
    profit: { contactCost, saveValue, saveRate },
  });
  const baseRate = new Float64Array(table.rows).fill(model.baseRate);
  const differences = [
    pairedDifference('base-rate', probabilities, baseRate, outcomes, { random: random(), clusters }),
  ];
  const unknown = Array.from(churned.keys())
    .filter((row) => churned[row] === 255)
    .map(
      (row): Reject => ({
        rowNumber: file.raw.rowNumbers[row]!,
        column: card.data.target,
        value: null,
        reason: 'outcome is missing',
      }),
    );
  return {
    verdict: judgeSignal(card.chosen, evaluation, differences, 'accounts', model.groupShifts.length > 0),
    evaluation,
    differences,
    read: file.read,
    rejected: file.read - table.rows,
    rejects: [...file.rejects, ...unknown, ...rejects].sort((a, b) => a.rowNumber - b.rowNumber),
  };
}

/** Rows of one account are drawn together where the model knows accounts by id. */
function accountsOf({ id }: Bundle['recipe'], ids: readonly (string | null)[]): Int32Array | null {
  if (id === null) return null;
  const numbers = new Map<string, number>();
  return Int32Array.from(ids, (text, row) => {
    const name = text ?? `row ${row}`;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
}
