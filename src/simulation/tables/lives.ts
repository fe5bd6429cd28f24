import type { Random } from '../../math/random.js';
import { type AccountTraits, drawAccount } from './accounts.js';
import { type Agreement, planAgreements } from './agreements.js';
import { type Aspect, aspectFacts } from './aspects.js';
import { agreementDay, monthOf, monthStart } from './calendar.js';
import {
  type CallDecision,
  callShift,
  drawCall,
  drawResponseType,
  type ResponseType,
  typeShift,
} from './calls.js';
import { between, chance, oneOf } from './draws.js';
import { calmDays, drawEpisodes, type Episode } from './episodes.js';
import { aspectTerms, hazardOf, type MonthRisk, monthRisk, quietScore, riskScore } from './hazard.js';
import type { World } from './world.js';

/** Why an account left: the danger of an aspect, the end of its term, or nothing that the tables show. */
export type LeaveCause = Aspect | 'term_end' | 'none';

export interface Leave {
  readonly day: number;
  readonly cause: LeaveCause;
  readonly kind: 'voluntary' | 'involuntary';
  readonly reason: string;
}

/** One unbroken time as a customer: from `startDay` to the day of leaving, which is not part of it. */
export interface Stint {
  readonly startDay: number;
  /** The day of leaving; the day of extraction for those who stayed. */
  readonly endDay: number;
  readonly leave: Leave | null;
  /** Those that started before `endDay`. */
  readonly agreements: readonly Agreement[];
  /** Troubles that began inside, after the first days. */
  readonly episodes: readonly Episode[];
}

/** The truth of one month: the account was active on its first day. */
export interface LivedMonth {
  readonly month: number;
  readonly hazard: number;
  /** In the order of `aspects`. */
  readonly aspectTerms: Float64Array;
}

/** A call decision and what leaving would be with and without the call. */
export interface CallTruth extends CallDecision {
  readonly hazardIfCalled: number;
  readonly hazardIfNot: number;
}

export interface AccountLife {
  readonly traits: AccountTraits;
  readonly responseType: ResponseType;
  readonly stints: readonly Stint[];
  readonly months: readonly LivedMonth[];
  readonly calls: readonly CallTruth[];
}

/** Of those who left, the share that comes back, and after how many days. */
const RETURN_SHARE = 0.1;
const RETURN_DAYS = [60, 200] as const;

/** All accounts of a company, each from a stream of its own. */
export function liveCompany(accounts: number, world: World, random: Random): AccountLife[] {
  return Array.from({ length: accounts }, (_, index) => {
    const accountRandom = random.fork(String(index));
    return liveAccount(drawAccount(index, world, accountRandom.fork('account')), world, accountRandom);
  });
}

/** Lives an account from its sign-up to the day of extraction, month by month. */
function liveAccount(traits: AccountTraits, world: World, random: Random): AccountLife {
  const responseType = drawResponseType(traits, random.fork('response'));
  const episodes = drawEpisodes(traits, world, random.fork('episodes'));
  const months: LivedMonth[] = [];
  const calls: CallTruth[] = [];
  const stints: Stint[] = [];
  let startDay = traits.createdDay;
  while (startDay < world.endDay) {
    const stint = liveStint({ traits, responseType, startDay, episodes, months, calls, world, random });
    stints.push(stint);
    const outcome = random.fork(`return ${stints.length}`);
    if (!stint.leave || stints.length > 1 || !chance(outcome, RETURN_SHARE)) break;
    startDay = agreementDay(stint.endDay + between(outcome, ...RETURN_DAYS));
  }
  return { traits, responseType, stints, months, calls };
}

interface StintDraft {
  readonly traits: AccountTraits;
  readonly responseType: ResponseType;
  readonly startDay: number;
  readonly episodes: readonly Episode[];
  /** Filled month by month. */
  readonly months: LivedMonth[];
  readonly calls: CallTruth[];
  readonly world: World;
  readonly random: Random;
}

function liveStint({ traits, responseType, startDay, months, calls, world, ...draft }: StintDraft): Stint {
  const random = draft.random.fork(`stint ${startDay}`);
  const episodes = draft.episodes.filter(({ onsetDay }) => onsetDay >= startDay + calmDays);
  const agreements = planAgreements(traits, startDay, world.endDay, episodes, random.fork('agreements'));
  const outcome = random.fork('outcomes');
  const campaign = random.fork('calls');
  for (let month = Math.max(0, monthOf(startDay) + 1); month < world.months; month++) {
    const risk = monthRisk(traits, agreements, episodes, month, world);
    const score = riskScore(risk) + typeShift(responseType, world);
    const call = drawCall(isInTrouble(episodes, monthStart(month)), month, world, campaign);
    const hazardIfNot = hazardOf(score);
    const hazardIfCalled = hazardOf(score + callShift(responseType, world));
    if (call) calls.push({ ...call, hazardIfCalled, hazardIfNot });
    const hazard = call?.assigned === 'treat' ? hazardIfCalled : hazardIfNot;
    months.push({ month, hazard, aspectTerms: aspectTerms(risk) });
    if (!chance(outcome, hazard)) continue;
    const leave = drawLeave(risk, month, outcome);
    return cutStint(startDay, leave.day, leave, agreements, episodes);
  }

  return cutStint(startDay, world.endDay, null, agreements, episodes);
}

const isInTrouble = (episodes: readonly Episode[], day: number): boolean =>
  episodes.some(({ onsetDay, untilDay }) => onsetDay < day && day < untilDay);

/** A stint up to `endDay`, with the agreements and troubles that began before. */
export function cutStint(
  startDay: number,
  endDay: number,
  leave: Leave | null,
  agreements: readonly Agreement[],
  episodes: readonly Episode[],
): Stint {
  return {
    startDay,
    endDay,
    leave,
    agreements: agreements
      .filter((agreement) => agreement.startDay < endDay)
      .map((agreement) => (leave && agreement.endDay > endDay ? { ...agreement, endDay } : agreement)),
    episodes: episodes.filter(({ onsetDay }) => onsetDay < endDay),
  };
}

/**
 * The cause is drawn in proportion to what it added; a danger's leaving comes on its day give or take two, a
 * term's on its end, any other on day 3 to 28.
 */
function drawLeave(risk: MonthRisk, month: number, random: Random): Leave {
  const quiet = hazardOf(quietScore(risk));
  const causes = risk.dangers.map(({ episode, weight }) => ({
    cause: episode.aspect as LeaveCause,
    day: episode.dangerDay + between(random, -2, 2),
    weight: Math.max(weight, 0),
  }));
  if (risk.renewal) causes.push({ cause: 'term_end', day: risk.renewal.day, weight: risk.renewal.weight });
  const total = causes.reduce((sum, { weight }) => sum + weight, 0);
  const share = 1 - quiet / hazardOf(riskScore(risk));
  let at = (random.uniform() * total) / Math.max(share, Number.EPSILON);
  for (const { cause, day, weight } of causes) {
    if (at < weight) return { day, cause, ...leaveWords(cause, random) };
    at -= weight;
  }
  return {
    day: monthStart(month) + between(random, 3, 28) - 1,
    cause: 'none',
    ...leaveWords('none', random),
  };
}

function leaveWords(cause: LeaveCause, random: Random): Pick<Leave, 'kind' | 'reason'> {
  if (cause === 'invoices' && chance(random, 0.7)) return { kind: 'involuntary', reason: 'payment_failed' };
  if (cause === 'none' || cause === 'invoices') {
    return { kind: 'voluntary', reason: oneOf(random, ['price', 'competitor', 'closed_business', 'other']) };
  }
  return { kind: 'voluntary', reason: cause === 'term_end' ? 'not_renewed' : aspectFacts[cause].reason };
}
