import { ChurnError } from '../errors.js';
import type { Database } from '../sources/duckdb/database.js';
import { quoteText } from '../sources/duckdb/sql-text.js';
import { KNOWN_VIEWS } from './known-views.js';
import { type FeatureScan, scanSql } from './plan.js';

/** Table functions that make rows out of nothing but their arguments. */
const HARMLESS_TABLES = new Set(['unnest()', 'range()', 'generate_series()']);

/** Functions whose answer depends on the clock, on chance, or on a state that is not the tables'. */
const RESTLESS_FUNCTIONS = new Set([
  'current_date',
  'current_localtime',
  'current_localtimestamp',
  'current_setting',
  'current_timestamp',
  'gen_random_uuid',
  'get_current_time',
  'get_current_timestamp',
  'getenv',
  'getvariable',
  'now',
  'random',
  'nextval',
  'currval',
  'today',
  'transaction_timestamp',
  'txid_current',
  'uuid',
  'uuidv4',
  'uuidv7',
]);

/**
 * Holds the SQL of features to the `known_…` views, by the engine's own parser: nothing else can be read, neither a
 * table as it became later nor a file, and no clock.
 *
 * @throws ChurnError `bad-option` naming the aspect, the feature, and what it reads or calls
 */
export async function requireOnlyKnown(database: Database, scan: FeatureScan): Promise<void> {
  const fault = await faultOf(database, scan);
  if (fault === null) return;
  for (const feature of scan.features) {
    const { aspect, name } = feature;
    const itsFault = await faultOf(database, { from: scan.from, features: [feature] });
    if (itsFault !== null) {
      throw new ChurnError('bad-option', `aspect ${aspect}, feature ${name}: ${itsFault}`, {
        aspect,
        feature: name,
      });
    }
  }
  // Each alone is sound and together they are not.
  const { aspect } = scan.features[0]!;
  throw new ChurnError('bad-option', `aspect ${aspect}: ${fault}`, { aspect });
}

/** What is wrong with a scan's SQL, in words. */
async function faultOf(database: Database, scan: FeatureScan): Promise<string | null> {
  const parsed = await parse(database, scan);
  if ('message' in parsed) return `its SQL cannot be read: ${parsed.message}`;
  const { tables, called, given } = namesIn(parsed.statements);
  // A query named by WITH may read a table of its own name, so such a name excuses nothing.
  const existing = given.size > 0 ? await tableNames(database) : given;
  const forbidden = tables.filter(
    (name) =>
      !KNOWN_VIEWS.has(name) && !HARMLESS_TABLES.has(name) && (!given.has(name) || existing.has(name)),
  );
  if (forbidden.length > 0) {
    return (
      `its SQL reads ${forbidden.join(', ')}, which may hold what was not known at the snapshot; ` +
      'read views such as known_accounts alone'
    );
  }
  const restless = called.filter((name) => RESTLESS_FUNCTIONS.has(name));
  if (restless.length > 0) {
    return `its SQL calls ${restless.join(', ')}, which gives another answer each time; use {snapshot} for the time`;
  }
  return null;
}

async function tableNames(database: Database): Promise<Set<string>> {
  const tables = await database.rows<{ name: string }>(
    'SELECT table_name AS name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views()',
  );
  return new Set(tables.map(({ name }) => name.toLowerCase()));
}

interface Names {
  /** Tables, files and table functions, these with `()` behind. */
  readonly tables: string[];
  readonly called: string[];
  /** Names given by WITH. */
  readonly given: ReadonlySet<string>;
}

function namesIn(statements: unknown): Names {
  const tables: string[] = [];
  const called: string[] = [];
  const given = new Set<string>();
  for (const node of treeNodes(statements)) {
    const functionName = lower(node.function_name);
    if (functionName) called.push(functionName);
    // `current_date`, without parentheses, is a column to the parser.
    if (node.type === 'COLUMN_REF') called.push(lower((node.column_names as unknown[]).at(-1)));
    if (node.type === 'BASE_TABLE')
      tables.push([node.schema_name, node.table_name].filter(Boolean).map(lower).join('.'));
    if (node.type === 'TABLE_FUNCTION') tables.push(`${lower((node.function as TreeNode).function_name)}()`);
    if (node.type === 'SHOW_REF') tables.push('the names of tables');
    for (const { key } of (node.cte_map as { map: { key: string }[] } | undefined)?.map ?? [])
      given.add(lower(key));
  }
  return { tables, called, given };
}

type TreeNode = Record<string, unknown>;

const lower = (name: unknown) => (typeof name === 'string' ? name.toLowerCase() : '');

/** Every object of the parser's tree, whatever its shape. */
function* treeNodes(tree: unknown): Generator<TreeNode> {
  if (typeof tree !== 'object' || tree === null) return;
  if (!Array.isArray(tree)) yield tree as TreeNode;
  for (const branch of Object.values(tree)) yield* treeNodes(branch);
}

/** The engine's tree of a query, or why it is no single query. */
async function parse(
  database: Database,
  scan: FeatureScan,
): Promise<{ statements: unknown[] } | { message: string }> {
  const sql = scanSql(scan, 0);
  const answer = JSON.parse(String(await database.value(`SELECT json_serialize_sql(${quoteText(sql)})`)));
  if (answer.error) return { message: String(answer.error_message).split('\n')[0]! };
  if (answer.statements.length !== 1) return { message: 'it holds more than one statement' };
  return { statements: answer.statements };
}
