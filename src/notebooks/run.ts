import { dirname } from 'node:path';
import { withCellIds } from './cell-ids.js';
import { type Kernel, startKernel } from './kernel/kernel.js';
import { KERNEL_SPEC } from './kernel/kernel-spec.js';
import { type Cell, type Notebook, readNotebook } from './notebook.js';
import { collectOutputs } from './outputs.js';
import { type CellLimits, runCell } from './run-cell.js';
import { watchMemory } from './run-memory.js';
import { type GivenParameters, injectParameters } from './run-parameters.js';
import { makeStopper, type Stopper } from './run-stop.js';
import { bytesText } from './run-text.js';

/** Why a run stopped before the end of its notebook. */
export interface CellFailure {
  /** Position among all cells of the notebook, from 0. */
  readonly cell: number;
  /** The number that Jupyter shows beside the cell. */
  readonly number: number;
  /**
   * `TypeScriptError` (types, syntax, a missing module), the name of what was thrown, `TimeLimit`, `OutputLimit`,
   * `MemoryLimit`, `KernelDied` or `Interrupted`.
   */
  readonly ename: string;
  readonly message: string;
  /** Of the cell, from 1; `null` where it is not known. */
  readonly line: number | null;
  /** That line, or the first one of the cell. */
  readonly code: string;
}

/** A notebook with the outputs of a fresh run; cells after a failure have none. */
export interface NotebookRun {
  readonly notebook: Notebook;
  readonly failure: CellFailure | null;
  /** The start of the kernel is part of it. */
  readonly seconds: number;
  /** Of the kernel's process; `null` where the system does not tell. */
  readonly peakMemoryBytes: number | null;
}

/** Where a run is. */
export interface RunProgress {
  /** Among the code cells that run, from 1. */
  readonly cell: number;
  readonly cells: number;
  /** The first line of the cell. */
  readonly line: string;
  /** What the cell's own progress bar says, `null` without one. */
  readonly detail: string | null;
}

/** With which parameters a notebook is run, and what it may take. */
export interface RunOptions {
  /** Values for the cell tagged `parameters`, as on a command line; its schema types them. */
  readonly parameters?: GivenParameters;
  /** For all cells together; the one that is running then has failed. */
  readonly timeoutSeconds?: number;
  readonly cellTimeoutSeconds?: number;
  /** Of the kernel's process; without it there is no limit but Node's own. */
  readonly memoryBytes?: number | null;
  /** What one cell may show. */
  readonly outputBytes?: number;
  /** Ends the run at once; what was shown until then is kept. */
  readonly signal?: AbortSignal;
  /** Hears when a cell begins and whenever its own bar moves. */
  readonly onProgress?: (progress: RunProgress) => void;
}

/**
 * Runs every code cell in order in a fresh tslab kernel, in the notebook's own folder, and stops at the first
 * cell that fails, with an output that says why. The file itself is left as it is. No process is left either, nor
 * temporary files: those of cells are in a folder that goes with the kernel.
 *
 * @example
 * const { notebook, failure } = await runNotebook('churn.ipynb');
 * if (failure) throw new Error(`cell ${failure.number}: ${failure.message}`);
 * await writeNotebook('fresh.ipynb', notebook);
 *
 * @throws ChurnError `bad-file` when it is no notebook, `missing-tool` when the kernel does not start, `bad-option` for
 * parameters of a notebook that has none
 */
export async function runNotebook(path: string, options: RunOptions = {}): Promise<NotebookRun> {
  const { parameters = {}, memoryBytes = null, outputBytes = 20e6, signal } = options;
  const started = performance.now();
  const read = await readNotebook(path);
  const cells = withCellIds(injectParameters(read.cells, parameters)).map(withoutOutputs);
  const kernel = await startKernel(dirname(path), { outputBytes });
  const stopper = makeStopper();
  const interrupt = () => stopper.stop('Interrupted', 'the run was interrupted');
  if (signal?.aborted) interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    const memory = await watchMemory(kernel.pid, memoryBytes, (bytes) =>
      stopper.stop(
        'MemoryLimit',
        `the kernel held ${bytesText(bytes)} of memory; the limit is ${bytesText(memoryBytes!)}`,
      ),
    );
    const failure = await runCells(kernel, cells, stopper, { ...options, outputBytes, started });
    await memory.stop();
    return {
      notebook: settled(read, cells, kernel),
      failure,
      seconds: (performance.now() - started) / 1000,
      peakMemoryBytes: memory.peakBytes(),
    };
  } finally {
    signal?.removeEventListener('abort', interrupt);
    await kernel.close();
  }
}

type CodeCell = Extract<Cell, { cell_type: 'code' }>;
type CellOptions = RunOptions & { readonly outputBytes: number; readonly started: number };

/** Fills in outputs and counts. */
async function runCells(
  kernel: Kernel,
  cells: readonly Cell[],
  stopper: Stopper,
  options: CellOptions,
): Promise<CellFailure | null> {
  const running = cells.filter(
    (cell) => cell.cell_type === 'code' && cell.source.trim() !== '',
  ) as CodeCell[];
  let number = 0;
  const tell = (detail: string | null): void => {
    const line = firstLine(running[number - 1]!.source);
    options.onProgress?.({ cell: number, cells: running.length, line, detail });
  };
  const collector = collectOutputs(tell);
  for (const cell of running) {
    number += 1;
    tell(null);
    cell.outputs = collector.nextCell();
    cell.execution_count = number;
    const { error, line } = await runCell(kernel, cell.source, collector, stopper, limitsOf(options));
    if (!error) continue;
    cell.outputs = [...cell.outputs.filter(({ output_type }) => output_type !== 'error'), error];
    return {
      cell: cells.indexOf(cell),
      number,
      ename: error.ename,
      message: error.evalue,
      line,
      code: line === null ? firstLine(cell.source) : cell.source.split('\n')[line - 1]!.trim(),
    };
  }
  return null;
}

/** The whole run's time may be over before the cell's own. */
function limitsOf({
  timeoutSeconds = 600,
  cellTimeoutSeconds = 300,
  outputBytes,
  started,
}: CellOptions): CellLimits {
  const leftMs = timeoutSeconds * 1000 - (performance.now() - started);
  return leftMs < cellTimeoutSeconds * 1000
    ? { timeoutMs: leftMs, timeoutText: `the run's ${timeoutSeconds} s are over`, outputBytes }
    : {
        timeoutMs: cellTimeoutSeconds * 1000,
        timeoutText: `the cell's ${cellTimeoutSeconds} s are over`,
        outputBytes,
      };
}

const firstLine = (source: string): string => source.trim().split('\n')[0]!.trim();

const withoutOutputs = (cell: Cell): Cell =>
  cell.cell_type === 'code' ? { ...cell, outputs: [], execution_count: null } : cell;

/** As nbformat 4.5 wants it, made for our kernel. */
function settled(read: Notebook, cells: Cell[], { languageInfo }: Kernel): Notebook {
  const metadata = { ...read.metadata, kernelspec: KERNEL_SPEC, language_info: languageInfo };
  return { nbformat: 4, nbformat_minor: 5, metadata, cells };
}
