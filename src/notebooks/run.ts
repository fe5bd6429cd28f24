import { dirname } from 'node:path';
import { type Kernel, startKernel } from './kernel/kernel.js';
import { type Notebook, type Output, readNotebook } from './notebook.js';
import { collectOutputs, type OutputCollector } from './outputs.js';

/** Why a run stopped before the end of its notebook. */
export interface CellFailure {
  /** Position among all cells of the notebook, from 0. */
  readonly cell: number;
  /** What the kernel said: a type error with line and column, a stack, or that time ran out. */
  readonly message: string;
}

/** A notebook with the outputs of a fresh run; cells after a failure have none. */
export interface NotebookRun {
  readonly notebook: Notebook;
  readonly failure: CellFailure | null;
}

/** How long a cell that was interrupted may take to give up before its kernel is killed. */
const graceMs = 3000;

/**
 * Runs every code cell in order in a fresh tslab kernel, in the notebook's own folder, and stops at the first
 * cell that fails. The file itself is left as it is.
 *
 * @param options.timeoutSeconds for all cells together; the one that is running then has failed
 *
 * @example
 * const { notebook, failure } = await runNotebook('notebooks/01-train-and-judge.ipynb');
 * if (failure) throw new Error(`cell ${failure.cell}: ${failure.message}`);
 *
 * @throws ChurnError `bad-file` when it is no notebook, `missing-tool` when the kernel does not start
 */
export async function runNotebook(
  path: string,
  { timeoutSeconds = 600 }: { timeoutSeconds?: number } = {},
): Promise<NotebookRun> {
  const notebook = emptyOutputs(await readNotebook(path));
  const kernel = await startKernel(dirname(path));
  const limit = performance.now() + timeoutSeconds * 1000;
  try {
    const collector = collectOutputs();
    for (const [index, cell] of notebook.cells.entries()) {
      if (cell.cell_type !== 'code' || cell.source.trim() === '') continue;
      cell.outputs = collector.nextCell();
      const ran = await runCell(kernel, cell.source, collector, limit - performance.now());
      cell.execution_count = ran.executionCount;
      if (ran.timedOut) return failed(notebook, index, `stopped: the run's ${timeoutSeconds} s are over`);
      if (!ran.ok) return failed(notebook, index, ran.fault ?? errorText(cell.outputs));
    }
    return { notebook, failure: null };
  } finally {
    await kernel.close();
  }
}

interface CellRun {
  readonly executionCount: number | null;
  readonly ok: boolean;
  readonly timedOut: boolean;
  /** Why the kernel gave no answer, `null` when it did. */
  readonly fault: string | null;
}

async function runCell(
  kernel: Kernel,
  code: string,
  collector: OutputCollector,
  timeoutMs: number,
): Promise<CellRun> {
  let timedOut = false;
  let killer: NodeJS.Timeout | undefined;
  const limit = setTimeout(
    () => {
      timedOut = true;
      kernel.interrupt();
      killer = setTimeout(() => kernel.close(), graceMs);
    },
    Math.max(timeoutMs, 0),
  );
  try {
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
    const reply = await kernel.request('execute_request', content, collector.add);
    const count = reply['execution_count'];
    return {
      executionCount: typeof count === 'number' ? count : null,
      ok: reply['status'] === 'ok',
      timedOut,
      fault: null,
    };
  } catch (fault) {
    return { executionCount: null, ok: false, timedOut, fault: (fault as Error).message };
  } finally {
    clearTimeout(limit);
    clearTimeout(killer);
  }
}

function emptyOutputs(notebook: Notebook): Notebook {
  const cells = notebook.cells.map((cell) =>
    cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  return { ...notebook, cells };
}

const failed = (notebook: Notebook, cell: number, message: string): NotebookRun => ({
  notebook,
  failure: { cell, message },
});

/** tslab writes faults to stderr; other kernels send an error of their own. */
function errorText(outputs: readonly Output[]): string {
  const texts = outputs.map((output) => {
    if (output.output_type === 'error') return `${output.ename}: ${output.evalue}`;
    return output.output_type === 'stream' && output.name === 'stderr' ? output.text : '';
  });
  return texts.join('').trim() || 'the cell failed without a word';
}
