import { OUTPUT_LIMIT } from './kernel/cell-publisher.js';
import type { Kernel } from './kernel/kernel.js';
import type { Message } from './kernel/message.js';
import type { Output } from './notebook.js';
import type { OutputCollector } from './outputs.js';
import type { Stopper } from './run-stop.js';
import { bytesText } from './run-text.js';

/** How long a cell that was interrupted may take to give up before its kernel is killed. */
const GRACE_MS = 3000;

export type ErrorOutput = Extract<Output, { output_type: 'error' }>;

/** What became of one cell. */
export interface CellRun {
  /** `null` when it went well. */
  readonly error: ErrorOutput | null;
  /** Of the cell, from 1, that the error is about. */
  readonly line: number | null;
}

export interface CellLimits {
  /** Of this cell, in milliseconds, and what is said when they are over. */
  readonly timeoutMs: number;
  readonly timeoutText: string;
  readonly outputBytes: number;
}

/**
 * Runs one cell. A reason to stop, whoever finds it, interrupts it, and kills the kernel when that does not help; one
 * about memory kills at once.
 */
export async function runCell(
  kernel: Kernel,
  code: string,
  collector: OutputCollector,
  stopper: Stopper,
  { timeoutMs, timeoutText, outputBytes }: CellLimits,
): Promise<CellRun> {
  const before = stopper.reason();
  if (before) return { error: makeError(before.ename, before.evalue), line: null };
  let droppedBytes = 0;
  let killer: NodeJS.Timeout | undefined;
  stopper.onStop(({ ename }) => {
    if (ename === 'MemoryLimit') void kernel.close();
    else kernel.interrupt();
    killer = setTimeout(() => kernel.close(), GRACE_MS);
  });
  const limit = setTimeout(() => stopper.stop('TimeLimit', timeoutText), Math.max(timeoutMs, 0));
  const hear = (message: Message): void => {
    collector.add(message);
    if (message.type !== OUTPUT_LIMIT) return;
    droppedBytes = Number(message.content['droppedBytes']);
    stopper.stop('OutputLimit', '');
  };
  try {
    const content = { code, silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
    const reply = await kernel.request('execute_request', content, hear);
    const { line } = reply;
    return { error: stopError() ?? errorOf(reply), line: typeof line === 'number' ? line : null };
  } catch (fault) {
    return { error: stopError() ?? makeError('KernelDied', (fault as Error).message), line: null };
  } finally {
    clearTimeout(limit);
    clearTimeout(killer);
  }

  function stopError(): ErrorOutput | null {
    const stop = stopper.reason();
    if (stop === null) return null;
    const { ename, evalue } = stop;
    if (ename !== 'OutputLimit') return makeError(ename, evalue);
    const limit = bytesText(outputBytes);
    return makeError(
      ename,
      `the cell showed more than ${limit}; ${bytesText(droppedBytes)} after that were dropped`,
    );
  }
}

function errorOf({ status, ename, evalue, traceback }: Message['content']): ErrorOutput | null {
  if (status === 'ok') return null;
  const lines = Array.isArray(traceback) ? traceback.map(String) : [];
  return { output_type: 'error', ename: String(ename), evalue: String(evalue), traceback: lines };
}

const makeError = (ename: string, evalue: string): ErrorOutput => ({
  output_type: 'error',
  ename,
  evalue,
  traceback: [`${ename}: ${evalue}`],
});
