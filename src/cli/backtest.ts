import type { Command } from 'commander';
import { backtestCompany, backtestReport, backtestSentence, writeTextAtomically } from '../index.js';
import { parseCount, parseSeconds } from './parse-options.js';
import { openTerminal, type Terminal } from './terminal.js';
import { ON_DOUBT_HELP, type OnDoubtFlag, parseOnDoubt, withWorkspace } from './workspace.js';

interface BacktestFlags {
  horizon: number;
  gap: number;
  folds: number;
  timeBudget: number;
  onDoubt?: OnDoubtFlag;
  out?: string;
  seed: number;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab backtest`: what the predictions would have been, month by month. */
export function addBacktest(program: Command): void {
  program
    .command('backtest')
    .description(
      'predict each of the latest snapshots from what was known by then, and compare with what happened',
    )
    .argument('<input>', 'a folder of dated tables')
    .option('--horizon <days>', 'days in which leaving counts', parseCount, 90)
    .option('--gap <days>', 'days left for acting before the horizon', parseCount, 0)
    .option('--folds <number>', 'snapshots to predict, the latest', parseCount, 6)
    .option('--time-budget <duration>', 'bound of the search for settings in each fold', parseSeconds, 15)
    .option('--on-doubt <action>', ON_DOUBT_HELP, parseOnDoubt)
    .option('--out <file>', 'write an HTML page')
    .option('--seed <number>', 'seed of all chance', parseCount, 1)
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (input: string, flags: BacktestFlags) => {
      await runBacktest(input, flags, openTerminal(flags));
    });
}

async function runBacktest(input: string, flags: BacktestFlags, terminal: Terminal): Promise<void> {
  const { horizon, gap, folds, timeBudget, seed, out } = flags;
  const result = await withWorkspace(input, flags.onDoubt, terminal, async ({ company }) => {
    const bar = terminal.progress();
    return backtestCompany(company, {
      horizonDays: horizon,
      gapDays: gap,
      folds,
      timeBudgetSeconds: timeBudget,
      seed,
      onProgress: bar.update,
    }).finally(bar.stop);
  });
  if (out !== undefined) await writeTextAtomically(out, await backtestReport(result));
  terminal.print(backtestSentence(result));
  for (const { snapshotAt, range, actual, inRange, figures, chosen } of result.folds) {
    const expected = `${range.expected.toFixed(1)} (${range.low}–${range.high})`;
    terminal.print(
      `  ${snapshotAt}  expected ${expected.padEnd(18)} left ${String(actual).padEnd(6)} ${inRange ? 'in range    ' : 'out of range'}  ` +
        `AUC ${figures.auc?.value.toFixed(3) ?? '–'}  ${chosen}`,
    );
  }
  for (const { snapshotAt, reason } of result.skipped) terminal.print(`  ${snapshotAt}  left out: ${reason}`);
  if (out !== undefined) terminal.print(`Report: ${out}`);
  terminal.printJson(result);
}
