import { ChurnError } from '../errors.js';
import type { Estimate } from '../evaluation/evaluation.js';
import type { Feature } from '../features/catalogue.js';
import { bootstrap, percentileInterval } from '../math/bootstrap.js';
import { dot, transposeTimesVector, weightedCrossProducts } from '../math/matrix.js';
import type { Random } from '../math/random.js';
import type { SnapshotRhythm } from '../timeline/snapshot.js';
import type { Company } from '../workspace/company.js';
import { arrivalDays, arrivalOf } from './arrival.js';
import { type DiscriminationCurve, discriminationCurve, type Look } from './curve.js';
import { type Evidence, standsOut } from './evidence.js';
import type { LeadTime } from './lead-time.js';
import { featuresAtLooks, looksAt } from './looks.js';
import { drawMatchedSets } from './matched-sets.js';
import { bestRise, type FittedRise, possibleRises, type Rise } from './rise.js';

export interface LeadTimeOptions {
  readonly random: Random;
  /** How often accounts are looked at: half of it is the mean wait for the next snapshot. */
  readonly rhythm: SnapshotRhythm;
  /** Days before leaving at which accounts are looked at, rising; each week of half a year unless given. */
  readonly gridDays?: readonly number[];
  /** Most leavings to look at, drawn at random. */
  readonly leavers?: number;
}

const RHYTHM_DAYS = { week: 7, month: 365.25 / 12 } as const satisfies Record<SnapshotRhythm, number>;
const WEEKS_OF_HALF_A_YEAR = Array.from({ length: 27 }, (_, week) => 7 * week);
const STAYERS_FOR_EACH = 3;
const RESAMPLES = 200;

/** What is known of one feature before it is judged beside the others. */
interface Measured {
  readonly feature: Feature;
  readonly curve: DiscriminationCurve;
  /** What chance adds to the linked curve, for each resample of accounts. */
  readonly chance: readonly Float64Array[];
  readonly rises: readonly Rise[];
  readonly best: FittedRise | null;
}

/**
 * How many days before leaving each indicator begins to tell leavers from others: a question to the data, since no
 * indicator is leading by nature. Features that are words are left out.
 *
 * Leavers are set beside accounts that were active on the day they left, all are moved in time so that leaving falls
 * on one date, and the features are computed as of each day of the grid before it. The AUC of a feature over these
 * days is then fitted by a rise ({@link possibleRises}). Snapshots show what was known, so the rise begins when the
 * facts arrive: the lead is its beginning and the days of arrival before. That there is a rise must stand out beyond
 * doubt among all features ({@link standsOut}). Intervals resample accounts.
 *
 * @returns longest lead first, then what tells throughout, then what never does
 * @throws ChurnError `bad-option` when `leavers` is no whole number of at least 1, or the grid is not of rising whole
 *   days from 0 on
 * @example
 * const features = featureCatalogue(company).filter(({ aspect }) => aspect === 'usage');
 * const leadTimes = await measureLeadTimes(company, features, {
 *   random: seededRandom(7),
 *   rhythm: 'month',
 *   gridDays: [0, 14, 28, 56],
 * });
 * console.log(leadTimes[0]?.feature);
 */
export async function measureLeadTimes(
  company: Company,
  features: readonly Feature[],
  { random, rhythm, gridDays = WEEKS_OF_HALF_A_YEAR, leavers = 600 }: LeadTimeOptions,
): Promise<LeadTime[]> {
  requireRising(gridDays);
  const numeric = features.filter(({ kind }) => kind === 'number');
  const subjects = await drawMatchedSets(company, { random, leavers, stayers: STAYERS_FOR_EACH });
  const looks = looksAt(gridDays, subjects);
  const values = await featuresAtLooks(company, numeric, subjects, looks);
  const accounts = new Set(subjects.map(({ accountId }) => accountId)).size;
  const draws = resampleAccounts(accounts, random.fork('resamples'));
  const measured = numeric.map((feature, index) => measure(feature, looks, values[index]!, draws, accounts));
  const leavings = subjects.filter(({ isLeaver }) => isLeaver).length;
  const verdicts = standsOut(
    measured.flatMap((one) => [evidenceOfRise(one, leavings), evidenceOfLevel(one)]),
  );
  const arrivals = await arrivalDays(company);
  return measured
    .map((one, index): LeadTime => {
      const { feature } = one;
      const hasRise = verdicts[2 * index]!;
      const hasLevel = verdicts[2 * index + 1]!;
      const tells = hasRise ? 'from-onset' : hasLevel ? 'throughout' : 'never';
      const arrival = arrivalOf(feature, arrivals);
      const flag = RHYTHM_DAYS[rhythm] / 2;
      const onset = hasRise ? onsetOf(one) : null;
      return {
        feature: feature.name,
        aspect: feature.aspect,
        description: feature.description,
        leavers: leavings,
        curve: describeCurve(one, hasRise),
        tells,
        leaversHave: tells === 'never' ? null : isHigher(one, hasRise) ? 'more' : 'less',
        leadDays: onset && later(onset, -arrival),
        arrivalDays: arrival,
        flagDays: flag,
        daysToAct: onset && onset.value - flag,
      };
    })
    .sort(byLead);
}

function requireRising(gridDays: readonly number[]): void {
  const isRising = gridDays.every(
    (day, index) => Number.isSafeInteger(day) && day >= 0 && (index === 0 || day > gridDays[index - 1]!),
  );
  if (isRising) return;
  throw new ChurnError(
    'bad-option',
    `lead times need whole days before leaving that rise from 0 or more, found ${gridDays.join(', ')}`,
  );
}

function resampleAccounts(accounts: number, random: Random): Float64Array[] {
  if (accounts === 0) return [];
  return bootstrap(accounts, (counts) => Float64Array.from(counts), { random, resamples: RESAMPLES });
}

function measure(
  feature: Feature,
  looks: readonly Look[],
  values: readonly Float64Array[],
  draws: readonly Float64Array[],
  accounts: number,
): Measured {
  const curve = discriminationCurve(looks, values, accounts);
  const { days, pulls, linked } = curve;
  // The pulls of all accounts add up to 0, so the products are covariances as they stand.
  const covariance = weightedCrossProducts(
    pulls,
    new Float64Array(accounts).fill(1),
    new Float64Array(days.length),
  );
  const rises = possibleRises(days, covariance, lookbackOf(feature));
  const chance = draws.map((counts) => transposeTimesVector(pulls, counts));
  return { feature, curve, chance, rises, best: bestRise(rises, linked) };
}

/** The lookback that a feature's name ends with, by the convention of the catalogue: `support_tickets_28d`. */
function lookbackOf({ name }: Feature): number | null {
  const days = /_(\d+)d$/.exec(name)?.[1];
  return days === undefined ? null : Number(days);
}

/**
 * The gain of the best rise. The covariance that its fit weighs days with is estimated from the same accounts, which
 * makes gains too large where leavers are few, as in Hotelling's T²: their squares by about n ÷ (n − days). Resamples
 * do not show that, so it is taken off here.
 */
function evidenceOfRise({ best, rises, chance, curve }: Measured, leavings: number): Evidence {
  const estimated = Math.sqrt(Math.max(0, 1 - curve.days.length / Math.max(1, leavings)));
  return {
    observed: estimated * (best?.gain ?? 0),
    byChance: Float64Array.from(chance, (curve) => bestRise(rises, curve)?.gain ?? 0),
  };
}

/** How far the AUC lies from 0.5 on the mean of all days. */
function evidenceOfLevel({ curve, chance }: Measured): Evidence {
  return {
    observed: Math.abs(mean(curve.linked) - 0.5),
    byChance: Float64Array.from(chance, (curve) => Math.abs(mean(curve))),
  };
}

/**
 * The onset of the best rise. Its interval is that of the best rises of resampled curves, and at least as wide as the
 * days between two looks: no resampling shows what happened between them.
 */
function onsetOf({ best, rises, curve, chance }: Measured): Estimate {
  const value = best!.rise.onsetDays;
  const resampled = chance.map((noise) => {
    const drawn = curve.linked.map((auc, day) => auc + noise[day]!);
    return bestRise(rises, drawn)!.rise.onsetDays;
  });
  const { low, high } = percentileInterval(resampled);
  const next = curve.days.findIndex((day) => day >= value);
  const half = (curve.days[next]! - curve.days[next - 1]!) / 2;
  return { value, low: Math.min(low, value - half), high: Math.max(high, value + half) };
}

/** An estimate of days before leaving, moved so many days towards leaving. */
function later({ value, low, high }: Estimate, days: number): Estimate {
  return { value: value - days, low: low - days, high: high - days };
}

function isHigher({ best, curve }: Measured, hasRise: boolean): boolean {
  return hasRise ? best!.height > 0 : mean(curve.linked) > 0.5;
}

function describeCurve(one: Measured, hasRise: boolean): LeadTime['curve'] {
  const { days, auc, standardErrors, liftHigh, liftLow } = one.curve;
  const lifts = isHigher(one, hasRise) ? liftHigh : liftLow;
  return Array.from(days, (daysBefore, day) => {
    const value = auc[day]!;
    const reach = 1.96 * standardErrors[day]!;
    return {
      daysBefore,
      auc: { value, low: Math.max(0, value - reach), high: Math.min(1, value + reach) },
      lift: lifts[day]!,
    };
  });
}

function byLead(a: LeadTime, b: LeadTime): number {
  const rank = { 'from-onset': 0, throughout: 1, never: 2 } as const;
  return (
    rank[a.tells] - rank[b.tells] ||
    (b.leadDays?.value ?? 0) - (a.leadDays?.value ?? 0) ||
    (a.feature < b.feature ? -1 : 1)
  );
}

const mean = (values: Float64Array): number =>
  values.length === 0 ? 0 : dot(values, new Float64Array(values.length).fill(1 / values.length));
