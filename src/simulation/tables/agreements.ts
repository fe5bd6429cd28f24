import type { Random } from '../../math/random.js';
import type { AccountTraits } from './accounts.js';
import { addMonths, agreementDay } from './calendar.js';
import { between, chance } from './draws.js';
import { type Episode, isTroubled } from './episodes.js';

/** One row of `subscriptions`: an agreement over [start, end) with its seats and price. */
export interface Agreement {
  readonly startDay: number;
  /** The day on which it ends or would end: at its renewal, or before, when it is changed. */
  readonly endDay: number;
  /** The end of its term, known from its start. */
  readonly renewsDay: number;
  readonly termMonths: number;
  readonly seats: number;
  readonly mrrCents: number;
}

/** A change in the middle of a term. */
interface Amendment {
  readonly day: number;
  readonly seatFactor: number;
  readonly termMonths: number | null;
}

/**
 * The agreements of an account from the day it starts until at least `untilDay`, as if it stayed: renewed
 * term after term, seats changed at renewals and at times between, cut where its troubles cut them.
 */
export function planAgreements(
  traits: AccountTraits,
  startDay: number,
  untilDay: number,
  episodes: readonly Episode[],
  random: Random,
): Agreement[] {
  const amendments = drawAmendments(traits, startDay, untilDay, episodes, random.fork('amendments'));
  const agreements: Agreement[] = [];
  let start = startDay;
  let { termMonths, firstSeats: seats }: { termMonths: number; firstSeats: number } = traits;
  let renewsDay = addMonths(start, termMonths);
  while (start < untilDay) {
    const next = amendments.find(({ day }) => day > start)?.day ?? Number.POSITIVE_INFINITY;
    const endDay = Math.min(next, renewsDay);
    agreements.push({
      startDay: start,
      endDay,
      renewsDay,
      termMonths,
      seats,
      mrrCents: seats * traits.seatCents,
    });
    start = endDay;
    const changes = amendments.filter(({ day }) => day === endDay);
    for (const { seatFactor } of changes) seats = scaled(seats, seatFactor);
    const newTerm = changes.find(({ termMonths }) => termMonths !== null)?.termMonths ?? null;
    if (endDay === renewsDay) {
      seats = scaled(seats, renewalFactor(termMonths, random));
      termMonths = newTerm ?? (isTroubled(episodes, 'renewal', start) ? 1 : traits.termMonths);
      renewsDay = addMonths(start, termMonths);
    } else if (newTerm !== null) {
      termMonths = newTerm;
      renewsDay = addMonths(start, termMonths);
    }
  }
  return agreements;
}

function drawAmendments(
  traits: AccountTraits,
  startDay: number,
  untilDay: number,
  episodes: readonly Episode[],
  random: Random,
): Amendment[] {
  const amendments = episodes.flatMap((episode) => troubledAmendments(episode, random));
  if (traits.termMonths === 12) {
    for (let day = startDay + 40; day < untilDay; day += between(random, 25, 35)) {
      if (chance(random, 0.01))
        amendments.push({ day: agreementDay(day), seatFactor: upgrade(random), termMonths: null });
    }
  }
  return amendments.sort((a, b) => a.day - b.day);
}

function troubledAmendments({ aspect, onsetDay, untilDay }: Episode, random: Random): Amendment[] {
  if (aspect === 'renewal') return [{ day: onsetDay, seatFactor: 1, termMonths: 1 }];
  if (aspect !== 'contract_growth') return [];
  const cut = 0.5 + 0.2 * random.uniform();
  return [
    { day: onsetDay, seatFactor: cut, termMonths: null },
    { day: agreementDay(untilDay), seatFactor: 1 / cut, termMonths: null },
  ];
}

/** Seats change at one annual renewal in four and at one monthly in sixty, mostly upward. */
function renewalFactor(termMonths: number, random: Random): number {
  if (!chance(random, termMonths === 12 ? 0.25 : 1 / 60)) return 1;
  return chance(random, 0.25) ? 0.88 + 0.07 * random.uniform() : upgrade(random);
}

const upgrade = (random: Random): number => 1.08 + 0.22 * random.uniform();

const scaled = (seats: number, factor: number): number => Math.max(2, Math.round(seats * factor));
