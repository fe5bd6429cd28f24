import type { Random } from '../../math/random.js';
import type { AccountTraits } from './accounts.js';
import { chance, clamp, exponential, pick } from './draws.js';
import { isTroubled } from './episodes.js';
import { duringDay, type EventContext, eachDay, eventTable } from './events.js';
import type { SimulatedTable } from './table.js';
import type { World } from './world.js';

export const ticketShape = {
  ticket_id: 'text',
  account_id: 'text',
  opened_at: 'instant',
  first_response_at: 'instant',
  closed_at: 'instant',
  priority: 'text',
  channel: 'text',
  reopened: 'text',
  csat: 'number',
} as const;

const TROUBLED_FACTOR = 6;
const TROUBLED_LEAST_PER_DAY = 5 / 30;

/**
 * The table `support_tickets`. Answers and closings after the day of extraction are not known yet, those
 * after an account has left are. `csat` speaks of the ticket alone and goes with nothing.
 */
export function supportTicketsTable(context: EventContext): SimulatedTable {
  const { world } = context;
  return eventTable('support_tickets', ticketShape, context, (life, record, random) => {
    const { ticketsPerDay } = life.traits.habits;
    let written = 0;
    eachDay(life, world, (day, { episodes }) => {
      const mean = isTroubled(episodes, 'support', day)
        ? Math.max(TROUBLED_FACTOR * ticketsPerDay, TROUBLED_LEAST_PER_DAY)
        : ticketsPerDay;
      duringDay(day, mean, random, (second) => {
        written++;
        record(second, ticketRow(life.traits, written, second, world, random));
      });
    });
  });
}

/** A ticket opened at that second, answered within hours and closed within days. */
export function ticketRow(
  traits: AccountTraits,
  number: number,
  opened: number,
  world: World,
  random: Random,
) {
  const answered = opened + 600 + Math.round(exponential(random, 5 * 3600));
  const closed = answered + 900 + Math.round(exponential(random, 40 * 3600));
  const known = (second: number): number | null => (second < world.endSecond ? second : null);
  const csat = chance(random, 0.3) ? clamp(Math.round(7.5 + 1.6 * random.normal()), 1, 10) : null;
  return {
    ticket_id: `${traits.accountId}-T${String(number).padStart(4, '0')}`,
    account_id: traits.accountId,
    opened_at: opened,
    first_response_at: known(answered),
    closed_at: known(closed),
    priority: pick(random, { low: 0.35, normal: 0.45, high: 0.15, urgent: 0.05 }),
    channel: pick(random, { email: 0.42, phone: 0.12, live_chat: 0.26, co_browse: 0.05, bot: 0.15 }),
    reopened: chance(random, 0.08) ? 'true' : 'false',
    csat: known(closed) === null ? null : csat,
  };
}
