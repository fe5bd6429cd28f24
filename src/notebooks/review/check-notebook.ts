import { dirname, resolve } from 'node:path';
import { type CompareOptions, DEFAULT_TOLERANCE } from '../compare/difference.js';
import { compareNotebooks } from '../compare/notebooks.js';
import { type Notebook, readNotebook } from '../notebook.js';
import { type RunOptions, runNotebook } from '../run.js';
import { explainFailure } from './failure.js';
import type { CellFinding, Finding } from './finding.js';
import { codeCells, findOrder } from './order.js';
import { findInSources } from './sources.js';
import { declaredNames, parseCell } from './syntax.js';

/** How the notebook is run, and how its outputs are compared. */
export type CheckOptions = CompareOptions & Pick<RunOptions, 'timeoutSeconds' | 'onProgress'>;

/**
 * Holds a notebook to what it shows: looks it over as it is saved, runs it in a fresh kernel and compares the outputs by
 * meaning, as `compareNotebooks` does. All findings come in one list, by cell; a run that fails is compared as far as it
 * came. The file is left as it is.
 *
 * @example
 * const findings = await checkNotebook('earlier.ipynb');
 * describeFindings(findings); // ['cell 1: stale: AUC 0.848 → 0.851']
 *
 * @throws ChurnError `bad-file` when it is no notebook, `missing-tool` when the kernel does not start
 */
export async function checkNotebook(
  path: string,
  { tolerance = DEFAULT_TOLERANCE, ...runOptions }: CheckOptions = {},
): Promise<Finding[]> {
  const saved = await readNotebook(path);
  const seen = [...findOrder(saved), ...findInSources(saved, dirname(resolve(path)))];
  const { notebook, failure } = await runNotebook(path, runOptions);
  const isKnown = seen.some(({ kind, cell }) => kind === 'syntax-error' && cell === failure?.cell);
  const failures =
    failure === null || isKnown ? [] : explainFailure(failure, namesAfter(saved, failure.cell));
  const stale = findStale(saved, notebook, failure?.cell ?? saved.cells.length, tolerance);
  const numbers = new Map(codeCells(saved).map(({ index }, i) => [index, i + 1]));
  return [...seen, ...failures, ...stale]
    .map((finding) => ({ ...finding, number: numbers.get(finding.cell)! }))
    .sort((a, b) => a.cell - b.cell);
}

/** What differs among the cells that ran both times. */
function findStale(saved: Notebook, fresh: Notebook, end: number, tolerance: number): CellFinding[] {
  const [before, after] = [saved, fresh].map((notebook) => ({
    ...notebook,
    cells: notebook.cells.slice(0, end),
  }));
  return compareNotebooks(before!, after!, { tolerance }).cells.flatMap(({ cell, outputs }) =>
    hasRun(saved, cell) ? outputs.map(({ message }): CellFinding => ({ kind: 'stale', cell, message })) : [],
  );
}

function hasRun({ cells }: Notebook, index: number): boolean {
  const cell = cells[index];
  return cell?.cell_type === 'code' && (cell.execution_count !== null || cell.outputs.length > 0);
}

function namesAfter(notebook: Notebook, cell: number): Set<string> {
  const later = codeCells(notebook).filter(({ index }) => index > cell);
  return new Set(later.flatMap((found) => declaredNames(parseCell(found.cell.source))));
}
