import { TABLE_NAMES } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import type { Database } from '../sources/duckdb/database.js';
import { loadChurnEvents } from './churn-events.js';
import type { WorkspaceConfig } from './config.js';
import type { IntakeLedger } from './ledger.js';
import { type LoadProgress, type LoadTarget, loadFile } from './load-file.js';
import { companyCents } from './money.js';
import type { PlacedMapping } from './placed-mapping.js';
import { rejectRepeatedKeys, settleSignUps } from './settle.js';

/** What is loaded, and what the files share. */
export interface Loading {
  readonly folder: string;
  readonly config: WorkspaceConfig;
  readonly mappings: readonly PlacedMapping[];
  readonly linked: ReadonlySet<TableName>;
  readonly ledger: IntakeLedger;
  readonly onProgress: (progress: LoadProgress) => void;
}

/**
 * Loads every file: accounts first, then subscriptions, as other tables may find their account through these.
 *
 * @throws ChurnError as `loadFile`
 */
export async function loadTables(database: Database, loading: Loading): Promise<void> {
  const { folder, config, mappings, linked, ledger } = loading;
  const target: LoadTarget = {
    folder,
    config,
    database,
    ledger,
    linked,
    toCents: companyCents(config.currency, config.rates),
    accountOf: new Map(),
    onProgress: loading.onProgress,
  };
  for (const table of TABLE_NAMES) {
    const own = mappings.filter((placed) => placed.table === table);
    for (const { mapping, key } of own) await loadFile(table, mapping, key, target);
    if (own.length > 0) await rejectRepeatedKeys(database, table, ledger);
    if (table === 'subscriptions' && linked.size > 0) await readAccounts(database, target.accountOf);
  }
  await settleSignUps(database, mappings, ledger);
  if (config.churnEvents) await loadChurnEvents(database, ledger, folder, config.churnEvents);
}

async function readAccounts(database: Database, accountOf: Map<string, string>): Promise<void> {
  const { columns, rows } = await database.table('SELECT subscription_id, account_id FROM subscriptions');
  const [subscriptions, accounts] = columns;
  if (subscriptions?.kind !== 'text' || accounts?.kind !== 'text') return;
  for (let row = 0; row < rows; row++) {
    accountOf.set(subscriptions.levels[subscriptions.codes[row]!]!, accounts.levels[accounts.codes[row]!]!);
  }
}
