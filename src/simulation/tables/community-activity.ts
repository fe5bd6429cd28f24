import { pick } from './draws.js';
import { isTroubled } from './episodes.js';
import { duringDay, type EventContext, eachDay, eventTable } from './events.js';
import type { SimulatedTable } from './table.js';

const KIND_SHARES = { post: 0.24, reply: 0.42, idea: 0.1, vote: 0.2, event_attended: 0.04 } as const;

/** The table `community_activity`: silent in trouble, and for accounts that are no members. */
export function communityActivityTable(context: EventContext): SimulatedTable {
  const shape = { account_id: 'text', occurred_at: 'instant', kind: 'text' } as const;
  return eventTable('community_activity', shape, context, (life, record, random) => {
    const { accountId, habits } = life.traits;
    eachDay(life, context.world, (day, { episodes }) => {
      if (isTroubled(episodes, 'community', day)) return;
      duringDay(day, habits.communityPerDay, random, (second) =>
        record(second, { account_id: accountId, occurred_at: second, kind: pick(random, KIND_SHARES) }),
      );
    });
  });
}
