import type { AspectDefinition } from '../contracts/aspect.js';
import { counted, countsOver, measured } from './definitions.js';
import { RUNNING_SEATS } from './running-seats.js';
import { USAGE_SPAN } from './usage-span.js';
import {
  activeDays,
  change,
  daysSince,
  exact,
  longestGap,
  ratio,
  rowsChange,
  weeklySlope,
  weekStreak,
  within,
  withinBefore,
} from './windows.js';

const EVENTS = `(
  SELECT account_id, occurred_at FROM known_usage_events WHERE ${within('occurred_at', 180)}
)`;

/** People, quantities and seats need more columns of fewer rows; one row for each account. */
const PEOPLE = `(
  SELECT * FROM known_accounts
  LEFT JOIN (
    SELECT account_id,
      count(*) FILTER (WHERE ${within('occurred_at', 28)}) AS events,
      count(DISTINCT user_id) FILTER (WHERE ${within('occurred_at', 28)}) AS users,
      count(DISTINCT user_id) FILTER (WHERE ${withinBefore('occurred_at', 28)}) AS users_before,
      count(DISTINCT event) FILTER (WHERE ${within('occurred_at', 28)}) AS kinds,
      count(DISTINCT event) FILTER (WHERE ${withinBefore('occurred_at', 28)}) AS kinds_before,
      sum(${exact('coalesce(quantity, 1)')}) FILTER (WHERE ${within('occurred_at', 28)}) AS quantity,
      sum(${exact('coalesce(quantity, 1)')}) FILTER (WHERE ${withinBefore('occurred_at', 28)}) AS quantity_before
    FROM known_usage_events WHERE ${within('occurred_at', 56)}
    GROUP BY account_id
  ) USING (account_id)
  LEFT JOIN ${RUNNING_SEATS} USING (account_id)
)`;

/** The one value of an account in a group with one row for each. */
const one = (column: string) => `coalesce(max(${column}), 0)`;

/** What people do in the product, how often, and how many of them. */
export const usageAspect: AspectDefinition = {
  aspect: 'usage',
  title: 'Usage',
  needs: ['usage_events'],
  groups: [
    {
      from: EVENTS,
      features: [
        ...countsOver('usage_events', 'events', 'Things done in the product', 'occurred_at'),
        measured(
          'usage_change_14d',
          'share',
          'Change of usage in the 14 days before against the 14 days before these',
          rowsChange('occurred_at', 14),
        ),
        measured(
          'usage_change_28d',
          'share',
          'Change of usage in the 28 days before against the 28 days before these',
          rowsChange('occurred_at', 28),
        ),
        measured(
          'usage_change_90d',
          'share',
          'Change of usage in the 90 days before against the 90 days before these',
          rowsChange('occurred_at', 90),
        ),
        counted(
          'usage_trend_84d',
          'events a week',
          'How much weekly usage rose (or fell, below 0) from week to week: a straight line through the 12 weeks before',
          weeklySlope('occurred_at'),
        ),
        counted(
          'active_days_28d',
          'days',
          'Days with usage in the 28 days before',
          activeDays('occurred_at', 28),
        ),
        counted(
          'active_days_90d',
          'days',
          'Days with usage in the 90 days before',
          activeDays('occurred_at', 90),
        ),
        counted(
          'active_weeks_streak_175d',
          'weeks',
          'Weeks in a row with usage, up to now; at most 25',
          weekStreak('occurred_at', 25),
        ),
        measured(
          'longest_usage_gap_90d',
          'days',
          'The longest run of days without usage in the 90 days before',
          longestGap('occurred_at', 90),
        ),
      ],
    },
    {
      from: USAGE_SPAN,
      features: [
        measured(
          'days_since_usage',
          'days',
          'Days since anybody used the product',
          daysSince('max(last_at)'),
        ),
      ],
    },
    {
      from: PEOPLE,
      features: [
        counted('users_28d', 'people', 'People who used the product in the 28 days before', one('users')),
        measured(
          'users_change_28d',
          'share',
          'Change of the number of users in the 28 days before against the 28 days before these',
          change(one('users'), one('users_before')),
        ),
        counted(
          'features_used_28d',
          'kinds of event',
          'Different things done in the product in the 28 days before',
          one('kinds'),
        ),
        measured(
          'features_used_change_28d',
          'share',
          'Change of the number of different things done in the 28 days before against the 28 days before these',
          change(one('kinds'), one('kinds_before')),
        ),
        counted(
          'usage_quantity_28d',
          'units',
          'Quantity used in the 28 days before; an event without a quantity counts as 1',
          one('quantity'),
        ),
        measured(
          'usage_quantity_change_28d',
          'share',
          'Change of the quantity used in the 28 days before against the 28 days before these',
          change(one('quantity'), one('quantity_before')),
        ),
        measured(
          'usage_events_per_user_28d',
          'events a person',
          'Things done in the product in the 28 days before, for each person who used it',
          ratio(one('events'), one('users')),
        ),
        measured(
          'usage_events_per_seat_28d',
          'events a seat',
          'Things done in the product in the 28 days before, for each seat paid for',
          ratio(one('events'), one('seats')),
        ),
        measured(
          'seats_used_28d',
          'share',
          'People who used the product in the 28 days before ÷ seats paid for',
          ratio(one('users'), one('seats')),
        ),
      ],
    },
  ],
};
