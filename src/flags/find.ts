import { createHash } from 'node:crypto';
import { ChurnError } from '../errors.js';
import type { Random } from '../math/random.js';
import { type CategoryColumn, takeRows } from '../tables/table.js';
import { VERSION } from '../version.js';
import { carryOn } from './carried.js';
import { type Confirmation, confirm } from './confirm.js';
import { flagFigures } from './count-figures.js';
import { checkFlag, writeFlag } from './expression.js';
import { type Flag, raisedBy } from './flag.js';
import type { FlagRows } from './flag-rows.js';
import { flagSql } from './flag-sql.js';
import { checkGroups } from './group-check.js';
import type { Fact, Ledger } from './ledger.js';
import { chooseWithin, crossOff, inOrder, setAside } from './returns.js';
import { conditionGrid } from './search/condition-grid.js';
import { type Grid, MOST_CONDITIONS as NUMBERED_CONDITIONS } from './search/grid.js';
import { type SearchResult, searchConjunctions } from './search/search.js';
import { findTriggers } from './triggers.js';

/** Conditions that are joined, at most; with many features numbers are cut more coarsely. */
const MOST_CONDITIONS = 1_000;
/** Strength that nothing is kept below: less is common in noise. */
const LEAST_STRENGTH = 3;
const MOST_KEPT = 50_000;
/** What flags are looked for in, and confirmed on. */
export interface FlagData {
  readonly discovery: FlagRows;
  readonly confirmation: FlagRows;
  /** What the confirmation's rows may be parted by: stages, segments, months. */
  readonly strata: readonly CategoryColumn[];
  /** Accounts that a list of contacts is drawn from. */
  readonly population: number;
  /** Days from a flag to the leaving, where there are dates. */
  readonly warningOf?: (flag: Flag) => Fact['warning'];
}

/** What is written down beside the findings. */
export interface FlagSource {
  readonly data: Ledger['data'];
  /** First and last snapshot of each part; `null` without dates. */
  readonly dates: { readonly discovery: DateRange; readonly confirmation: DateRange };
  /** Days, `YYYY-MM-DD`; `null` where there are no dates and no clock may be asked. */
  readonly publishedOn: string | null;
  readonly expiresOn: string | null;
}

export interface DateRange {
  readonly from: string | null;
  readonly to: string | null;
}

/** How flags are looked for. */
export interface FindFlagsOptions {
  readonly seed: number;
  readonly random: Random;
  /** Most conditions of a flag, 1 to 4; with 1 only triggers are looked at. Default 3. */
  readonly depth?: number;
  /** Fewest rows of the discovery part that raise a flag. Default: at least 20, up to 40, a 400th of many rows. */
  readonly least?: number;
  /** Accounts that can be contacted; the facts are ordered for it. Default 70. */
  readonly capacity?: number;
  /** How often outcomes are dealt anew. Default 1,000; 255 where many features make that long. */
  readonly permutations?: number;
  readonly correction?: Ledger['search']['correction'];
  /** Rows that raise these are set aside first. */
  readonly handled?: readonly Flag[];
  /** Flags of the user's own, confirmed along with what is found. */
  readonly own?: readonly Flag[];
  /** Conditions that are joined, at most. Default 1,000. */
  readonly mostConditions?: number;
  /** Words of 128 rows that may be joined; where deeper conjunctions would take more, the depth is less. */
  readonly mostWork?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (label: string, share: number) => void;
}

/** @throws ChurnError `bad-option` */
function settle(options: FindFlagsOptions, rows: number) {
  const { depth = 3, capacity = 70, permutations, least = defaultLeast(rows) } = options;
  const whole = (name: string, value: number, from: number, to: number) => {
    if (Number.isInteger(value) && value >= from && value <= to) return;
    throw new ChurnError(
      'bad-option',
      `flags: ${name} must be a whole number from ${from} to ${to}, found ${value}`,
    );
  };
  whole('depth', depth, 1, 4);
  whole('capacity', capacity, 1, 1e9);
  if (permutations !== undefined) whole('permutations', permutations, 0, 100_000);
  whole('least accounts', least, 1, 1e9);
  return { depth, capacity, permutations, least, correction: options.correction ?? 'westfall-young' };
}

function defaultLeast(rows: number): number {
  return Math.max(20, Math.min(40, Math.ceil(rows / 50)), Math.ceil(rows / 400));
}

/**
 * Finds conjunctions of conditions that go with more leaving than the base rate and than any part of them: all are
 * looked at in the discovery part, those beyond the chance finds of the whole search are confirmed on rows that it did
 * not see, and all of them, the failed ones too, are written down.
 *
 * Whatever the search does, the chance of a single false fact among the published is at most 5 %: the confirmation's
 * tests are exact, on other rows, and corrected for their number. When the search is stopped, what it found by then goes
 * on; its corrected p is then Bonferroni's.
 *
 * @throws ChurnError `bad-option`, `missing-column` for a handled or own flag that the table cannot answer
 * @example
 * const part = (inside: number) => {
 *   const rows = Int32Array.from(churned.keys()).filter((row) => row % 2 === inside);
 *   const snapshot = new Int32Array(rows.length);
 *   return {
 *     table: takeRows(table, rows),
 *     churned: Uint8Array.from(rows, (row) => churned[row] ?? 0),
 *     snapshot,
 *   };
 * };
 * const found = await findFlags(
 *   { discovery: part(0), confirmation: part(1), strata: [], population: table.rows },
 *   {
 *     data: { file: 'customers.csv', sha256: '' },
 *     dates: { discovery: { from: null, to: null }, confirmation: { from: null, to: null } },
 *     publishedOn: null,
 *     expiresOn: null,
 *   },
 *   { seed: 7, random: seededRandom(7), depth: 2, permutations: 99 },
 * );
 */
export async function findFlags(
  data: FlagData,
  source: FlagSource,
  options: FindFlagsOptions,
): Promise<Ledger> {
  const { seed, handled = [], own = [], onProgress = () => {} } = options;
  for (const flag of [...handled, ...own]) checkFlag(flag, data.discovery.table);
  const { discovery, confirmation, strata, counts } = withoutHandled(data, handled);
  const settled = settle(options, discovery.churned.length);
  const grid = conditionGrid(discovery.table, {
    least: settled.least,
    most: options.mostConditions ?? MOST_CONDITIONS,
  });
  const depth = affordableDepth(grid, settled.depth, options.mostWork ?? Infinity);
  const permutations = settled.permutations ?? usualPermutations(grid);
  const searched = await search(discovery, grid, { ...settled, depth, permutations }, options);
  const scaled = ({ churned }: FlagRows) =>
    Math.max(1, Math.round((settled.capacity * churned.length) / Math.max(1, data.population)));
  const found = carryOn(searched, grid, discovery, { ...settled, capacity: scaled(discovery) });
  onProgress('Confirming', 0.98);
  const carried = [...found, ...own.map((flag) => ({ flag, correctedP: null }))];
  const confirmed = confirm(
    carried.map(({ flag }) => flag),
    confirmation,
  );
  const groups = checkGroups(
    carried.map(({ flag }) => flag),
    confirmation,
    strata,
  );
  const facts = carried.map(({ flag, correctedP }, i): Fact => {
    const figures = flagFigures(raisedBy(flag, discovery.table), discovery);
    return {
      ...namesOf(flag),
      ...statusOf(confirmed[i]!),
      publishedOn: source.publishedOn,
      expiresOn: source.expiresOn,
      discovery: { ...figures, correctedP: correctedP ?? figures.p },
      confirmation: confirmed[i]!.confirmation,
      singles: confirmed[i]!.singles,
      parts: confirmed[i]!.parts,
      groups: groups[i]!,
      warning: data.warningOf?.(flag) ?? null,
      retests: [],
    };
  });
  const published = inOrderOfWorth(facts, confirmation, scaled(confirmation));
  const triggers = grid.conditions.map(({ condition }): Flag => ({ conditions: [condition] }));
  const flags = published.map(({ conditions }): Flag => ({ conditions }));
  return {
    formatVersion: 1,
    kind: 'churnlab-flags',
    churnlabVersion: VERSION,
    data: source.data,
    seed,
    discovery: { ...sizeOf(discovery), ...source.dates.discovery },
    confirmation: { ...sizeOf(confirmation), ...source.dates.confirmation },
    handled: counts,
    search: {
      conditions: grid.conditions.length,
      depth,
      leastAccounts: settled.least,
      candidates: searched.looked,
      complete: searched.complete,
      correction: settled.correction,
      permutations: searched.largest?.length ?? 0,
      carried: carried.length,
    },
    capacity: settled.capacity,
    facts: [...published, ...facts.filter(({ status }) => status !== 'confirmed')],
    overlap: overlapsOf(flags, confirmation),
    triggers: findTriggers(
      grid.conditions.map(({ condition }) => condition),
      confirmation,
    ),
    // The order is chosen where the flags were found, the figures are of other rows.
    triggerReturns: inOrder(orderOfReturns(triggers, discovery), confirmation),
    flagReturns: inOrder(flags, confirmation),
  };
}

function withoutHandled({ discovery, confirmation, strata }: FlagData, handled: readonly Flag[]) {
  if (handled.length === 0) return { discovery, confirmation, strata, counts: [] };
  const [found, later] = [setAside(discovery, handled), setAside(confirmation, handled)];
  const raised = handled.map((flag) => raisedBy(flag, confirmation.table));
  const kept = Int32Array.from(confirmation.churned.keys()).filter((row) =>
    raised.every((one) => one[row] === 0),
  );
  const columns = takeRows({ rows: confirmation.churned.length, columns: strata }, kept).columns;
  return {
    discovery: found.rows,
    confirmation: later.rows,
    strata: columns as CategoryColumn[],
    counts: found.handled.map(({ expression, accounts, churned }, i) => ({
      expression,
      accounts: accounts + later.handled[i]!.accounts,
      churned: churned + later.handled[i]!.churned,
    })),
  };
}

/** The deepest search up to the given depth whose conjunctions can be counted with so much work. */
function affordableDepth({ conditions, rows }: Grid, depth: number, mostWork: number): number {
  const count = conditions.length;
  if (count >= NUMBERED_CONDITIONS) return 1;
  let [affordable, candidates] = [1, count];
  while (affordable < depth) {
    candidates *= (count - affordable) / (affordable + 1);
    if ((candidates * rows) / 128 > mostWork) break;
    affordable++;
  }
  return affordable;
}

/** Counting them takes minutes where the conditions squared, the features and the rows multiply to more than this. */
const QUICK = 1e11;

function usualPermutations({ conditions, features, rows }: Grid): number {
  return conditions.length ** 2 * features.length * rows > QUICK ? 255 : 1_000;
}

type Settled = ReturnType<typeof settle>;

async function search(
  { churned, snapshot }: FlagRows,
  grid: Grid,
  { depth, least, permutations, correction }: Settled & { permutations: number },
  { random, signal, onProgress = () => {} }: FindFlagsOptions,
): Promise<SearchResult> {
  if (depth === 1) return { looked: 0, conjunctions: [], complete: true, largest: null };
  return searchConjunctions(
    { grid, churned, least, depth, leastStrength: LEAST_STRENGTH, mostKept: MOST_KEPT },
    {
      random: random.fork('dealings'),
      dealings: correction === 'westfall-young' ? permutations : 0,
      snapshot,
      ...(signal === undefined ? {} : { signal }),
      onProgress: (label, share) => onProgress(label, 0.95 * share),
    },
  );
}

function namesOf(flag: Flag): Pick<Fact, 'id' | 'conditions' | 'expression' | 'sql'> {
  const expression = writeFlag(flag);
  const id = createHash('sha256').update(expression).digest('hex').slice(0, 8);
  return { id, conditions: flag.conditions, expression, sql: flagSql(flag) };
}

function statusOf({ isConfirmed, why }: Confirmation): Pick<Fact, 'status' | 'why'> {
  return { status: isConfirmed ? 'confirmed' : 'failed', why };
}

function inOrderOfWorth(facts: readonly Fact[], rows: FlagRows, capacity: number): Fact[] {
  const rated = facts
    .filter(({ status }) => status === 'confirmed')
    .map((fact) => ({ fact, flag: { conditions: fact.conditions }, rate: fact.confirmation.rate }));
  return chooseWithin(rated, rows, capacity).map(({ fact }) => fact);
}

function orderOfReturns(triggers: readonly Flag[], discovery: FlagRows): Flag[] {
  const byExpression = new Map(triggers.map((flag) => [writeFlag(flag), flag]));
  return crossOff(triggers, discovery).map(({ expression }) => byExpression.get(expression)!);
}

function sizeOf({ churned }: FlagRows): { rows: number; churned: number } {
  return { rows: churned.length, churned: churned.reduce((sum, y) => sum + y, 0) };
}

/** Of each two flags, the share of the smaller one's rows that the other has too. */
function overlapsOf(flags: readonly Flag[], rows: FlagRows): number[][] {
  const raised = flags.map((flag) => raisedBy(flag, rows.table));
  return raised.map((one) =>
    raised.map((other) => {
      let [both, first, second] = [0, 0, 0];
      for (let row = 0; row < one.length; row++) {
        both += one[row]! & other[row]!;
        first += one[row]!;
        second += other[row]!;
      }
      return both / Math.max(1, Math.min(first, second));
    }),
  );
}
