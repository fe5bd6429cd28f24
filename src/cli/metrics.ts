import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import {
  CHURN_FORMULA_NAMES,
  ChurnError,
  type ChurnFormulaName,
  type Company,
  type GroupBy,
  type MetricsResult,
  measureMetrics,
  metricsReport,
  metricsSummary,
  type Reconciliation,
  reconcileChurn,
  reconciliationLines,
  seededRandom,
  writeTextAtomically,
} from '../index.js';
import { parseCount } from './parse-options.js';
import { openTerminal, type Terminal } from './terminal.js';
import { ON_DOUBT_HELP, type OnDoubtFlag, parseOnDoubt, withWorkspace } from './workspace.js';

const GROUPS: readonly GroupBy[] = ['segment', 'plan', 'country', 'stage'];

interface MetricsFlags {
  by?: GroupBy;
  from?: string;
  to?: string;
  reconcile?: string;
  formulas?: readonly [ChurnFormulaName, ChurnFormulaName];
  out?: string;
  onDoubt?: OnDoubtFlag;
  seed: number;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab metrics`: how much is lost and kept, by month and group. */
export function addMetrics(program: Command): void {
  program
    .command('metrics')
    .description('churn, retention, revenue, survival and service metrics by month, with intervals')
    .argument('<input>', 'a folder of dated tables')
    .option('--by <group>', `also by ${GROUPS.join(', ')}`, parseGroup)
    .option('--from <month>', 'first month, such as 2024-03 (default: the first)')
    .option('--to <month>', 'last month (default: the last complete one)')
    .option('--reconcile <month>', 'why two churn formulas differ in that month (default: the last one)')
    .option('--formulas <from,to>', `the two formulas: ${CHURN_FORMULA_NAMES.join(', ')}`, parseFormulas)
    .option('--out <file>', 'write an HTML page with charts')
    .option('--on-doubt <action>', ON_DOUBT_HELP, parseOnDoubt)
    .option('--seed <number>', 'seed of the bootstrap', parseCount, 1)
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (input: string, flags: MetricsFlags) => {
      await runMetrics(input, flags, openTerminal(flags));
    });
}

async function runMetrics(input: string, flags: MetricsFlags, terminal: Terminal): Promise<void> {
  await withWorkspace(input, flags.onDoubt, terminal, ({ company }) =>
    measureCompany(company, flags, terminal),
  );
}

/** Measures, writes the page where one is asked for, and prints. */
export async function measureCompany(
  company: Company,
  flags: MetricsFlags,
  terminal: Terminal,
): Promise<void> {
  const { result, reconciliation } = await measure(company, flags);
  if (flags.out !== undefined) {
    await writeTextAtomically(flags.out, await metricsReport(result, reconciliation ? [reconciliation] : []));
  }
  terminal.print(metricsSummary(result, terminal));
  if (reconciliation) terminal.print(`\n${reconciliationLines(reconciliation).join('\n')}`);
  if (flags.out !== undefined) terminal.print(`\nReport: ${flags.out}`);
  terminal.printJson({ ...result, reconciliation });
}

async function measure(
  company: Company,
  { by, from, to, reconcile, formulas, seed }: MetricsFlags,
): Promise<{ result: MetricsResult; reconciliation: Reconciliation | null }> {
  const result = await measureMetrics(company, { from, to, by: by ?? null, random: seededRandom(seed) });
  const chosen = formulas ? { from: formulas[0], to: formulas[1] } : {};
  const asked = reconcile !== undefined || formulas !== undefined;
  const reconciliation = await reconcileChurn(company, reconcile ?? result.to, chosen).catch(
    (error: unknown) => {
      // Without being asked for, a month that cannot be reconciled is no fault.
      if (asked || !(error instanceof ChurnError)) throw error;
      return null;
    },
  );
  return { result, reconciliation };
}

function parseGroup(text: string): GroupBy {
  const known = GROUPS.find((group) => group === text);
  if (known !== undefined) return known;
  throw new InvalidArgumentError(`needed: ${GROUPS.join(', ')}.`);
}

function parseFormulas(text: string): readonly [ChurnFormulaName, ChurnFormulaName] {
  const found = text.split(',').map((name) => CHURN_FORMULA_NAMES.find((known) => known === name.trim()));
  const [first, second] = found;
  if (found.length === 2 && first !== undefined && second !== undefined) return [first, second];
  throw new InvalidArgumentError(`needed: two of ${CHURN_FORMULA_NAMES.join(', ')}, with a comma between.`);
}
