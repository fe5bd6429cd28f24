import { createHash } from 'node:crypto';
import { ChurnError } from '../errors.js';
import { benjaminiYekutieli } from '../math/benjamini-yekutieli.js';
import type { Random } from '../math/random.js';
import { type CategoryColumn, takeRows } from '../tables/table.js';
import { VERSION } from '../version.js';
import { type Confirmation, confirm } from './confirm.js';
import { flagFigures } from './count-figures.js';
import { checkFlag, writeFlag } from './expression.js';
import { type Flag, raisedBy } from './flag.js';
import type { FlagRows } from './flag-rows.js';
import { flagSql } from './flag-sql.js';
import { checkGroups } from './group-check.js';
import type { Fact, Ledger } from './ledger.js';
import { refineThresholds } from './refine.js';
import { chooseWithin, crossOff, inOrder, setAside } from './returns.js';
import { conditionGrid } from './search/condition-grid.js';
import type { Conjunction } from './search/counter.js';
import type { Grid } from './search/grid.js';
import { type SearchResult, searchConjunctions } from './search/search.js';
import { byWorth, distinctConjunctions } from './shortlist.js';
import { findTriggers } from './triggers.js';

/** Conditions that are joined, at most; with many features numbers are cut more coarsely. */
const MOST_CONDITIONS = 1_000;
/** Strength that nothing is kept below: less is common in noise. */
const LEAST_STRENGTH = 3;
const MOST_KEPT = 50_000;
/** Candidates that go on to confirmation, at most: with more, Holm's correction would cost too much. */
const MOST_CARRIED = 20;
/**
 * Candidates go on that noise would exceed in at most this share of searches, and in any case some of the strongest: what
 * is published is decided by the confirmation, which this only saves from too many hopeless guesses.
 */
const DISCOVERY_LEVEL = 0.5;
const FEWEST_CARRIED = 8;

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
  const candidates = carriedOn(searched, grid, discovery, settled.correction, scaled(discovery));
  const found = distinctFlags(
    candidates.map((one) => ({ ...one, flag: refineThresholds(one.flag, discovery, settled.least) })),
    discovery,
  );
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

/**
 * The distinct candidates that noise seldom exceeds, those most worth contacting first, and the strongest others where
 * these are few, with their p-values corrected for the search. Where outcomes were not dealt anew, the strongest are
 * corrected by their exact p and the number of all that were looked at (their rank among all is at least that among the
 * distinct, so that the correction errs on the safe side).
 */
function carriedOn(
  { conjunctions, looked, largest }: SearchResult,
  grid: Grid,
  rows: FlagRows,
  correction: Settled['correction'],
  capacity: number,
): { flag: Flag; correctedP: number }[] {
  const flagOf = ({ conditions }: Conjunction): Flag => ({
    conditions: conditions.map((place) => grid.conditions[place]!.condition),
  });
  const distinct = (able: readonly Conjunction[], most = MOST_CARRIED, before: readonly Conjunction[] = []) =>
    distinctConjunctions(able, grid, rows.churned, most, before);
  if (largest) {
    const correctedOf = ({ strength }: Conjunction) => westfallYoung(strength, largest);
    const able = conjunctions.filter((one) => correctedOf(one) <= DISCOVERY_LEVEL);
    const { churned } = sizeOf(rows);
    const worthy = distinct(byWorth(able, churned / rows.churned.length, capacity));
    const chosen = worthy.length < FEWEST_CARRIED ? distinct(conjunctions, FEWEST_CARRIED, worthy) : worthy;
    return chosen.map((one) => ({ flag: flagOf(one), correctedP: correctedOf(one) }));
  }
  const flags = distinct(conjunctions).map(flagOf);
  const ps = flags.map((flag) => flagFigures(raisedBy(flag, rows.table), rows).p);
  const corrected =
    correction === 'benjamini-yekutieli'
      ? benjaminiYekutieli(ps, looked)
      : ps.map((p) => Math.min(1, p * looked));
  return flags
    .map((flag, i) => ({ flag, correctedP: corrected[i]! }))
    .filter(({ correctedP }, i) => i < FEWEST_CARRIED || correctedP <= DISCOVERY_LEVEL);
}

/** Flags of which each has half of its rows for itself: thresholds that moved may have made two of them alike. */
function distinctFlags<Found extends { readonly flag: Flag }>(
  found: readonly Found[],
  rows: FlagRows,
): Found[] {
  const taken = new Uint8Array(rows.churned.length);
  return found.filter(({ flag }) => {
    const raised = raisedBy(flag, rows.table);
    const fresh = raised.filter((one, row) => one === 1 && taken[row] === 0).length;
    if (2 * fresh < raised.filter((one) => one === 1).length) return false;
    raised.forEach((one, row) => {
      taken[row]! |= one;
    });
    return true;
  });
}

/**
 * Share of the dealings, the observed one among them, in which some conjunction is as strong: the chance that a search
 * of this size finds such a thing where there is nothing.
 *
 * @see Westfall and Young (1993), Resampling-based multiple testing: single-step maxT
 */
export function westfallYoung(strength: number, largest: Float64Array): number {
  let stronger = 0;
  for (const one of largest) if (one >= strength) stronger++;
  return (1 + stronger) / (1 + largest.length);
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
