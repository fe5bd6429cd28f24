import type { AspectDefinition } from '../contracts/aspect.js';
import { counted, measured } from './definitions.js';
import { change, ratio } from './windows.js';

/** Whether an agreement ran just before the instant so many days before the snapshot. */
function ran(daysBefore: number): string {
  const at = `{snapshot} - INTERVAL ${daysBefore} DAY`;
  return `started_at < ${at} AND (ended_at IS NULL OR ended_at >= ${at})`;
}

const total = (column: string, daysBefore: number, condition = 'true') =>
  `coalesce(sum(${column}) FILTER (WHERE ${ran(daysBefore)} AND ${condition}), 0)`;

/** Revenue of the agreements that count seats ÷ their seats. */
const seatPrice = (daysBefore: number) =>
  ratio(total('mrr_cents', daysBefore, 'seats > 0'), total('seats', daysBefore));

const changeOf = (column: string, daysBefore: number) => change(total(column, 0), total(column, daysBefore));

/** What the account pays for, and whether that grows. */
export const contractGrowthAspect: AspectDefinition = {
  aspect: 'contract_growth',
  title: 'Contract growth',
  needs: ['subscriptions'],
  groups: [
    {
      from: 'known_subscriptions',
      features: [
        counted('mrr_cents', 'cents a month', 'Recurring revenue a month now', total('mrr_cents', 0)),
        measured(
          'mrr_change_90d',
          'share',
          'Change of recurring revenue against 90 days ago',
          changeOf('mrr_cents', 90),
        ),
        measured(
          'mrr_change_180d',
          'share',
          'Change of recurring revenue against 180 days ago',
          changeOf('mrr_cents', 180),
        ),
        counted('seats', 'seats', 'Seats paid for now', total('seats', 0)),
        measured(
          'seats_change_90d',
          'share',
          'Change of seats paid for against 90 days ago',
          changeOf('seats', 90),
        ),
        measured(
          'seats_change_180d',
          'share',
          'Change of seats paid for against 180 days ago',
          changeOf('seats', 180),
        ),
        measured(
          'price_per_seat_cents',
          'cents a month',
          'Recurring revenue a month for each seat paid for now',
          seatPrice(0),
        ),
        measured(
          'price_per_seat_change_180d',
          'share',
          'Change of the price of a seat against 180 days ago',
          change(seatPrice(0), seatPrice(180)),
        ),
        counted(
          'running_agreements',
          'agreements',
          'Agreements that run now',
          'count(*) FILTER (WHERE ended_at IS NULL)',
        ),
      ],
    },
  ],
};
