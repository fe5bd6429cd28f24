import type { AspectDefinition } from '../contracts/aspect.js';
import { counted, measured } from './definitions.js';
import { USAGE_SPAN } from './usage-span.js';
import { daysBetween, daysSince, ratio, rowsWhere } from './windows.js';

const REACHED = 'reached_at IS NOT NULL';

/** How getting started went. */
export const onboardingAspect: AspectDefinition = {
  aspect: 'onboarding',
  title: 'Onboarding',
  needs: ['accounts'],
  groups: [
    {
      from: USAGE_SPAN,
      features: [
        measured(
          'days_to_first_usage',
          'days',
          'Days from sign-up to the first use of the product; below 0 when it was used before',
          daysBetween('min(created_at)', 'min(first_at)'),
        ),
      ],
    },
    {
      from: 'known_onboarding_milestones',
      features: [
        counted('milestones_reached', 'steps', 'Steps of getting started that are done', rowsWhere(REACHED)),
        counted(
          'milestones_reached_late',
          'steps',
          'Steps of getting started that were done after the planned date',
          rowsWhere('reached_at > due_at'),
        ),
        counted(
          'milestones_overdue',
          'steps',
          'Steps of getting started that should be done by now and are not',
          rowsWhere('reached_at IS NULL', 'due_at < {snapshot}'),
        ),
        measured(
          'milestones_reached_share',
          'share',
          'Share done among the steps that are done or should be by now',
          ratio(rowsWhere(REACHED), 'count(*)'),
        ),
        measured(
          'milestone_days_late_mean',
          'days',
          'Mean days from the planned date to the deed, below 0 when early; steps not done yet so far',
          `avg(CAST(${daysBetween('due_at', 'coalesce(reached_at, {snapshot})')} AS BIGINT))`,
        ),
        measured(
          'days_since_milestone',
          'days',
          'Days since a step of getting started was last done',
          daysSince('max(reached_at)'),
        ),
      ],
    },
  ],
};
