import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { TABLE_NAMES } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import { ChurnError } from '../errors.js';
import { type Database, openDatabase } from '../sources/duckdb/database.js';
import { type Company, DEFAULT_CHURN_RULES, DEFAULT_STAGE_RULES } from './company.js';
import type { WorkspaceConfig } from './config.js';
import type { DoubtContext } from './doubts/doubt.js';
import { findDoubts, type OnDoubt } from './doubts/find-doubts.js';
import type { Intake, IntakeTable } from './intake.js';
import { IntakeLedger } from './ledger.js';
import { loadAspects, loadConfig } from './load-config.js';
import type { LoadProgress } from './load-file.js';
import { loadTables } from './load-tables.js';
import { observedUntil, subscriptionsEndEarly } from './observed-until.js';
import { canonicalMappings, linkedTables, mappingList } from './placed-mapping.js';
import { settleAttributes } from './settle.js';
import { CHURN_FLAGS_TABLE } from './table-writer.js';
import { createTables, filledTables, removeHelpers } from './working-tables.js';

export interface OpenOptions {
  /** What is done with rows in doubt, per kind; kinds that are not named are kept. */
  readonly onDoubt?: OnDoubt;
  /** Hears after every few thousand rows. */
  readonly onProgress?: (progress: LoadProgress) => void;
}

/** A company loaded from files, and what was learned on the way. */
export interface OpenedWorkspace {
  readonly company: Company;
  readonly intake: Intake;
  /** Ends the database and removes its files. */
  close(): Promise<void>;
}

/**
 * Loads a workspace: a folder with `churnlab.config.ts` (or `.mjs`, `.js`, `.json`), or with tables under their
 * canonical names. Rows that break a contract become rejects; rows that cannot all be true become doubts.
 *
 * @throws ChurnError `bad-file`, `missing-column`, `bad-option` when the configuration and the files do not fit;
 * `bad-table` when something was found that `onDoubt` wants it to fail for, or when there is no account
 * @example
 * const { company, intake, close } = await openWorkspace('my-company');
 * company.tables.has('usage_events'); // true
 * intake.rejectCount; // 0
 * await close();
 */
export async function openWorkspace(
  folder: string,
  { onDoubt = {}, onProgress = () => {} }: OpenOptions = {},
): Promise<OpenedWorkspace> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new ChurnError('bad-file', `${folder} is no folder; a workspace is a folder with tables`, {
      path: folder,
    });
  }
  const { config, file } = await loadConfig(folder);
  const ledger = new IntakeLedger();
  const mappings = config.tables ? mappingList(config.tables) : canonicalMappings(folder, file, ledger);
  const aspects = await loadAspects(folder);
  const database = await openDatabase();
  try {
    const linked = linkedTables(mappings);
    await createTables(database, linked);
    await loadTables(database, { folder, config, mappings, linked, ledger, onProgress });
    const until = await observedUntil(database, config.observedUntil);
    const earlyEnd = await subscriptionsEndEarly(database, until);
    if (earlyEnd) ledger.note(earlyEnd);
    const loaded = await filledTables(database);
    const context = await doubtContext(database, config, { until, linked, loaded });
    const { doubts, doubtedRows } = await findDoubts(database, context, onDoubt, loaded, ledger);
    const attributes = await settleAttributes(database);
    await removeHelpers(database, linked);
    const tables = await filledTables(database);
    if (!tables.has('accounts')) throw noAccounts(folder, ledger);
    const intake: Intake = {
      files: ledger.files(),
      tables: tableCounts(ledger, doubtedRows),
      sideFiles: ledger.sideFiles(),
      rejects: ledger.rejects,
      rejectCount: ledger.rejectCount,
      doubts,
      notes: ledger.allNotes(),
      observedUntil: until,
    };
    const settings = companySettings(config, folder, until, tables);
    return {
      company: { database, settings, tables, attributes, aspects },
      intake,
      close: () => database.close(),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What the checks for doubts have to go by. */
async function doubtContext(
  database: Database,
  { churnEvents }: WorkspaceConfig,
  {
    until,
    linked,
    loaded,
  }: { until: number; linked: ReadonlySet<TableName>; loaded: ReadonlySet<TableName> },
): Promise<DoubtContext> {
  const flags = (await database.value(`SELECT count(*) FROM ${CHURN_FLAGS_TABLE}`)) as number;
  const hasSubscriptions = loaded.has('subscriptions');
  const events = churnEvents ? 'list' : hasSubscriptions ? 'subscriptions' : null;
  return {
    observedUntil: `make_timestamp(${until * 1000})`,
    linked,
    hasSubscriptions,
    churnEvents: flags > 0 ? events : null,
  };
}

function tableCounts(ledger: IntakeLedger, doubtedRows: ReadonlyMap<TableName, number>): IntakeTable[] {
  const files = ledger.files();
  return TABLE_NAMES.filter((table) => files.some((file) => file.table === table)).map((table) => {
    const own = files.filter((file) => file.table === table);
    const sum = (key: 'read' | 'kept' | 'rejected' | 'skipped' | 'dropped') =>
      own.reduce((total, file) => total + file[key], 0);
    return {
      table,
      files: own.map(({ file }) => file),
      read: sum('read'),
      kept: sum('kept'),
      rejected: sum('rejected'),
      skipped: sum('skipped'),
      dropped: sum('dropped'),
      doubted: doubtedRows.get(table) ?? 0,
    };
  });
}

function companySettings(
  config: WorkspaceConfig,
  folder: string,
  until: number,
  tables: ReadonlySet<TableName>,
): Company['settings'] {
  const by = tables.has('subscriptions') ? 'subscription' : 'inactivity';
  return {
    name: config.name ?? basename(resolve(folder)),
    currency: config.currency,
    observedUntil: until,
    churn: { ...DEFAULT_CHURN_RULES, by, ...given(config.churn) },
    stages: { ...DEFAULT_STAGE_RULES, ...given(config.stages) },
  };
}

/** An object without its undefined values. */
function given<T extends object>(options: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

function noAccounts(folder: string, { rejects, rejectCount }: IntakeLedger): ChurnError {
  const [first] = rejects;
  const why = first
    ? `; ${rejectCount} rows were rejected, the first (${first.file}, row ${first.rowNumber}) because ${first.column ?? 'it'} ${first.reason}`
    : '';
  return new ChurnError('bad-table', `${folder} has no account that could be kept${why}`, { path: folder });
}
