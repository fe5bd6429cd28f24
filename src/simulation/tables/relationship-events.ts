import { chance, oneOf, pick } from './draws.js';
import { beginsTrouble, isTroubled } from './episodes.js';
import { duringDay, type EventContext, eachDay, eventTable, officeSecond } from './events.js';
import type { SimulatedTable } from './table.js';

const KIND_SHARES = { executive_meeting: 0.45, business_review: 0.15, check_in: 0.4 } as const;
/** Sponsors change without harm too, once in ten years. */
const HARMLESS_CHANGES_PER_DAY = 1 / 3650;

/** The table `relationship_events`: in trouble the sponsor or champion goes, and nobody meets any more. */
export function relationshipEventsTable(context: EventContext): SimulatedTable {
  const shape = { account_id: 'text', occurred_at: 'instant', kind: 'text', contact_role: 'text' } as const;
  return eventTable('relationship_events', shape, context, (life, record, random) => {
    const { accountId, habits } = life.traits;
    eachDay(life, context.world, (day, { episodes }) => {
      const write = (second: number, kind: string, role: string): void =>
        record(second, { account_id: accountId, occurred_at: second, kind, contact_role: role });
      if (beginsTrouble(episodes, 'executive', day) || chance(random, HARMLESS_CHANGES_PER_DAY)) {
        const kind = pick(random, { sponsor_change: 0.6, champion_left: 0.4 });
        write(officeSecond(day, random), kind, kind === 'sponsor_change' ? 'executive' : 'champion');
      }
      if (isTroubled(episodes, 'executive', day)) return;
      duringDay(day, habits.meetingsPerDay, random, (second) => {
        const kind = pick(random, KIND_SHARES);
        write(second, kind, kind === 'executive_meeting' ? 'executive' : oneOf(random, ['manager', 'user']));
      });
    });
  });
}
