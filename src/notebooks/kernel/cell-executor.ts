import vm from 'node:vm';
import type { Executor } from 'tslab/dist/executor.js';
import { type CellError, cellName, type Diagnostic, diagnosticsError, thrownError } from './cell-error.js';
import { lastCompiledCell } from './mend-typescript.js';
import type { CompiledCell } from './source-positions.js';

/** tslab's executor, and why the last cell failed. */
export interface CellExecutor extends Executor {
  /** `null` when it did not. */
  lastError(): CellError | null;
}

/**
 * tslab's executor for the current folder. It prints errors of cells, without a name and with the stack of its own
 * inside; here they are kept instead, and the lines in their stacks are those of the cell as it was written.
 */
export function createCellExecutor(tslab: NodeJS.Require): CellExecutor {
  const compiled = new Map<number, CompiledCell>();
  let number = 0;
  let reported: unknown[][] = [];
  let error: CellError | null = null;

  const { runInThisContext } = vm;
  vm.runInThisContext = ((code: string, options?: vm.RunningCodeOptions) => {
    if (!options?.breakOnSigint) return runInThisContext(code, options);
    const cell = lastCompiledCell();
    if (cell) compiled.set(number, cell);
    return runInThisContext(code, { ...options, filename: cellName(number) });
  }) as typeof runInThisContext;

  const { createExecutor } = tslab('tslab/dist/executor.js') as typeof import('tslab/dist/executor.js');
  const executor = createExecutor(process.cwd(), createConverters(tslab), {
    log: console.log,
    error: (...report: unknown[]) => reported.push(report),
  });
  return {
    ...executor,
    lastError: () => error,
    execute: async (source) => {
      number += 1;
      reported = [];
      const isDone = await executor.execute(source).catch((fault: unknown) => !reported.push([fault]));
      error = isDone ? null : describe(source, reported, number, compiled);
      // What TypeScript has against a cell that defines a module does not make it fail.
      if (isDone) for (const report of reported) console.error(...report);
      return isDone;
    },
  };
}

function describe(
  source: string,
  reported: readonly (readonly unknown[])[],
  number: number,
  compiled: ReadonlyMap<number, CompiledCell>,
): CellError {
  const [first] = reported;
  if (first?.length === 1) return thrownError(first[0], number, compiled);
  return diagnosticsError(source, reported.map(toDiagnostic));
}

/** tslab reports `%s%d:%d - %s` with file, line, column and text. */
function toDiagnostic([, file, line, column, text]: readonly unknown[]): Diagnostic {
  return {
    file: String(file).trim() || null,
    line: Number(line),
    column: Number(column),
    text: String(text),
  };
}

/** The one for browsers is made when a cell first asks for it. */
function createConverters(tslab: NodeJS.Require) {
  const { createConverter } = tslab('tslab/dist/converter.js') as typeof import('tslab/dist/converter.js');
  const node = createConverter({ isJS: false, isBrowser: false });
  let browser: typeof node | null = null;
  return {
    node,
    get browser() {
      browser ??= createConverter({ isJS: false, isBrowser: true });
      return browser;
    },
    close: () => {
      node.close();
      browser?.close();
    },
  };
}
