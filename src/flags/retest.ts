import { ChurnError } from '../errors.js';
import { holm } from '../math/holm.js';
import { flagFigures } from './count-figures.js';
import { besideBaseWords, percentWords } from './figure-words.js';
import type { FlagFigures } from './figures.js';
import { raisedBy } from './flag.js';
import type { FlagRows } from './flag-rows.js';
import type { Fact, Ledger, Retest } from './ledger.js';

/** Chance of a single fact that is called alive by luck among all that are retested. */
const FALSE_LIFE = 0.05;
/** A fact is dead when surely less than this share of its confirmed excess over the base rate is left. */
const LEFT_OF_EXCESS = 0.5;

/** When a retest is made, and on which data. */
export interface RetestOptions {
  /** Day of the retest, `YYYY-MM-DD`. */
  readonly on: string;
  readonly file: string;
  readonly sha256: string;
}

/**
 * Looks at every confirmed fact on new rows. It is
 *
 * - `dead` when the upper end of the new rate's 95 % interval is less than half of the confirmed excess above the new
 *   base rate (excess: rate − base rate), also when what is left of it is beyond doubt. Each fact is judged by itself
 *   here, without correction. It is retired;
 * - `alive` when more leave than the base rate beyond doubt (exact, conditional on the snapshots; Holm over all facts
 *   retested, 5 %). It may be used for as long again as it could when it was published;
 * - `unclear` otherwise, also when no account raises it or the new table lacks one of its features. It stays as it is,
 *   and is retired when it expired before this day.
 *
 * Facts that failed or were retired stay in the ledger and are not looked at: new data cannot publish a guess that a
 * search chose and a confirmation refused; that takes a new search. No fact is lost; confirmed ones come first, as
 * ledgers have it, and `overlap` keeps to them. All else is left as it was found.
 *
 * @param rows accounts that neither found nor confirmed any fact; as in the search, without those already handled
 * @throws ChurnError `bad-option` when `on` is no day, or the data is what found the facts or retested one before
 * @example
 * const rows = { table, churned, snapshot: new Int32Array(table.rows) };
 * const again = retestLedger(ledger, rows, { on: '2026-04-01', file: 'next.csv', sha256: 'f00d' });
 * again.facts.length === ledger.facts.length; // true
 */
export function retestLedger(ledger: Ledger, rows: FlagRows, { on, file, sha256 }: RetestOptions): Ledger {
  requireDay(on);
  requireNewData(ledger, file, sha256);
  const confirmed = ledger.facts.filter(({ status }) => status === 'confirmed');
  const looked = confirmed.map((fact) => lookAgain(fact, rows));
  const corrected = holm(looked.map(({ figures }) => figures.p));
  const retested = confirmed.map((fact, i) => {
    const { figures, missing } = looked[i]!;
    const retest = { on, data: { file, sha256 }, figures, verdict: verdictOf(fact, figures, corrected[i]!) };
    return afterRetest(fact, retest, missing);
  });
  const kept = (_: unknown, i: number) => retested[i]?.status === 'confirmed';
  const others = ledger.facts.filter(({ status }) => status !== 'confirmed');
  return {
    ...ledger,
    facts: [...retested.filter(kept), ...retested.filter(({ status }) => status === 'retired'), ...others],
    overlap: ledger.overlap.filter(kept).map((shares) => shares.filter(kept)),
  };
}

function requireDay(on: string): void {
  if (/^\d{4}-\d\d-\d\d$/.test(on) && dayOf(Date.parse(on)) === on) return;
  throw new ChurnError('bad-option', `retest: needs a day as 2026-11-30, found ${JSON.stringify(on)}`, {
    on,
  });
}

function requireNewData({ data, facts }: Ledger, file: string, sha256: string): void {
  const before = facts.flatMap(({ retests }) => retests).find((retest) => retest.data.sha256 === sha256);
  if (data.sha256 !== sha256 && !before) return;
  const use = before ? `retested a fact on ${before.on}` : 'found and confirmed the facts';
  throw new ChurnError(
    'bad-option',
    `retest: needs data that the ledger has not seen; ${file} already ${use}; use accounts observed since`,
    { file, sha256 },
  );
}

interface LookedAgain {
  readonly figures: FlagFigures;
  /** A feature of the fact that the table lacks. */
  readonly missing: string | undefined;
}

function lookAgain({ conditions }: Fact, rows: FlagRows): LookedAgain {
  const names = new Set(rows.table.columns.map(({ name }) => name));
  const missing = conditions.map(({ feature }) => feature).find((feature) => !names.has(feature));
  const raised =
    missing === undefined ? raisedBy({ conditions }, rows.table) : new Uint8Array(rows.table.rows);
  return { figures: flagFigures(raised, rows), missing };
}

function verdictOf(fact: Fact, figures: FlagFigures, correctedP: number): Retest['verdict'] {
  if (figures.accounts === 0) return 'unclear';
  if (figures.high - figures.baseRate < LEFT_OF_EXCESS * excessOf(fact.confirmation)) return 'dead';
  return correctedP <= FALSE_LIFE ? 'alive' : 'unclear';
}

const excessOf = ({ rate, baseRate }: FlagFigures) => rate - baseRate;

function afterRetest(fact: Fact, retest: Retest, missing: string | undefined): Fact {
  const { on, verdict, figures } = retest;
  const retests = [...fact.retests, retest];
  const found =
    missing === undefined ? besideBaseWords(figures) : `the table has no column ${JSON.stringify(missing)}`;
  const why = `${verdict} on ${on}: ${found}`;
  if (verdict === 'alive') return { ...fact, why, expiresOn: nextExpiry(fact, on), retests };
  if (verdict === 'dead') {
    const confirmed = `less than half of the excess over base that was confirmed (${excessWords(fact.confirmation)})`;
    return { ...fact, status: 'retired', why: `${why}, ${confirmed}`, retests };
  }
  if (fact.expiresOn === null || on <= fact.expiresOn) return { ...fact, why, retests };
  return { ...fact, status: 'retired', why: `expired on ${fact.expiresOn}; ${why}`, retests };
}

const excessWords = ({ rate, baseRate }: FlagFigures) =>
  `${percentWords(rate)} beside ${percentWords(baseRate)}`;

/** The day until which a fact may be used that is alive: as long again as when it was published, never sooner. */
function nextExpiry({ publishedOn, expiresOn, retests }: Fact, on: string): string | null {
  if (publishedOn === null || expiresOn === null) return null;
  const lives = retests.filter(({ verdict }) => verdict === 'alive').map((retest) => retest.on);
  const from = [publishedOn, ...lives].reduce((latest, day) => (day > latest ? day : latest));
  const next = dayOf(Date.parse(on) + Date.parse(expiresOn) - Date.parse(from));
  return next > expiresOn ? next : expiresOn;
}

/** `YYYY-MM-DD` of an instant in UTC; empty for none. */
function dayOf(instant: number): string {
  return Number.isNaN(instant) ? '' : new Date(instant).toISOString().slice(0, 10);
}
