import type { Cell, Notebook } from '../notebook.js';
import { matchCells } from './cells.js';
import { type CompareOptions, type OutputDifference, shortly } from './difference.js';
import { compareKinds, compareOutputs } from './outputs.js';
import { compareSource, type SourceLine } from './source.js';

/** One cell that is not what it was. */
export interface CellDifference {
  /** Its place among all cells, from 0: in the notebook after, or before when it was removed. */
  readonly cell: number;
  /** As people call it: `cell 7`, or `text before cell 7`. */
  readonly place: string;
  readonly change: 'changed' | 'moved' | 'added' | 'removed';
  /** Its first line, to know it by. */
  readonly title: string;
  /** Changed lines with their surroundings; none when the source is the same. */
  readonly source: readonly SourceLine[];
  readonly outputs: readonly OutputDifference[];
}

/** Where two notebooks differ. */
export interface NotebookDifferences {
  /** Cells that differ, in the order of the notebook after; removed cells where they stood. */
  readonly cells: readonly CellDifference[];
}

/**
 * Compares two notebooks by meaning: numbers within a tolerance, tables cell by cell, charts by their specification,
 * all else to the letter but for what changes from run to run by its nature (`maskVolatile` lists it). Execution counts
 * and metadata are not compared; of cells tagged `volatile`, only the kinds of their outputs are.
 *
 * @param options.tolerance share of the larger number by which two numbers may differ and be the same: 1e-9 is above
 *   what another order of summation does, and below a difference of one in any count that a table holds
 *
 * @example
 * const differences = compareNotebooks(await readNotebook('earlier.ipynb'), await readNotebook('churn.ipynb'));
 * describeDifferences(differences); // ['cell 1: AUC 0.848 → 0.851']
 */
export function compareNotebooks(
  before: Notebook,
  after: Notebook,
  options: CompareOptions = {},
): NotebookDifferences {
  const pairs = matchCells(before.cells, after.cells);
  const [places, placesBefore] = [placesOf(after), placesOf(before)];
  const [kept, found] = [new Set(pairs.map((pair) => pair.before)), new Set(pairs.map((pair) => pair.after))];
  const changed = pairs.flatMap(({ before: i, after: j, moved }) => {
    const cell = compareCell(before.cells[i]!, after.cells[j]!, options);
    if (!moved && cell.source.length + cell.outputs.length === 0) return [];
    return [{ cell: j, place: places[j]!, change: moved ? 'moved' : 'changed', ...cell } as const];
  });
  const removed = before.cells.flatMap((cell, i) =>
    kept.has(i)
      ? []
      : [{ cell: i, place: placesBefore[i]!, change: 'removed', ...wholeCell(cell, '-') } as const],
  );
  const added = after.cells.flatMap((cell, j) =>
    found.has(j) ? [] : [{ cell: j, place: places[j]!, change: 'added', ...wholeCell(cell, '+') } as const],
  );
  return { cells: [...removed, ...changed, ...added].sort((a, b) => a.cell - b.cell) };
}

/**
 * One line for each difference, as `cell 7: AUC 0.848 → 0.851`.
 *
 * @example
 * const differences = compareNotebooks(await readNotebook('earlier.ipynb'), await readNotebook('churn.ipynb'));
 * describeDifferences(differences); // ['cell 1: AUC 0.848 → 0.851']
 */
export function describeDifferences({ cells }: NotebookDifferences): string[] {
  return cells.flatMap(({ place, change, title, source, outputs }) => {
    if (change === 'added' || change === 'removed') return [`${place} ${change}: “${title}”`];
    return [
      ...(change === 'moved' ? [`${place} moved: “${title}”`] : []),
      ...(source.length > 0 ? [`${place}: source changed`] : []),
      ...outputs.map(({ message }) => `${place}: ${message}`),
    ];
  });
}

/** Code cells by the number that Jupyter shows when all have run from top to bottom; texts by the next of them. */
function placesOf({ cells }: Notebook): string[] {
  let number = 1;
  return cells.map((cell) => {
    const isCode = cell.cell_type === 'code' && cell.source.trim() !== '';
    return isCode ? `cell ${number++}` : `text before cell ${number}`;
  });
}

function compareCell(before: Cell, after: Cell, options: CompareOptions) {
  const source = compareSource(before.source, after.source);
  return { title: titleOf(after), source, outputs: compareCellOutputs(before, after, options) };
}

/** Compares what two code cells show, as their tags have it. */
export function compareCellOutputs(before: Cell, after: Cell, options: CompareOptions): OutputDifference[] {
  if (before.cell_type !== 'code' || after.cell_type !== 'code') return [];
  return hasTag(after, 'volatile')
    ? compareKinds(before.outputs, after.outputs)
    : compareOutputs(before.outputs, after.outputs, options);
}

export function hasTag({ metadata }: Cell, tag: string): boolean {
  const { tags } = metadata;
  return Array.isArray(tags) && tags.includes(tag);
}

const wholeCell = (cell: Cell, sign: '-' | '+') => ({
  title: titleOf(cell),
  source: cell.source.split('\n').map((text) => ({ sign, text })),
  outputs: [],
});

const titleOf = ({ source }: Cell): string =>
  shortly(source.split('\n').find((line) => line.trim() !== '') ?? '(empty)', 60);
