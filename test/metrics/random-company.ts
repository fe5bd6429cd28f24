import type { Random } from '../../src/math/random.js';
import type { Cell } from '../../src/sources/duckdb/database.js';
import type { FixtureTables } from '../company-fixture.js';
import { agreement } from './ten-accounts.js';

const DAY = 86_400_000;
const START = Date.UTC(2023, 0, 1);
const SEGMENTS = ['small', 'middle', 'large'] as const;

/**
 * Accounts that come on random days, change what they pay, leave and sometimes come back: agreements one after the
 * other with gaps of none or some days, at times side by side.
 */
export function randomCompany(accounts: number, random: Random, months = 24): FixtureTables {
  const until = START + months * 30.4 * DAY;
  const subscriptions: Record<string, Cell>[] = [];
  const rows: Record<string, Cell>[] = [];
  for (let i = 0; i < accounts; i++) {
    const account_id = `account ${i}`;
    const size = random.integer(SEGMENTS.length);
    let at = START + random.integer(months * 24) * 1.27 * DAY;
    at -= at % DAY;
    rows.push({ account_id, created_at: at, segment: SEGMENTS[size]! });
    while (at < until) {
      const mrr = Math.round(2_000 * 3 ** size * Math.exp(0.4 * random.normal()));
      const days = 1 + Math.floor(-Math.log(1 - random.uniform()) * (120 + 150 * size));
      const end = at + days * DAY;
      const goesOn = end >= until;
      subscriptions.push(
        agreement(account_id, new Date(at).toISOString(), goesOn ? null : new Date(end).toISOString(), mrr, {
          churn_kind: random.uniform() < 0.2 ? 'involuntary' : 'voluntary',
          term_months: 1,
        }),
      );
      const fate = random.uniform();
      if (fate < 0.4) break;
      at = fate < 0.85 ? end : end + (5 + random.integer(90)) * DAY;
    }
  }
  return { accounts: rows, subscriptions };
}
