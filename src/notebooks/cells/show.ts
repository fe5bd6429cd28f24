import { isChartList } from '../../displays/charts.js';
import { displayBundle } from '../../displays/display-bundle.js';
import type { DisplayOptions } from '../../displays/display-options.js';
import { runningCell } from './running-kernel.js';

/**
 * Shows a value below the running cell as {@link displayBundle} has it, in all its forms at once: JupyterLab, GitHub
 * and terminals each take the one that they can draw. A list of charts is shown one after the other.
 * Outside a notebook the text goes to standard output.
 *
 * Always write `await show(x)`: without `await` the cell is over before the value is shown, so it may be missed, and a
 * fault of the options does not fail the cell.
 *
 * @throws ChurnError `bad-option`, `missing-column` for options that do not fit the value
 *
 * @example
 * await show([{ plan: 'basic', churn: 0.123 }], { units: { churn: 'percent' } });
 */
export async function show(value: unknown, options: DisplayOptions = {}): Promise<void> {
  // Asked before anything is awaited: a later cell may be the running one by then.
  const write = runningCell();
  for (const part of isChartList(value) ? value : [value]) {
    const { data, metadata } = await displayBundle(part, options);
    if (write !== null) write({ data, metadata, transient: {} }, false);
    else process.stdout.write(`${data['text/plain']}\n`);
  }
}
