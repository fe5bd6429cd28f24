import type { TableName } from '../../contracts/contract.js';
import { ChurnError } from '../../errors.js';
import type { Database } from '../../sources/duckdb/database.js';
import type { Doubt } from '../intake.js';
import type { IntakeLedger } from '../ledger.js';
import { churnFlagChecks } from './churn-flag.js';
import type { DoubtAction, DoubtCheck, DoubtContext, DoubtKind } from './doubt.js';
import { overlapChecks } from './overlap.js';
import { tooEarlyChecks } from './too-early.js';
import { tooLateChecks } from './too-late.js';
import { unknownAccountChecks } from './unknown-account.js';
import { wrongOrderChecks } from './wrong-order.js';

const MOST_EXAMPLES = 5;

/** What the user wants done per kind; kinds that are not named are kept. */
export type OnDoubt = Readonly<Partial<Record<DoubtKind, DoubtAction>>>;

/** What was doubted, and rows touched by any doubt per table. */
export interface FoundDoubts {
  readonly doubts: Doubt[];
  readonly doubtedRows: ReadonlyMap<TableName, number>;
}

/** Every check of every family. */
export function doubtChecks(context: DoubtContext): DoubtCheck[] {
  return [
    ...unknownAccountChecks(),
    ...tooEarlyChecks(context),
    ...overlapChecks(),
    ...wrongOrderChecks(),
    ...tooLateChecks(context),
    ...churnFlagChecks(context),
  ];
}

/**
 * Looks for doubts in the loaded tables, and drops rows where that was asked for. All doubts are counted on the tables
 * as they were loaded, before any row is dropped.
 *
 * @throws ChurnError `bad-table` when something was found that the user wants the loading to fail for
 */
export async function findDoubts(
  database: Database,
  context: DoubtContext,
  onDoubt: OnDoubt,
  tables: ReadonlySet<TableName>,
  ledger: IntakeLedger,
): Promise<FoundDoubts> {
  await database.run(
    'CREATE TEMP TABLE doubt_hits (kind VARCHAR, table_name VARCHAR, row_id BIGINT, source_file VARCHAR, row_number BIGINT, example VARCHAR)',
  );
  try {
    const doubts: Doubt[] = [];
    for (const check of doubtChecks(context)) {
      if (!tables.has(check.table)) continue;
      const doubt = await look(database, check, onDoubt[check.kind] ?? 'keep');
      if (doubt.count > 0) doubts.push(doubt);
    }
    refuse(doubts.filter(({ action }) => action === 'fail'));
    const touched = await database.rows<{ table_name: TableName; rows: number }>(
      'SELECT table_name, count(DISTINCT row_id) AS rows FROM doubt_hits GROUP BY table_name',
    );
    // In one transaction, so that a row's id stays its own until all are dropped.
    await database.run('BEGIN');
    for (const doubt of doubts) if (doubt.action === 'drop') await drop(database, doubt, ledger);
    await database.run('COMMIT');
    return { doubts, doubtedRows: new Map(touched.map(({ table_name, rows }) => [table_name, rows])) };
  } finally {
    await database.run('DROP TABLE doubt_hits');
  }
}

async function look(database: Database, check: DoubtCheck, action: DoubtAction): Promise<Doubt> {
  const { kind, table, title, explanation, from, where, example } = check;
  await database.run(
    `INSERT INTO doubt_hits SELECT '${kind}', '${table}', t.rowid, t.source_file, t.row_number, ${example} FROM ${from} WHERE ${where}`,
  );
  const hits = `FROM doubt_hits WHERE kind = '${kind}' AND table_name = '${table}'`;
  const count = (await database.value(`SELECT count(*) ${hits}`)) as number;
  const examples = await database.rows<{ file: string; rowNumber: number; text: string }>(
    `SELECT source_file AS file, row_number AS "rowNumber", example AS text ${hits} ORDER BY row_id LIMIT ${MOST_EXAMPLES}`,
  );
  return { kind, table, title, explanation, count, examples, action };
}

function refuse(failing: readonly Doubt[]): void {
  if (failing.length === 0) return;
  const counts = failing.map(({ kind, table, count }) => `${table}: ${kind} ${count}`);
  throw new ChurnError(
    'bad-table',
    `the tables contain what must not be: ${counts.join(', ')}; correct them, or keep or drop these rows`,
    { doubts: failing },
  );
}

async function drop(database: Database, { kind, table, title }: Doubt, ledger: IntakeLedger): Promise<void> {
  const hits = `SELECT row_id FROM doubt_hits WHERE kind = '${kind}' AND table_name = '${table}'`;
  const rows = await database.rows<{ file: string; row: number; example: string }>(
    `SELECT t.source_file AS file, t.row_number AS row, min(h.example) AS example FROM ${table} t JOIN doubt_hits h ON h.row_id = t.rowid
     WHERE h.kind = '${kind}' AND h.table_name = '${table}' GROUP BY t.rowid, t.source_file, t.row_number ORDER BY t.rowid`,
  );
  await database.run(`DELETE FROM ${table} WHERE rowid IN (${hits})`);
  for (const { file, row, example } of rows) {
    ledger.takeBack(
      { table, file, rowNumber: row, column: null, value: example, reason: `dropped: ${title}` },
      'dropped',
    );
  }
}
