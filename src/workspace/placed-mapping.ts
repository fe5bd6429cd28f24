import { TABLE_NAMES } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import { ChurnError } from '../errors.js';
import type { WorkspaceConfig } from './config.js';
import type { IntakeLedger } from './ledger.js';
import type { ColumnSource, TableMapping } from './mapping.js';
import { canonicalFiles } from './workspace-file.js';

/** A mapping and its place in the configuration. */
export interface PlacedMapping {
  readonly table: TableName;
  readonly mapping: TableMapping;
  readonly key: string;
}

/** The mappings of a configuration, accounts first. */
export function mappingList(tables: NonNullable<WorkspaceConfig['tables']>): PlacedMapping[] {
  return TABLE_NAMES.flatMap((table): PlacedMapping[] => {
    const written = tables[table];
    if (written === undefined) return [];
    if (!Array.isArray(written)) return [{ table, mapping: written, key: `tables.${table}` }];
    return written.map((mapping, index) => ({ table, mapping, key: `tables.${table}[${index}]` }));
  });
}

/**
 * A mapping for each file of the folder that is called like a canonical table.
 *
 * @throws ChurnError `bad-file` when there is none, or two for one table
 */
export function canonicalMappings(
  folder: string,
  configFile: string | null,
  ledger: IntakeLedger,
): PlacedMapping[] {
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

/** Tables that find the account of their rows through the subscription. */
export function linkedTables(mappings: readonly PlacedMapping[]): Set<TableName> {
  const isLinked = (source: string | ColumnSource | undefined) =>
    typeof source === 'object' && source.ofSubscription !== undefined;
  return new Set(
    mappings.filter(({ mapping }) => isLinked(mapping.columns['account_id'])).map(({ table }) => table),
  );
}
