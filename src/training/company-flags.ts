import { ChurnError } from '../errors.js';
import { findFlags } from '../flags/find.js';
import { raisedBy } from '../flags/flag.js';
import type { Fact, Ledger } from '../flags/ledger.js';
import { retestLedger } from '../flags/retest.js';
import { SNAPSHOT_ACCOUNTS_TABLE } from '../labels/churn.js';
import { seededRandom } from '../math/random.js';
import { takeNumbers } from '../tables/table.js';
import { addDays, dayText } from '../timeline/snapshot.js';
import type { Company } from '../workspace/company.js';
import { cleanFeatures } from './company-audit.js';
import { companyRows, learningSnapshots } from './company-rows.js';
import { flagParts, thinnedSnapshots } from './flag-parts.js';
import { flagStrata } from './flag-strata.js';
import { type LabelledRows, labelRows } from './labelled-rows.js';
import { cleanRows, type LearningSet, learnRecipe } from './learning-sets.js';
import { settleOptions } from './options.js';
import { type FlagSearchOptions, requireLeavers } from './table-flags.js';
import { type CompanySource, type CompanyTrainOptions, companyRoles } from './train-company.js';

const DAY = 86_400_000;
/** A fact of dated tables may be used for so many windows, and at least half a year. */
const LIFE_WINDOWS = 2;
const LIFE_DAYS = 180;

/** What is told about a company in which flags are looked for. */
export interface CompanyFlagOptions
  extends Pick<CompanyTrainOptions, 'gapDays' | 'horizonDays' | 'rhythm' | 'snapshots' | 'allow'>,
    FlagSearchOptions {}

/**
 * Finds compound red flags in the features of a company's snapshots and confirms them on later snapshots; with one
 * snapshot, on other accounts. Snapshots are so far apart that no outcome counts twice.
 *
 * @throws ChurnError `too-few-rows`, `bad-option`
 * @example
 * const found = await findCompanyFlags(company, intakeSource(intake), {
 *   seed: 7,
 *   horizonDays: 60,
 *   snapshots: 2,
 *   depth: 2,
 *   permutations: 99,
 * });
 * console.log(found.facts.map(({ expression, status }) => `${expression}: ${status}`));
 */
export async function findCompanyFlags(
  company: Company,
  source: Pick<CompanySource, 'sha256'>,
  options: CompanyFlagOptions,
): Promise<Ledger> {
  const plan = planOf(options);
  const windowDays = plan.gapDays + plan.horizonDays;
  const random = seededRandom(options.seed).fork('flags');
  const dates = thinnedSnapshots(await learningSnapshots(company, plan), windowDays);
  const { labelled, set, time } = await featureRows(company, dates, options);
  const flagSet = { table: set.table, churned: set.churned, groups: set.groups, time };
  const parts = flagParts(flagSet, windowDays, random.fork('parts'));
  const { discovery, confirmation } = parts;
  requireLeavers(company.settings.name, discovery, confirmation);
  const leaving = await daysToLeaving(company, set, labelled);
  const confirmedDays = takeNumbers(leaving, parts.rows.confirmation);
  const newest = time.reduce((latest, instant) => Math.max(latest, instant), -Infinity);
  const published = company.settings.observedUntil;
  return findFlags(
    {
      discovery,
      confirmation,
      strata: flagStrata(confirmation, time, parts.rows.confirmation),
      population: time.reduce((sum, instant) => sum + (instant === newest ? 1 : 0), 0),
      warningOf: (flag) => warningOf(raisedBy(flag, confirmation.table), confirmedDays),
    },
    {
      data: { file: company.settings.name, sha256: source.sha256 },
      dates: parts.dates,
      publishedOn: dayText(published),
      expiresOn: dayText(published + Math.max(LIFE_DAYS, LIFE_WINDOWS * windowDays) * DAY),
    },
    { ...options, random },
  );
}

/**
 * Looks again at a ledger's facts, on the snapshots whose outcomes are known and that come after those it was confirmed
 * on.
 *
 * @throws ChurnError `too-few-rows` when there is no such snapshot
 * @example
 * const options = { seed: 7, depth: 1, permutations: 99, horizonDays: 30, snapshots: 2 };
 * const found = await findCompanyFlags(company, intakeSource(intake), options);
 * const later = await openWorkspace('my-company-later');
 * const again = await retestCompanyFlags(later.company, intakeSource(later.intake), found, options);
 * await later.close();
 */
export async function retestCompanyFlags(
  company: Company,
  source: Pick<CompanySource, 'sha256'>,
  ledger: Ledger,
  options: CompanyFlagOptions,
): Promise<Ledger> {
  const plan = planOf(options);
  const windowDays = plan.gapDays + plan.horizonDays;
  const known = ledger.confirmation.to ?? ledger.discovery.to;
  const from = known === null ? -Infinity : addDays(Date.parse(known), windowDays);
  const all = await learningSnapshots(company, { ...plan, snapshots: Number.MAX_SAFE_INTEGER });
  const dates = thinnedSnapshots(
    all.filter((date) => date >= from),
    windowDays,
  );
  if (dates.length === 0) {
    throw new ChurnError(
      'too-few-rows',
      `${company.settings.name} has no snapshot with a known outcome from ${dayText(from)} on, after those that the flags were ` +
        `confirmed on; the latest is ${dayText(all.at(-1)!)}`,
    );
  }
  const { set, time } = await featureRows(company, dates, options);
  const rows = {
    table: set.table,
    churned: set.churned,
    snapshot: Int32Array.from(time, (instant) => dates.indexOf(instant)),
  };
  return retestLedger(ledger, rows, {
    on: dayText(company.settings.observedUntil),
    file: company.settings.name,
    sha256: source.sha256,
  });
}

function planOf({ gapDays = 0, horizonDays = 90, rhythm = 'month', snapshots = 24 }: CompanyFlagOptions) {
  return { gapDays, horizonDays, rhythm, snapshots };
}

/** The features of all snapshots, cleaned by what all of them are like, whoever left. */
async function featureRows(company: Company, dates: readonly number[], options: CompanyFlagOptions) {
  const { allow = [], seed, onProgress = () => {} } = options;
  onProgress('Audit of the tables', 0);
  const features = await cleanFeatures(company, allow);
  const { raw } = await companyRows(company, dates, planOf(options), {
    labelled: true,
    features,
    onProgress: (done, total) => onProgress('Features as of each snapshot', done / total),
  });
  const settled = settleOptions({ ...companyRoles, allow, seed });
  const labelled = labelRows(raw, settled);
  const all = Int32Array.from(labelled.churned.keys());
  const { recipe } = learnRecipe(labelled, all, settled, allow);
  const { set } = cleanRows(labelled, all, recipe);
  return { labelled, set, time: takeNumbers(labelled.time!, set.labelledRows) };
}

/** Days from the snapshot of each row to the leaving; `NaN` where nobody left. */
async function daysToLeaving(
  { database }: Company,
  { ids, labelledRows }: LearningSet,
  { time }: LabelledRows,
): Promise<Float64Array> {
  const rows = await database.rows<{ account_id: string; snapshot_at: number; days: number }>(
    `SELECT account_id, snapshot_at, date_diff('second', snapshot_at, left_at) / 86400.0 AS days
     FROM ${SNAPSHOT_ACCOUNTS_TABLE} WHERE churned = 1 AND left_at IS NOT NULL`,
  );
  const keyOf = (account: string, snapshot: number) => `${snapshot} ${account}`;
  const days = new Map(rows.map((row) => [keyOf(row.account_id, row.snapshot_at), row.days]));
  return Float64Array.from(ids, (id, i) => days.get(keyOf(id, time![labelledRows[i]!]!)) ?? Number.NaN);
}

/** Days left to act between a snapshot that raises the flag and the leaving: median, and the middle 80 %. */
function warningOf(raised: Uint8Array, daysToLeaving: Float64Array): Fact['warning'] {
  const days = daysToLeaving.filter((value, row) => raised[row] === 1 && !Number.isNaN(value)).sort();
  if (days.length === 0) return null;
  const at = (share: number) => days[Math.min(days.length - 1, Math.floor(share * days.length))]!;
  return { accounts: days.length, medianDays: at(0.5), lowDays: at(0.1), highDays: at(0.9) };
}
