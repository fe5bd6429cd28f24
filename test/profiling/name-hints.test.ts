import { expect, it } from 'vitest';
import { hintsAtOutcome } from '../../src/profiling/name-hints.js';

it.each([
  'churn_score',
  'CancelledAt',
  'exitSurvey',
  'Reason for leaving',
  'end_date',
  'EndDate',
  'closed',
  'left',
])('hears the outcome in %j', (name) => {
  expect(hintsAtOutcome(name)).toBe(true);
});

it.each(['tenure', 'weekend_calls', 'end_user_count', 'closest_branch', 'Complain', 'lefthanded', 'plan'])(
  'hears nothing in %j',
  (name) => {
    expect(hintsAtOutcome(name)).toBe(false);
  },
);
