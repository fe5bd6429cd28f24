import type { AccountLife } from './lives.js';
import { type SimulatedTable, tableBuilder } from './table.js';
import type { World } from './world.js';

/**
 * The table `subscriptions`: a row per agreement. A row that was renewed or changed ends on the day on which
 * its successor starts; a row without an end runs on the day of extraction.
 */
export function subscriptionsTable(lives: readonly AccountLife[], world: World): SimulatedTable {
  const table = tableBuilder('subscriptions', {
    subscription_id: 'text',
    account_id: 'text',
    started_at: 'day',
    ended_at: 'day',
    renews_at: 'day',
    term_months: 'number',
    mrr_cents: 'number',
    currency: 'text',
    seats: 'number',
    churn_kind: 'text',
    churn_reason: 'text',
  });
  for (const { traits, stints } of lives) {
    let written = 0;
    for (const { agreements, leave } of stints) {
      for (const [index, agreement] of agreements.entries()) {
        const left = index === agreements.length - 1 ? leave : null;
        written++;
        table.add({
          subscription_id: `${traits.accountId}-S${String(written).padStart(2, '0')}`,
          account_id: traits.accountId,
          started_at: agreement.startDay,
          ended_at: agreement.endDay < world.endDay ? agreement.endDay : null,
          renews_at: agreement.renewsDay,
          term_months: agreement.termMonths,
          mrr_cents: agreement.mrrCents,
          currency: 'EUR',
          seats: agreement.seats,
          churn_kind: left?.kind ?? null,
          churn_reason: left?.reason ?? null,
        });
      }
    }
  }
  return table.finish();
}
