import { existsSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { CONTRACTS, TABLE_NAMES } from '../contracts/catalogue.js';
import { createTableSql, type TableName } from '../contracts/contract.js';
import { ChurnError } from '../errors.js';
import { type Database, openDatabase } from '../sources/duckdb/database.js';
import { loadChurnEvents } from './churn-events.js';
import { type Company, CREATE_ATTRIBUTES_SQL, DEFAULT_CHURN_RULES, DEFAULT_STAGE_RULES } from './company.js';
import type { WorkspaceConfig } from './config.js';
import { CHURN_EVENTS_TABLE } from './doubts/churn-flag.js';
import type { DoubtContext } from './doubts/doubt.js';
import { findDoubts, type OnDoubt } from './doubts/find-doubts.js';
import type { Intake, IntakeTable } from './intake.js';
import { IntakeLedger } from './ledger.js';
import { loadAspects, loadConfig } from './load-config.js';
import { type LoadProgress, type LoadTarget, loadFile } from './load-file.js';
import type { ColumnSource, TableMapping } from './mapping.js';
import { companyCents } from './money.js';
import { observedUntil } from './observed-until.js';
import { rejectRepeatedKeys, settleAttributes, settleSignUps } from './settle.js';
import { CHURN_FLAGS_TABLE, LINK_COLUMN } from './table-writer.js';
import { canonicalFiles } from './workspace-file.js';

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
 * const { company, intake, close } = await openWorkspace('examples/shop');
 * console.log(intake.tables, company.settings.observedUntil);
 * await close();
 */
export async function openWorkspace(folder: string, options: OpenOptions = {}): Promise<OpenedWorkspace> {
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
    await loadTables(database, { folder, config, mappings, linked, ledger, onProgress: options.onProgress });
    await settleSignUps(database, mappings, ledger);
    const until = await observedUntil(database, config.observedUntil);
    const loaded = await filledTables(database);
    const flagged = ((await database.value(`SELECT count(*) FROM ${CHURN_FLAGS_TABLE}`)) as number) > 0;
    const context: DoubtContext = {
      observedUntil: `make_timestamp(${until * 1000})`,
      linked,
      hasSubscriptions: loaded.has('subscriptions'),
      churnEvents: !flagged
        ? null
        : config.churnEvents
          ? 'list'
          : loaded.has('subscriptions')
            ? 'subscriptions'
            : null,
    };
    const { doubts, doubtedRows } = await findDoubts(
      database,
      context,
      options.onDoubt ?? {},
      loaded,
      ledger,
    );
    const attributes = await settleAttributes(database);
    await removeHelpers(database, linked);
    const tables = await filledTables(database);
    if (!tables.has('accounts')) throw noAccounts(folder, ledger);
    const intake: Intake = {
      files: ledger.files(),
      tables: tableCounts(ledger, doubtedRows),
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

/** A mapping and its place in the configuration. */
interface PlacedMapping {
  readonly table: TableName;
  readonly mapping: TableMapping;
  readonly key: string;
}

function mappingList(tables: NonNullable<WorkspaceConfig['tables']>): PlacedMapping[] {
  return TABLE_NAMES.flatMap((table): PlacedMapping[] => {
    const written = tables[table];
    if (written === undefined) return [];
    if (!Array.isArray(written)) return [{ table, mapping: written, key: `tables.${table}` }];
    return written.map((mapping, index) => ({ table, mapping, key: `tables.${table}[${index}]` }));
  });
}

function canonicalMappings(folder: string, configFile: string | null, ledger: IntakeLedger): PlacedMapping[] {
  const { files, others } = canonicalFiles(folder);
  if (others.length > 0) {
    ledger.note({
      kind: 'unknown-files',
      message: `not read, as no canonical table is called so: ${others.join(', ')}`,
    });
  }
  const found = TABLE_NAMES.filter((table) => files[table] !== undefined);
  if (found.length === 0) {
    throw new ChurnError(
      'bad-file',
      `${folder} has ${configFile === null ? 'no churnlab.config.ts' : `no tables in ${configFile}`} and no file with the name of a canonical table (${TABLE_NAMES.join(', ')}); needed: accounts.csv and others, or a configuration`,
      { path: folder },
    );
  }
  return found.map((table) => ({
    table,
    mapping: { file: files[table]!, columns: {}, join: [] },
    key: `tables.${table}`,
  }));
}

interface Loading {
  readonly folder: string;
  readonly config: WorkspaceConfig;
  readonly mappings: readonly PlacedMapping[];
  readonly linked: ReadonlySet<TableName>;
  readonly ledger: IntakeLedger;
  readonly onProgress: OpenOptions['onProgress'];
}

/** Accounts first, then subscriptions, as other tables may find their account through these. */
async function loadTables(database: Database, loading: Loading): Promise<void> {
  const { folder, config, mappings, linked, ledger } = loading;
  const target: LoadTarget = {
    folder,
    config,
    database,
    ledger,
    linked,
    toCents: companyCents(config.currency, config.rates),
    accountOf: new Map(),
    onProgress: loading.onProgress ?? (() => {}),
  };
  for (const table of TABLE_NAMES) {
    const own = mappings.filter((placed) => placed.table === table);
    for (const { mapping, key } of own) await loadFile(table, mapping, key, target);
    if (own.length > 0) await rejectRepeatedKeys(database, table, ledger);
    if (table === 'subscriptions' && linked.size > 0) await readAccounts(database, target.accountOf);
  }
  if (config.churnEvents) await loadChurnEvents(database, folder, config.churnEvents);
}

async function readAccounts(database: Database, accountOf: Map<string, string>): Promise<void> {
  const { columns, rows } = await database.table('SELECT subscription_id, account_id FROM subscriptions');
  const [subscriptions, accounts] = columns;
  if (subscriptions?.kind !== 'text' || accounts?.kind !== 'text') return;
  for (let row = 0; row < rows; row++) {
    accountOf.set(subscriptions.levels[subscriptions.codes[row]!]!, accounts.levels[accounts.codes[row]!]!);
  }
}

function linkedTables(mappings: readonly PlacedMapping[]): Set<TableName> {
  const isLinked = (source: string | ColumnSource | undefined) =>
    typeof source === 'object' && source.ofSubscription !== undefined;
  return new Set(
    mappings.filter(({ mapping }) => isLinked(mapping.columns['account_id'])).map(({ table }) => table),
  );
}

async function createTables(database: Database, linked: ReadonlySet<TableName>): Promise<void> {
  for (const table of TABLE_NAMES) await database.run(createTableSql(CONTRACTS[table]));
  for (const table of linked) await database.run(`ALTER TABLE ${table} ADD COLUMN ${LINK_COLUMN} VARCHAR`);
  await database.run(CREATE_ATTRIBUTES_SQL);
  await database.run(`CREATE TABLE ${CHURN_FLAGS_TABLE} (account_id VARCHAR, flag BOOLEAN)`);
  await database.run(`CREATE TABLE ${CHURN_EVENTS_TABLE} (account_id VARCHAR)`);
}

async function removeHelpers(database: Database, linked: ReadonlySet<TableName>): Promise<void> {
  for (const table of linked) await database.run(`ALTER TABLE ${table} DROP COLUMN ${LINK_COLUMN}`);
  await database.run(`DROP TABLE ${CHURN_FLAGS_TABLE}; DROP TABLE ${CHURN_EVENTS_TABLE}`);
}

async function filledTables(database: Database): Promise<Set<TableName>> {
  const filled = new Set<TableName>();
  for (const table of TABLE_NAMES) {
    if (((await database.value(`SELECT count(*) FROM ${table}`)) as number) > 0) filled.add(table);
  }
  return filled;
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
