import type { Cell, Notebook, Output } from '../../../src/notebooks/notebook.js';

/** A notebook of code cells that ran one after the other; `null` in place of a count is a cell that did not. */
export function notebookOf(
  ...cells: (string | ({ source: string } & Partial<Extract<Cell, { cell_type: 'code' }>>))[]
): Notebook {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: cells.map((cell, i) => ({
      cell_type: 'code',
      id: `cell-${i}`,
      metadata: {},
      outputs: [],
      execution_count: i + 1,
      ...(typeof cell === 'string' ? { source: cell } : cell),
    })),
  };
}

export const prints = (text: string): Output => ({ output_type: 'stream', name: 'stdout', text });
