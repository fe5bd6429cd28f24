import { rawColumns } from '../cleaning/nearest-name.js';
import { readInstants } from '../cleaning/read-instants.js';
import type { Database } from '../sources/duckdb/database.js';
import { readTable } from '../sources/read-table.js';
import { cellText } from '../tables/raw-table.js';
import type { WorkspaceConfig } from './config.js';
import { CHURN_EVENTS_TABLE } from './doubts/churn-flag.js';
import type { IntakeLedger } from './ledger.js';
import { locateFile } from './workspace-file.js';

/**
 * Notes which accounts the list of leavings names and, where `closed_at` names its column of dates, closes each account
 * at the first of its leavings.
 *
 * @throws ChurnError `bad-file`, `missing-column`, `bad-table` on a date that cannot be read
 */
export async function loadChurnEvents(
  database: Database,
  ledger: IntakeLedger,
  folder: string,
  { file, sheet, account_id, closed_at }: NonNullable<WorkspaceConfig['churnEvents']>,
): Promise<void> {
  const path = locateFile(folder, file, 'churnEvents');
  const { raw, read, sha256 } = await readTable(path, sheet === undefined ? {} : { sheet });
  const [column, dates] = rawColumns(
    `churnEvents: ${file}`,
    raw,
    closed_at === undefined ? [account_id] : [account_id, closed_at],
  );
  ledger.addSideFile({ file, sha256, read, unused: read - raw.rows });
  const accounts = Array.from({ length: raw.rows }, (_, row) => cellText(column!, row)?.trim() ?? null);
  const leftAt = dates
    ? readInstants(dates, `churnEvents: ${file}, closed_at`)
    : new Float64Array(raw.rows).fill(Number.NaN);
  const named = [...accounts.keys()].filter((row) => accounts[row] !== null);
  await database.append(
    CHURN_EVENTS_TABLE,
    ['VARCHAR', 'TIMESTAMP'],
    [named.map((row) => accounts[row]!), Float64Array.from(named, (row) => leftAt[row]!)],
  );
  await database.run(`
    UPDATE accounts SET closed_at = first_at
    FROM (SELECT account_id, min(left_at) AS first_at FROM ${CHURN_EVENTS_TABLE} GROUP BY account_id) events
    WHERE accounts.account_id = events.account_id AND accounts.closed_at IS NULL`);
}
