import type { Random } from '../../math/random.js';
import { SECONDS_A_DAY } from './calendar.js';
import { chance } from './draws.js';

/** How long after it happened a fact is known; late or not has nothing to do with leaving. */
export interface Arrival {
  readonly usualHours: number;
  readonly lateShare: number;
  /** Late rows arrive one to this many days after. */
  readonly lateDays: number;
}

export const arrivals = {
  usage_events: { usualHours: 6, lateShare: 0.03, lateDays: 4 },
  support_tickets: { usualHours: 0.5, lateShare: 0, lateDays: 0 },
  invoices: { usualHours: 12, lateShare: 0, lateDays: 0 },
  surveys: { usualHours: 48, lateShare: 0.06, lateDays: 10 },
  community_activity: { usualHours: 2, lateShare: 0, lateDays: 0 },
  relationship_events: { usualHours: 96, lateShare: 0.08, lateDays: 14 },
  self_service_events: { usualHours: 3, lateShare: 0.02, lateDays: 3 },
  incidents: { usualHours: 2, lateShare: 0.02, lateDays: 5 },
} as const satisfies Record<string, Arrival>;

export type ArrivingTable = keyof typeof arrivals;

/** When a fact of the second `occurred` is known. */
export function recordedAt(
  table: ArrivingTable,
  occurred: number,
  mayBeLate: boolean,
  random: Random,
): number {
  const { usualHours, lateShare, lateDays }: Arrival = arrivals[table];
  const delay =
    mayBeLate && chance(random, lateShare)
      ? SECONDS_A_DAY * (1 + (lateDays - 1) * random.uniform())
      : 3600 * usualHours * random.uniform();
  return occurred + Math.round(delay);
}
