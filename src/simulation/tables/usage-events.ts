import { isWeekend, monthOf } from './calendar.js';
import { pick, poisson } from './draws.js';
import { isTroubled } from './episodes.js';
import { duringDay, type EventContext, eachDay, eventTable } from './events.js';
import type { SimulatedTable } from './table.js';

export const usageShape = {
  account_id: 'text',
  user_id: 'text',
  occurred_at: 'instant',
  event: 'text',
  quantity: 'number',
} as const;

export const EVENT_SHARES = {
  login: 0.34,
  record_edited: 0.24,
  report_run: 0.16,
  export: 0.08,
  api_call: 0.08,
  dashboard_shared: 0.06,
  invite_sent: 0.04,
} as const;

const TROUBLED_LEVEL = 0.2;
const WEEKEND_LEVEL = 0.25;
const WEEKDAY_LEVEL = 1.3;

/** The table `usage_events`; `quantity` counts the repeats of one user's action in one sitting. */
export function usageEventsTable(context: EventContext): SimulatedTable {
  const { world } = context;
  return eventTable('usage_events', usageShape, context, (life, record, random) => {
    const { accountId, habits } = life.traits;
    eachDay(life, world, (day, { episodes }) => {
      const isQuiet = isTroubled(episodes, 'usage', day);
      const drift = monthOf(day) >= world.driftMonth ? world.plan.drift!.usageLevel : 1;
      const level = (isQuiet ? TROUBLED_LEVEL : 1) * (isWeekend(day) ? WEEKEND_LEVEL : WEEKDAY_LEVEL) * drift;
      duringDay(day, habits.usagePerDay * level, random, (second) =>
        record(second, {
          account_id: accountId,
          user_id: userId(accountId, habits.users, random.uniform()),
          occurred_at: second,
          event: pick(random, EVENT_SHARES),
          quantity: 1 + poisson(random, isQuiet ? 1.5 : 3),
        }),
      );
    });
  });
}

/** Some users do much and most do little. */
export const userId = (accountId: string, users: number, at: number): string =>
  `${accountId}-U${String(1 + Math.floor(users * at * at)).padStart(2, '0')}`;
