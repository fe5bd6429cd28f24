import type { Random } from '../../math/random.js';
import { dayOfMonth, SECONDS_A_DAY } from './calendar.js';
import { between, chance } from './draws.js';
import { beginsTrouble, isTroubled } from './episodes.js';
import { type EventContext, eachDay, eventTable } from './events.js';
import type { Stint } from './lives.js';
import type { SimulatedTable } from './table.js';

const DUE_DAYS = 14;
/** Charges for extra usage, beside the monthly invoice. */
const EXTRA_PER_DAY = 0.08 / 30;

/**
 * The table `invoices`: one a month on the day of the month on which the account signed up, and now and then
 * a charge for extra usage. In trouble such a charge comes on the first day; whatever is issued from then on
 * is paid weeks late, after failed payments. Everything is paid in the end, also by those who have left.
 */
export function invoicesTable(context: EventContext): SimulatedTable {
  const shape = {
    invoice_id: 'text',
    account_id: 'text',
    issued_at: 'instant',
    due_at: 'instant',
    paid_at: 'instant',
    amount_cents: 'number',
    currency: 'text',
    disputed: 'text',
    failed_payments: 'number',
  } as const;
  const { world } = context;
  return eventTable('invoices', shape, context, (life, record, random) => {
    const { accountId, habits } = life.traits;
    let written = 0;
    const write = (day: number, amount: number, stint: Stint): void => {
      const issued = day * SECONDS_A_DAY + between(random, 3600, 4 * 3600);
      const isLate = isTroubled(stint.episodes, 'invoices', day);
      const paid = issued + SECONDS_A_DAY * paymentDays(isLate, habits.paymentDays, random);
      const failed = isLate ? between(random, 1, 3) : chance(random, 0.02) ? 1 : 0;
      written++;
      record(issued, {
        invoice_id: `${accountId}-I${String(written).padStart(3, '0')}`,
        account_id: accountId,
        issued_at: issued,
        due_at: issued + DUE_DAYS * SECONDS_A_DAY,
        paid_at: paid < world.endSecond ? paid : null,
        amount_cents: amount,
        currency: 'EUR',
        disputed: chance(random, 0.01) ? 'true' : 'false',
        failed_payments: failed,
      });
    };
    eachDay(life, world, (day, stint) => {
      if (dayOfMonth(day) === dayOfMonth(stint.startDay)) write(day, mrrOn(stint, day), stint);
      const isFirst = beginsTrouble(stint.episodes, 'invoices', day);
      if (isFirst || chance(random, EXTRA_PER_DAY)) {
        write(day, Math.round(mrrOn(stint, day) * (0.05 + 0.1 * random.uniform())), stint);
      }
    });
  });
}

const mrrOn = ({ agreements }: Stint, day: number): number =>
  agreements.findLast(({ startDay }) => startDay <= day)!.mrrCents;

/** Days from issue to payment, at least one. */
const paymentDays = (isLate: boolean, habit: number, random: Random): number =>
  isLate
    ? DUE_DAYS + between(random, 20, 45)
    : Math.max(1, DUE_DAYS + habit + Math.round(2 * random.normal()));
