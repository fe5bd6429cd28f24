import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeCompany } from '../company-fixture.js';
import { featuresAt } from './built.js';

const SNAPSHOT = Date.UTC(2024, 6, 1);
const DAY = 86_400_000;

/** Ages of events in milliseconds before the snapshot: whole days, and anything between. */
const ages = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 200 }).map((days) => days * DAY),
    fc.integer({ min: 1, max: 200 * DAY }),
    fc.integer({ min: 1, max: 30 * DAY }),
  ),
  { minLength: 1, maxLength: 60 },
);

/** The features of the usage of one account, counted plainly. */
function plainly(events: readonly number[]) {
  const spans = (days: number, within: number) =>
    events.filter((age) => age <= within * DAY).map((age) => Math.floor((age - 1) / (days * DAY)));
  const weeks = new Set(spans(7, 175));
  let streak = 0;
  while (weeks.has(streak)) streak++;
  const days = [-1, ...new Set(spans(1, 90)), 90].sort((a, b) => a - b);
  const gaps = days.slice(1).map((day, index) => day - days[index]! - 1);
  return {
    active_days_28d: new Set(spans(1, 28)).size,
    active_days_90d: new Set(spans(1, 90)).size,
    active_weeks_streak_175d: streak,
    longest_usage_gap_90d: Math.max(...gaps),
    usage_trend_84d: slope(spans(7, 84)),
  };
}

/** Ordinary least squares through the counts of 12 weeks, from the oldest to the last. */
function slope(weeksAgo: readonly number[]): number {
  const counts = Array.from({ length: 12 }, (_, week) => weeksAgo.filter((ago) => ago === 11 - week).length);
  const mean = counts.reduce((sum, count) => sum + count, 0) / 12;
  const products = counts.map((count, week) => (week - 5.5) * (count - mean));
  const squares = counts.map((_, week) => (week - 5.5) ** 2);
  return products.reduce((sum, x) => sum + x, 0) / squares.reduce((sum, x) => sum + x, 0);
}

describe('windows', () => {
  it('hold the days, weeks, gaps and slopes that a plain count finds', async () => {
    const accounts = fc.sample(ages, { numRuns: 200, seed: 5 });
    const company = await makeCompany({
      accounts: accounts.map((_, index) => ({ account_id: `a${index}`, created_at: '2023-01-01' })),
      usage_events: accounts.flatMap((events, index) =>
        events.map((age) => ({ account_id: `a${index}`, occurred_at: SNAPSHOT - age, event: 'open' })),
      ),
    });
    try {
      const names = accounts.map((_, index) => `a${index}`);
      const features = await featuresAt(company, SNAPSHOT, names);
      for (const [index, events] of accounts.entries()) {
        const { usage_trend_84d, usage_events_180d, ...expected } = {
          ...plainly(events),
          usage_events_180d: events.filter((age) => age <= 180 * DAY).length,
        };
        const row = features[`a${index}`]!;
        // Nobody in 180 days: not a row for the group, and so no gap.
        const gap = usage_events_180d === 0 ? null : expected.longest_usage_gap_90d;
        expect(row).toMatchObject({ ...expected, longest_usage_gap_90d: gap, usage_events_180d });
        expect(row.usage_trend_84d).toBeCloseTo(usage_trend_84d, 12);
      }
    } finally {
      await company.database.close();
    }
  });
});
