import { CONTRACTS, TABLE_NAMES } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import { knownSql, knownView } from '../timeline/as-of.js';
import { ATTRIBUTES_TABLE } from '../workspace/company.js';

/** A table of which there is a `known_…` view. */
export type ViewedTable = TableName | typeof ATTRIBUTES_TABLE;

const VIEWED: readonly ViewedTable[] = [...TABLE_NAMES, ATTRIBUTES_TABLE];

/** The names of the views, which are all that a feature may read. */
export const KNOWN_VIEWS: ReadonlySet<string> = new Set(VIEWED.map((table) => `known_${table}`));

/** The tables whose `known_…` views are named in a piece of SQL. */
export function viewsRead(sql: string): ViewedTable[] {
  const words = new Set(sql.toLowerCase().match(/\w+/g));
  return VIEWED.filter((table) => words.has(`known_${table}`));
}

/** Definitions for WITH of the views named in a piece of SQL, as they are at the snapshot. */
export function knownDefinitions(sql: string, snapshot: number): string[] {
  const read = viewsRead(sql);
  const ofAttributes = read.includes(ATTRIBUTES_TABLE);
  const tables = TABLE_NAMES.filter(
    (table) => read.includes(table) || (ofAttributes && table === 'accounts'),
  );
  const definitions = tables.map(
    (table) => `${knownView(table)} AS (${knownSql(CONTRACTS[table], snapshot)})`,
  );
  if (ofAttributes) {
    definitions.push(
      `known_${ATTRIBUTES_TABLE} AS (SELECT a.* FROM ${ATTRIBUTES_TABLE} a JOIN ${knownView('accounts')} USING (account_id))`,
    );
  }
  return definitions;
}
