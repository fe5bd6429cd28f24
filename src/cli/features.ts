import type { Command } from 'commander';
import {
  type Company,
  companyRows,
  explainFeature,
  type Feature,
  featureCatalogue,
  learningSnapshots,
  openSink,
  type RawTable,
} from '../index.js';
import { parseCount } from './parse-options.js';
import { openTerminal, type Terminal } from './terminal.js';
import { ON_DOUBT_HELP, type OnDoubtFlag, parseDay, parseOnDoubt, withWorkspace } from './workspace.js';

interface FeaturesFlags {
  explain?: string;
  asOf?: number;
  horizon: number;
  gap: number;
  out?: string;
  onDoubt?: OnDoubtFlag;
  json?: boolean;
  quiet?: boolean;
}

/** `churnlab features`: what is measured of an account, and how. */
export function addFeatures(program: Command): void {
  program
    .command('features')
    .description('list the features of a folder of dated tables, explain one, or write them as a flat table')
    .argument('<input>', 'a folder of dated tables')
    .option('--explain <name>', 'what one feature means, and its SQL')
    .option('--as-of <day>', 'the snapshot, YYYY-MM-DD (default: the end of what is observed)', parseDay)
    .option('--out <file>', 'write the features to csv, tsv, parquet, jsonl, json or xlsx')
    .option(
      '--horizon <days>',
      'with --out and without --as-of: days in which leaving counts',
      parseCount,
      90,
    )
    .option('--gap <days>', 'with --out and without --as-of: days left for acting', parseCount, 0)
    .option('--on-doubt <action>', ON_DOUBT_HELP, parseOnDoubt)
    .option('--json', 'print one JSON document')
    .option('--quiet', 'no progress, no remarks')
    .action(async (input: string, flags: FeaturesFlags) => {
      const terminal = openTerminal(flags);
      await withWorkspace(input, flags.onDoubt, terminal, ({ company }) =>
        runFeatures(company, flags, terminal),
      );
    });
}

async function runFeatures(company: Company, flags: FeaturesFlags, terminal: Terminal): Promise<void> {
  const catalogue = featureCatalogue(company);
  if (flags.explain !== undefined) {
    const explained = explainFeature(catalogue, flags.explain, flags.asOf ?? company.settings.observedUntil);
    const { name, title, unit, description, sql } = explained;
    terminal.print(`${name} (${title}, ${unit})\n${description}\n\n${sql}`);
    terminal.printJson(explained);
    return;
  }
  if (flags.out !== undefined) {
    await writeFeatures(company, flags.out, flags, terminal);
    return;
  }
  printCatalogue(catalogue, terminal);
  terminal.printJson(
    catalogue.map(({ name, aspect, title, unit, description }) => ({
      name,
      aspect,
      title,
      unit,
      description,
    })),
  );
}

function printCatalogue(catalogue: readonly Feature[], terminal: Terminal): void {
  for (const title of new Set(catalogue.map((feature) => feature.title))) {
    terminal.print(`\n${title}`);
    for (const { name, unit, description } of catalogue.filter((feature) => feature.title === title)) {
      terminal.print(`  ${name.padEnd(36)} ${unit.padEnd(10)} ${description}`);
    }
  }
}

/** Every account at one snapshot, or at all snapshots whose outcome is known, with what became of it. */
async function writeFeatures(
  company: Company,
  out: string,
  { asOf, horizon: horizonDays, gap: gapDays }: FeaturesFlags,
  terminal: Terminal,
): Promise<void> {
  const window = { gapDays, horizonDays };
  const dates =
    asOf === undefined
      ? await learningSnapshots(company, { ...window, rhythm: 'month', snapshots: 24 })
      : [asOf];
  const { raw } = await companyRows(company, dates, window, {
    labelled: asOf === undefined,
    features: featureCatalogue(company),
  });
  await writeTable(raw, out);
  terminal.print(`${raw.rows.toLocaleString('en-US')} rows, ${raw.columns.length} columns: ${out}`);
  terminal.printJson({
    out,
    rows: raw.rows,
    columns: raw.columns.map(({ name }) => name),
    snapshots: dates.length,
  });
}

async function writeTable(raw: RawTable, out: string): Promise<void> {
  const sink = await openSink(
    out,
    raw.columns.map(({ name, kind }) => ({ name, kind: kind === 'number' ? 'number' : 'text' })),
  );
  try {
    await sink.append(
      raw.columns.map((column) => {
        if (column.kind === 'number') return column.values;
        if (column.kind === 'text') return Array.from(column.codes, (code) => column.levels[code] ?? null);
        return Array.from(column.values, (at) => new Date(at).toISOString().slice(0, 10));
      }),
    );
    await sink.finish({});
  } catch (error) {
    await sink.abort();
    throw error;
  }
}
