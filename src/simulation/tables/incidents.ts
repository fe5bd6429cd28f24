import { exponential, pick } from './draws.js';
import { beginsTrouble, isTroubled } from './episodes.js';
import { duringDay, type EventContext, eachDay, eventTable, officeSecond } from './events.js';
import type { SimulatedTable } from './table.js';

const TROUBLED_PER_DAY = 3 / 30;

/** The table `incidents` felt by an account; a trouble begins with one. */
export function incidentsTable(context: EventContext): SimulatedTable {
  const shape = {
    account_id: 'text',
    occurred_at: 'instant',
    severity: 'text',
    resolved_at: 'instant',
  } as const;
  const { world } = context;
  return eventTable('incidents', shape, context, (life, record, random) => {
    const { accountId, habits } = life.traits;
    eachDay(life, world, (day, { episodes }) => {
      const write = (second: number): void => {
        const resolved = second + 900 + Math.round(exponential(random, 7 * 3600));
        record(second, {
          account_id: accountId,
          occurred_at: second,
          severity: pick(random, { minor: 0.55, major: 0.35, critical: 0.1 }),
          resolved_at: resolved < world.endSecond ? resolved : null,
        });
      };
      if (beginsTrouble(episodes, 'incidents', day)) write(officeSecond(day, random));
      const mean = isTroubled(episodes, 'incidents', day) ? TROUBLED_PER_DAY : habits.incidentsPerDay;
      duringDay(day, mean, random, write);
    });
  });
}
