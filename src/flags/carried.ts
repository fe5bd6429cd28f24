import { benjaminiYekutieli } from '../math/benjamini-yekutieli.js';
import { flagFigures } from './count-figures.js';
import { type Flag, raisedBy } from './flag.js';
import type { FlagRows } from './flag-rows.js';
import type { Ledger } from './ledger.js';
import { refineThresholds } from './refine.js';
import type { Conjunction } from './search/counter.js';
import type { Grid } from './search/grid.js';
import type { SearchResult } from './search/search.js';
import { byWorth, distinctConjunctions } from './shortlist.js';

/** Candidates that go on to confirmation, at most: with more, Holm's correction would cost too much. */
const MOST_CARRIED = 20;
/**
 * Candidates go on that noise would exceed in at most this share of searches, and in any case some of the strongest: what
 * is published is decided by the confirmation, which this only saves from too many hopeless guesses.
 */
const DISCOVERY_LEVEL = 0.5;
const FEWEST_CARRIED = 8;

/** A flag that goes on to confirmation. */
export interface Carried {
  readonly flag: Flag;
  /** Corrected for the search that found it, before its thresholds were refined. */
  readonly correctedP: number;
}

export interface CarryOptions {
  readonly correction: Ledger['search']['correction'];
  /** How many of the discovery's rows could be contacted. */
  readonly capacity: number;
  /** Fewest rows that raise a flag. */
  readonly least: number;
}

/** What of a search goes on to confirmation: distinct candidates, their thresholds refined. */
export function carryOn(
  searched: SearchResult,
  grid: Grid,
  rows: FlagRows,
  options: CarryOptions,
): Carried[] {
  const refined = candidatesOf(searched, grid, rows, options).map(({ flag, correctedP }) => ({
    flag: refineThresholds(flag, rows, options.least),
    correctedP,
  }));
  return distinctFlags(refined, rows);
}

/**
 * The distinct candidates that noise seldom exceeds, those most worth contacting first, and the strongest others where
 * these are few, with their p-values corrected for the search. Where outcomes were not dealt anew, the strongest are
 * corrected by their exact p and the number of all that were looked at (their rank among all is at least that among the
 * distinct, so that the correction errs on the safe side).
 */
function candidatesOf(
  { conjunctions, looked, largest }: SearchResult,
  grid: Grid,
  rows: FlagRows,
  { correction, capacity }: CarryOptions,
): Carried[] {
  const flagOf = ({ conditions }: Conjunction): Flag => ({
    conditions: conditions.map((place) => grid.conditions[place]!.condition),
  });
  const distinct = (able: readonly Conjunction[], most = MOST_CARRIED, before: readonly Conjunction[] = []) =>
    distinctConjunctions(able, grid, rows.churned, most, before);
  if (largest) {
    const correctedOf = ({ strength }: Conjunction) => westfallYoung(strength, largest);
    const able = conjunctions.filter((one) => correctedOf(one) <= DISCOVERY_LEVEL);
    const leavers = rows.churned.reduce((sum, y) => sum + y, 0);
    const worthy = distinct(byWorth(able, leavers / rows.churned.length, capacity));
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
