import { parseArgs } from 'node:util';
import { CONTRACTS, TABLE_NAMES } from '../src/contracts/catalogue.js';
import { createTableSql } from '../src/contracts/contract.js';
import { buildFeatures } from '../src/features/build.js';
import { featureCatalogue } from '../src/features/catalogue.js';
import { type Database, openDatabase } from '../src/sources/duckdb/database.js';
import { sqlInstant } from '../src/timeline/as-of.js';
import { snapshotDates } from '../src/timeline/snapshot.js';
import {
  type Company,
  CREATE_ATTRIBUTES_SQL,
  DEFAULT_CHURN_RULES,
  DEFAULT_STAGE_RULES,
} from '../src/workspace/company.js';
import { peakMegabytes, resetPeak } from './memory.js';

const SNAPSHOTS = snapshotDates({ from: Date.UTC(2024, 0, 1), until: Date.UTC(2024, 11, 1) }, 'month');
/** Half a year before the first snapshot, until the last. */
const EVENTS_FROM = Date.UTC(2023, 5, 1);
const EVENTS_UNTIL = SNAPSHOTS.at(-1)!;
const LOOKBACKS = [7, 14, 28, 90, 180];
const COUNTS = LOOKBACKS.map((days) => `usage_events_${days}d`);

/**
 * Seconds and peak memory of usage features for 12 monthly snapshots, beside the shortest query that a person would
 * write for the same counts; the two tables of counts must be equal.
 *
 * `npm run bench -- features [--events 50000000] [--accounts 100000]`
 */
export async function benchFeatures(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      events: { type: 'string', default: '50000000' },
      accounts: { type: 'string', default: '100000' },
    },
  });
  const database = await openDatabase();
  try {
    const company = await makeCompany(database, Number(values.accounts), Number(values.events));
    console.log(`${values.events} events, ${values.accounts} accounts, ${SNAPSHOTS.length} snapshots`);
    const catalogue = featureCatalogue(company);
    const counts = catalogue.filter(({ name }) => COUNTS.includes(name));
    const usage = catalogue.filter(({ aspect }) => aspect === 'usage');
    const build = (into: string, features: typeof catalogue) =>
      buildFeatures(company, { accounts: 'snapshot_accounts', into, features });

    const byHand = await timed('counts, written by hand', () => countByHand(database));
    const built = await timed('counts, as features', () => build('built', counts));
    await timed(`all ${usage.length} features of usage`, () => build('usage', usage));
    console.log(
      `counts: features ÷ by hand = ${(built.seconds / byHand.seconds).toFixed(2)} in time, ` +
        `${(built.cpuSeconds / byHand.cpuSeconds).toFixed(2)} in work of the processor`,
    );
    await requireEqual(database);
  } finally {
    await database.close();
  }
}

/** Events in order of time, as logs are, on accounts that a hash picks; everybody pays all the time. */
async function makeCompany(database: Database, accounts: number, events: number): Promise<Company> {
  for (const table of TABLE_NAMES) await database.run(createTableSql(CONTRACTS[table]));
  await database.run(CREATE_ATTRIBUTES_SQL);
  const account = (number: string) => `'A' || lpad((${number})::VARCHAR, 7, '0')`;
  const spacing = ((EVENTS_UNTIL - EVENTS_FROM) * 1000) / events;
  await database.run(`
    INSERT INTO accounts (account_id, created_at)
      SELECT ${account('i')}, ${sqlInstant(EVENTS_FROM)} FROM range(${accounts}) t(i);
    INSERT INTO subscriptions (subscription_id, account_id, started_at, mrr_cents, currency, seats)
      SELECT 'S' || i, ${account('i')}, ${sqlInstant(EVENTS_FROM)}, 10000, 'EUR', 5 FROM range(${accounts}) t(i);
    INSERT INTO usage_events
      SELECT ${account(`hash(i, 7) % ${accounts}`)}, 'u' || (hash(i, 8) % 10),
        ${sqlInstant(EVENTS_FROM)} + to_microseconds((i * ${spacing})::BIGINT), 'event ' || (hash(i, 9) % 20),
        NULL, NULL, 'events.csv', i + 1
      FROM range(${events}) t(i)`);
  await database.run('CREATE TABLE snapshot_accounts (account_id VARCHAR, snapshot_at TIMESTAMP)');
  for (const snapshot of SNAPSHOTS) {
    await database.run(
      `INSERT INTO snapshot_accounts SELECT account_id, ${sqlInstant(snapshot)} FROM accounts`,
    );
  }
  await database.run('CHECKPOINT');
  return {
    database,
    settings: {
      name: 'bench',
      currency: 'EUR',
      observedUntil: EVENTS_UNTIL,
      churn: DEFAULT_CHURN_RULES,
      stages: DEFAULT_STAGE_RULES,
    },
    tables: new Set(['accounts', 'subscriptions', 'usage_events']),
    attributes: [],
    aspects: [],
  };
}

async function countByHand(database: Database): Promise<void> {
  const columns = COUNTS.map((name) => `${name} DOUBLE`).join(', ');
  await database.run(`CREATE TABLE by_hand (account_id VARCHAR, snapshot_at TIMESTAMP, ${columns})`);
  for (const snapshot of SNAPSHOTS.map(sqlInstant)) {
    const counts = LOOKBACKS.map(
      (days, index) =>
        `count(*) FILTER (WHERE occurred_at >= ${snapshot} - INTERVAL ${days} DAY) AS ${COUNTS[index]}`,
    );
    await database.run(`
      INSERT INTO by_hand
      SELECT account_id, ${snapshot}, ${COUNTS.map((name) => `coalesce(${name}, 0)`).join(', ')}
      FROM (SELECT account_id FROM snapshot_accounts WHERE snapshot_at = ${snapshot})
      LEFT JOIN (
        SELECT account_id, ${counts.join(', ')} FROM usage_events
        WHERE occurred_at >= ${snapshot} - INTERVAL 180 DAY AND occurred_at < ${snapshot}
        GROUP BY account_id
      ) USING (account_id)
      ORDER BY account_id`);
  }
}

async function requireEqual(database: Database): Promise<void> {
  const different = await database.value(
    'SELECT (SELECT count(*) FROM (FROM built EXCEPT ALL FROM by_hand)) + (SELECT count(*) FROM (FROM by_hand EXCEPT ALL FROM built))',
  );
  const rows = await database.value('SELECT count(*) FROM built');
  if (different !== 0 || rows === 0) throw new Error(`${different} of ${rows} rows of counts differ`);
  console.log(`counts: all ${rows} rows are equal`);
}

interface Cost {
  readonly seconds: number;
  /** All threads together; unlike the time, it does not depend on what else the machine does. */
  readonly cpuSeconds: number;
}

async function timed(what: string, work: () => Promise<unknown>): Promise<Cost> {
  resetPeak();
  const started = process.hrtime.bigint();
  const cpuBefore = process.cpuUsage();
  await work();
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuSeconds = (user + system) / 1e6;
  console.log(
    `${what.padEnd(28)} ${seconds.toFixed(1).padStart(7)} s ${cpuSeconds.toFixed(1).padStart(7)} s CPU ` +
      `${peakMegabytes().toFixed(0).padStart(6)} MB peak`,
  );
  return { seconds, cpuSeconds };
}
