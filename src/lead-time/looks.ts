import { ChurnError } from '../errors.js';
import { buildFeatures } from '../features/build.js';
import type { Feature } from '../features/catalogue.js';
import { quoteName } from '../sources/duckdb/sql-text.js';
import { sqlInstant } from '../timeline/as-of.js';
import { addDays } from '../timeline/snapshot.js';
import type { Company } from '../workspace/company.js';
import { withAlignedCompany } from './aligned-company.js';
import type { Look } from './curve.js';
import type { Subject } from './matched-sets.js';

const LOOKS_TABLE = 'looks';
const VALUES_TABLE = 'look_values';
/** Columns read at once, so that thousands of features do not lie in memory twice. */
const COLUMNS_AT_ONCE = 50;

/** Who was active on each of the days before leaving; a stayer counts only while its set's leaver does. */
export function looksAt(gridDays: readonly number[], subjects: readonly Subject[]): Look[] {
  const numbers = new Map<string, number>();
  for (const { accountId } of subjects) {
    if (!numbers.has(accountId)) numbers.set(accountId, numbers.size);
  }
  return gridDays.map((daysBefore) => {
    const seen = subjects.flatMap((subject, index) =>
      addDays(subject.leftAt, -daysBefore) > subject.activeSince ? [index] : [],
    );
    return {
      daysBefore,
      subjects: Int32Array.from(seen),
      isLeaver: Uint8Array.from(seen, (index) => Number(subjects[index]!.isLeaver)),
      accounts: Int32Array.from(seen, (index) => numbers.get(subjects[index]!.accountId)!),
    };
  });
}

/** The values of features, one array for each feature and look. */
export async function featuresAtLooks(
  company: Company,
  features: readonly Feature[],
  subjects: readonly Subject[],
  looks: readonly Look[],
): Promise<Float64Array[][]> {
  const leftAt = company.settings.observedUntil;
  return await withAlignedCompany(company, subjects, leftAt, async (aligned) => {
    const { database } = aligned;
    await database.run(`CREATE TABLE ${LOOKS_TABLE} (account_id VARCHAR, snapshot_at TIMESTAMP)`);
    for (const { daysBefore, subjects: seen } of looks) {
      await database.run(
        `INSERT INTO ${LOOKS_TABLE} SELECT unnest([${seen.join(', ')}])::VARCHAR, ${sqlInstant(addDays(leftAt, -daysBefore))}`,
      );
    }
    await buildFeatures(aligned, { accounts: LOOKS_TABLE, into: VALUES_TABLE, features });
    const values: Float64Array[][] = [];
    for (let from = 0; from < features.length; from += COLUMNS_AT_ONCE) {
      const names = features.slice(from, from + COLUMNS_AT_ONCE).map(({ name }) => quoteName(name));
      const table = await database.table(
        `SELECT ${names.join(', ')} FROM ${VALUES_TABLE} ORDER BY snapshot_at DESC, CAST(account_id AS INTEGER)`,
      );
      for (const column of table.columns) {
        if (column.kind === 'text') throw new ChurnError('internal', `lead times: ${column.name} is text`);
        values.push(cutByLook(column.values, looks));
      }
    }
    return values;
  });
}

function cutByLook(values: Float64Array, looks: readonly Look[]): Float64Array[] {
  let from = 0;
  return looks.map(({ subjects }) => {
    const ofLook = values.subarray(from, from + subjects.length);
    from += subjects.length;
    return ofLook;
  });
}
