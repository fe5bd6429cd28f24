import { seededRandom } from '../../src/math/random.js';
import type { Cell } from '../../src/sources/duckdb/database.js';
import type { Company } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';

const DAY = 86_400_000;
const BEGIN = Date.UTC(2023, 0, 1);
/** Last day that is observed. */
export const END = Date.UTC(2024, 6, 1);

/** Days before leaving on which every leaver stops using the product. */
export const SILENT_DAYS = 60;
/** Days from a use to its arrival in the table. */
export const USAGE_ARRIVAL_DAYS = 20;

/**
 * 150 accounts that leave and 250 that stay. Everybody uses the product on a third of the days, at random, leavers
 * until exactly 60 days before they leave. Tickets are opened at random by all; besides, each leaver opens five in
 * its last month that only arrive in the table after it left.
 */
export async function silentCompany(): Promise<Company> {
  const random = seededRandom(11);
  const accounts: Record<string, Cell>[] = [];
  const subscriptions: Record<string, Cell>[] = [];
  const usage: Record<string, Cell>[] = [];
  const tickets: Record<string, Cell>[] = [];
  for (let number = 0; number < 400; number++) {
    const account_id = `a${number}`;
    const start = BEGIN + random.integer(60) * DAY;
    const leaves = number < 150 ? BEGIN + (280 + random.integer(250)) * DAY : null;
    accounts.push({ account_id, created_at: start, employees: 10 + random.integer(1000) });
    subscriptions.push({
      subscription_id: `s${number}`,
      account_id,
      started_at: start,
      ended_at: leaves,
      mrr_cents: 10_000,
    });
    const ticket = (opened_at: number, recorded_at: number | null) =>
      tickets.push({ ticket_id: `t${tickets.length}`, account_id, opened_at, recorded_at });
    for (let day = start; day < (leaves ?? END); day += DAY) {
      const instant = day + random.integer(86_400) * 1000;
      const isSilent = leaves !== null && instant >= leaves - SILENT_DAYS * DAY;
      if (random.uniform() < 1 / 3 && !isSilent) {
        usage.push({
          account_id,
          occurred_at: instant,
          event: 'login',
          recorded_at: instant + USAGE_ARRIVAL_DAYS * DAY,
        });
      }
      if (random.uniform() < 1 / 30) ticket(instant, null);
    }
    if (leaves === null) continue;
    for (let extra = 0; extra < 5; extra++) ticket(leaves - (3 + 5 * extra) * DAY, leaves + DAY);
  }
  return makeCompany(
    { accounts, subscriptions, usage_events: usage, support_tickets: tickets },
    { observedUntil: END },
  );
}
