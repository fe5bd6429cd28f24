import { monthStart, SECONDS_A_DAY } from './calendar.js';
import type { ScenarioPlan } from './scenarios.js';

/** What all parts of one simulation share. */
export interface World {
  readonly plan: ScenarioPlan;
  /** Months 0 … months − 1 from January 2023 are lived through. */
  readonly months: number;
  readonly startDay: number;
  /** The day of extraction: nothing that is known on it or later is in the tables. */
  readonly endDay: number;
  readonly endSecond: number;
  /** The first day of which event tables hold something. */
  readonly eventsFromDay: number;
  /** The first month with changed weights; `Infinity` without drift. */
  readonly driftMonth: number;
  /** Whether some rows arrive days late; where a fact must hold on the day, everything arrives promptly. */
  readonly hasLateArrivals: boolean;
}

/** Enough for the longest lookback of a snapshot in the first month, and for the longest lead time. */
export const historyDays = 180;

export function createWorld(plan: ScenarioPlan, months: number): World {
  const endDay = monthStart(months);
  return {
    plan,
    months,
    startDay: monthStart(0),
    endDay,
    endSecond: endDay * SECONDS_A_DAY,
    eventsFromDay: monthStart(0) - historyDays,
    driftMonth: plan.drift ? Math.floor((2 * months) / 3) : Number.POSITIVE_INFINITY,
    hasLateArrivals: true,
  };
}
