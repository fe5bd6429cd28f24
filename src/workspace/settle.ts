import { isMissingText } from '../cleaning/missing.js';
import { arePaddedCodes, weighNumberFormat } from '../cleaning/number-format.js';
import { parseNumber } from '../cleaning/parse-number.js';
import { CONTRACTS } from '../contracts/catalogue.js';
import type { TableName } from '../contracts/contract.js';
import type { Database } from '../sources/duckdb/database.js';
import { quoteText } from '../sources/duckdb/sql-text.js';
import { type AccountAttribute, ATTRIBUTES_TABLE } from './company.js';
import type { IntakeLedger } from './ledger.js';
import type { TableMapping } from './mapping.js';
import { CHURN_FLAGS_TABLE } from './table-writer.js';

/** Rejects rows whose key an earlier row has. */
export async function rejectRepeatedKeys(
  database: Database,
  table: TableName,
  ledger: IntakeLedger,
): Promise<void> {
  const { key } = CONTRACTS[table];
  if (key === null) return;
  const repeats = `SELECT rowid AS row_id FROM ${table} QUALIFY row_number() OVER (PARTITION BY ${key} ORDER BY rowid) > 1`;
  await rejectRows(database, table, repeats, key, 'is the id of an earlier row', ledger);
  if (table !== 'accounts') return;
  for (const [own, by] of [
    [ATTRIBUTES_TABLE, 'account_id, name'],
    [CHURN_FLAGS_TABLE, 'account_id'],
  ]) {
    await database.run(
      `DELETE FROM ${own} WHERE rowid IN (SELECT rowid FROM ${own} QUALIFY row_number() OVER (PARTITION BY ${by} ORDER BY rowid) > 1)`,
    );
  }
}

/** Fills in sign-ups that the configuration takes from other tables; accounts that have no such row are rejected. */
export async function settleSignUps(
  database: Database,
  mappings: readonly { readonly table: TableName; readonly mapping: TableMapping }[],
  ledger: IntakeLedger,
): Promise<void> {
  const sources = mappings.flatMap(({ table, mapping }) => {
    const source = table === 'accounts' ? mapping.columns['created_at'] : undefined;
    return typeof source === 'object' && source.earliest !== undefined ? source.earliest : [];
  });
  if (sources.length === 0) return;
  const firsts = [...new Set(sources)].map((source) => {
    const [table, column] = source.split('.');
    return `SELECT account_id, min(${column}) AS first_at FROM ${table} GROUP BY account_id`;
  });
  await database.run(
    `UPDATE accounts SET created_at = f.first_at FROM (SELECT account_id, min(first_at) AS first_at FROM (${firsts.join(' UNION ALL ')}) GROUP BY account_id) f
     WHERE accounts.account_id = f.account_id AND accounts.created_at IS NULL`,
  );
  const without = 'SELECT rowid AS row_id FROM accounts WHERE created_at IS NULL';
  await rejectRows(
    database,
    'accounts',
    without,
    'account_id',
    `has no row in ${[...new Set(sources)].join(', ')}, so no sign-up`,
    ledger,
  );
}

async function rejectRows(
  database: Database,
  table: TableName,
  rowIds: string,
  column: string,
  reason: string,
  ledger: IntakeLedger,
): Promise<void> {
  const rows = await database.rows<{ file: string; row: number; value: string }>(
    `SELECT source_file AS file, row_number AS row, ${column} AS value FROM ${table} WHERE rowid IN (${rowIds}) ORDER BY rowid`,
  );
  if (rows.length === 0) return;
  await database.run(`DELETE FROM ${table} WHERE rowid IN (${rowIds})`);
  for (const { file, row, value } of rows) {
    ledger.takeBack({ table, file, rowNumber: row, column, value, reason }, 'rejected');
  }
}

/**
 * Decides which of the user's own account columns are numbers: those whose every text that means something is one, and
 * no code padded with zeros. Attributes of accounts that were not kept are removed.
 */
export async function settleAttributes(database: Database): Promise<AccountAttribute[]> {
  await database.run(
    `DELETE FROM ${ATTRIBUTES_TABLE} WHERE account_id NOT IN (SELECT account_id FROM accounts)`,
  );
  await database.run(`DELETE FROM ${ATTRIBUTES_TABLE} WHERE text IS NULL`);
  const names = await database.rows<{ name: string }>(
    `SELECT name FROM ${ATTRIBUTES_TABLE} GROUP BY name ORDER BY min(rowid)`,
  );
  const attributes: AccountAttribute[] = [];
  for (const { name } of names) {
    attributes.push({ name, kind: (await becomeNumber(database, name)) ? 'number' : 'text' });
  }
  return attributes;
}

async function becomeNumber(database: Database, name: string): Promise<boolean> {
  const rows = await database.rows<{ text: string; count: number }>(
    `SELECT text, count(*) AS count FROM ${ATTRIBUTES_TABLE} WHERE name = ${quoteText(name)} GROUP BY text ORDER BY text`,
  );
  const present = rows.filter(({ text }) => !isMissingText(text));
  const texts = present.map(({ text }) => text);
  const { decimal } = weighNumberFormat(
    texts,
    present.map(({ count }) => count),
  );
  const numbers = texts.map((text) => parseNumber(text, { decimalComma: decimal === 'comma' }));
  if (numbers.length === 0 || !numbers.every(Number.isFinite) || arePaddedCodes(texts)) return false;
  await database.run('CREATE TEMP TABLE text_numbers (text VARCHAR, number DOUBLE)');
  await database.append('text_numbers', ['VARCHAR', 'DOUBLE'], [texts, Float64Array.from(numbers)]);
  await database.run(
    `UPDATE ${ATTRIBUTES_TABLE} SET number = (SELECT n.number FROM text_numbers n WHERE n.text = ${ATTRIBUTES_TABLE}.text), text = NULL WHERE name = ${quoteText(name)}`,
  );
  await database.run('DROP TABLE text_numbers');
  return true;
}
