import { shortly } from '../compare/difference.js';
import type { Cell, Notebook } from '../notebook.js';
import type { CellFinding } from './finding.js';

type CodeCell = Extract<Cell, { cell_type: 'code' }>;

/** The code cells with something in them, and where they stand. */
export function codeCells({ cells }: Notebook): { cell: CodeCell; index: number }[] {
  return cells.flatMap((cell, index) =>
    cell.cell_type === 'code' && cell.source.trim() !== '' ? [{ cell, index }] : [],
  );
}

/** Cells that were not run before the notebook was saved, or not from top to bottom in a fresh kernel; errors left in it. */
export function findOrder(notebook: Notebook): CellFinding[] {
  const cells = codeCells(notebook);
  const run = cells.filter(({ cell }) => cell.execution_count !== null);
  if (run.length === 0 && cells.length > 0) {
    const message = 'no cell has been run; churnlab notebooks run fills in the outputs';
    return [{ kind: 'not-run', cell: cells[0]!.index, message }];
  }
  return [
    ...cells.filter(({ cell }) => cell.execution_count === null).map(notRun),
    ...outOfOrder(run),
    ...cells.flatMap(errorOutputs),
  ];
}

function notRun({ cell, index }: { cell: CodeCell; index: number }): CellFinding {
  const outputs = cell.outputs.length === 0 ? '' : '; its outputs are of an older run';
  return { kind: 'not-run', cell: index, message: `has not been run since it was changed${outputs}` };
}

/** The first cell whose number is not the next one tells enough. */
function outOfOrder(run: readonly { cell: CodeCell; index: number }[]): CellFinding[] {
  const wrong = run.findIndex(({ cell }, i) => cell.execution_count !== i + 1);
  if (wrong < 0) return [];
  const counts = run.map(({ cell }) => cell.execution_count).join(', ');
  const message = `cells ran in the order ${shortly(counts, 60)}, not 1 to ${run.length} in a fresh kernel`;
  return [{ kind: 'out-of-order', cell: run[wrong]!.index, message }];
}

function errorOutputs({ cell, index }: { cell: CodeCell; index: number }): CellFinding[] {
  return cell.outputs.flatMap((output) => {
    if (output.output_type !== 'error') return [];
    const message = `an error was saved with it: ${shortly(`${output.ename}: ${output.evalue}`)}`;
    return [{ kind: 'error-output', cell: index, message }];
  });
}
