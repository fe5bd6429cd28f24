import { rawColumns } from '../cleaning/nearest-name.js';
import type { Database } from '../sources/duckdb/database.js';
import { readTable } from '../sources/read-table.js';
import { cellText } from '../tables/raw-table.js';
import type { WorkspaceConfig } from './config.js';
import { CHURN_EVENTS_TABLE } from './doubts/churn-flag.js';
import type { IntakeLedger } from './ledger.js';
import { locateFile } from './workspace-file.js';

/**
 * Notes which accounts the list of leavings names.
 *
 * @throws ChurnError `bad-file`, `missing-column`
 */
export async function loadChurnEvents(
  database: Database,
  ledger: IntakeLedger,
  folder: string,
  { file, sheet, account_id }: NonNullable<WorkspaceConfig['churnEvents']>,
): Promise<void> {
  const path = locateFile(folder, file, 'churnEvents');
  const { raw, read, sha256 } = await readTable(path, sheet === undefined ? {} : { sheet });
  const [column] = rawColumns(`churnEvents: ${file}`, raw, [account_id]);
  ledger.addSideFile({ file, sha256, read, unused: read - raw.rows });
  const accounts = Array.from({ length: raw.rows }, (_, row) => cellText(column!, row)?.trim() ?? null);
  await database.append(CHURN_EVENTS_TABLE, ['VARCHAR'], [accounts.filter((account) => account !== null)]);
}
