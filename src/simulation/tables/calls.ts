import type { Random } from '../../math/random.js';
import type { AccountTraits } from './accounts.js';
import { monthStart, SECONDS_A_DAY } from './calendar.js';
import { between, chance, oneOf, pick } from './draws.js';
import type { World } from './world.js';

/** How an account takes a call. */
export type ResponseType = keyof typeof responses;

/**
 * What the type adds to the log-odds of leaving, with and without a call. The types depend on the segment, so
 * that they can be learned from what is known.
 */
const responses = {
  persuadable: { always: 0.6, called: -2.6 },
  sure_thing: { always: -1.2, called: 0 },
  lost_cause: { always: 1.2, called: 0 },
  sleeping_dog: { always: -0.4, called: 1.8 },
} as const;

const TYPE_SHARES = {
  small: { persuadable: 0.12, sure_thing: 0.3, lost_cause: 0.26, sleeping_dog: 0.32 },
  midsize: { persuadable: 0.32, sure_thing: 0.34, lost_cause: 0.2, sleeping_dog: 0.14 },
  enterprise: { persuadable: 0.55, sure_thing: 0.25, lost_cause: 0.15, sleeping_dog: 0.05 },
} as const;

/** An account chosen for a call on the first of a month, and what the toss of a coin decided. */
export interface CallDecision {
  readonly month: number;
  readonly contactedAt: number;
  readonly play: string;
  readonly assigned: 'treat' | 'hold_back';
  readonly result: 'reached' | 'no_answer' | null;
}

export const drawResponseType = (traits: AccountTraits, random: Random): ResponseType =>
  pick(random, TYPE_SHARES[traits.segment]);

/** Added to the log-odds of every month, called or not. */
export const typeShift = (type: ResponseType, world: World): number =>
  world.plan.respondsToCalls ? responses[type].always : 0;

/** Added to the log-odds of a month in which the account is called. */
export const callShift = (type: ResponseType, world: World): number =>
  world.plan.respondsToCalls ? responses[type].called : 0;

/**
 * Chooses accounts for this month's calls: one in eight, and where calls have an effect four of ten that are
 * in trouble; then half are called and half held back, at random.
 */
export function drawCall(
  isInTrouble: boolean,
  month: number,
  world: World,
  random: Random,
): CallDecision | null {
  const share = world.plan.respondsToCalls ? (isInTrouble ? 0.4 : 0.12) : 0.04;
  if (!chance(random, share)) return null;
  const isCalled = chance(random, 0.5);
  return {
    month,
    contactedAt: monthStart(month) * SECONDS_A_DAY + between(random, 9 * 3600, 17 * 3600),
    play: oneOf(random, ['executive_call', 'training_offer', 'success_check_in']),
    assigned: isCalled ? 'treat' : 'hold_back',
    result: isCalled ? (chance(random, 0.8) ? 'reached' : 'no_answer') : null,
  };
}
