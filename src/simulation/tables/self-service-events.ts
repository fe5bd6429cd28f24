import { pick } from './draws.js';
import { isTroubled } from './episodes.js';
import { duringDay, type EventContext, eachDay, eventTable } from './events.js';
import type { SimulatedTable } from './table.js';

const USUAL_SHARES = {
  article_view: 0.42,
  search: 0.24,
  search_without_result: 0.06,
  bot_resolved: 0.2,
  training_completed: 0.08,
} as const;
const TROUBLED_SHARES = {
  article_view: 0.14,
  search: 0.2,
  search_without_result: 0.64,
  bot_resolved: 0.02,
  training_completed: 0,
} as const;

/** The table `self_service_events`: in trouble as many events, but most searches find nothing. */
export function selfServiceEventsTable(context: EventContext): SimulatedTable {
  const shape = { account_id: 'text', occurred_at: 'instant', kind: 'text' } as const;
  return eventTable('self_service_events', shape, context, (life, record, random) => {
    const { accountId, habits } = life.traits;
    eachDay(life, context.world, (day, { episodes }) => {
      const shares = isTroubled(episodes, 'self_sufficiency', day) ? TROUBLED_SHARES : USUAL_SHARES;
      duringDay(day, habits.selfServicePerDay, random, (second) =>
        record(second, { account_id: accountId, occurred_at: second, kind: pick(random, shares) }),
      );
    });
  });
}
