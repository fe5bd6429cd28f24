import type { AspectDefinition } from '../contracts/aspect.js';
import { counted, countsOver, measured } from './definitions.js';
import { daysSince, ratio, rowsWhere, within } from './windows.js';

/** Tickets stand beside the events, for the share of problems that needed none. */
const WITH_TICKETS = `(
  SELECT account_id, occurred_at, kind FROM known_self_service_events WHERE ${within('occurred_at', 90)}
  UNION ALL
  SELECT account_id, opened_at, 'ticket' FROM known_support_tickets WHERE ${within('opened_at', 90)}
)`;

const SEARCH = "kind IN ('search', 'search_without_result')";
const during = (days: number) => within('occurred_at', days);

/** Whether people at the account can help themselves. */
export const selfServiceAspect: AspectDefinition = {
  aspect: 'self_service',
  title: 'Self-sufficiency',
  needs: ['self_service_events'],
  groups: [
    {
      from: 'known_self_service_events',
      features: [
        ...countsOver(
          'self_service_events',
          'events',
          'Attempts to help themselves',
          'occurred_at',
          [28, 90],
        ),
        counted(
          'article_views_90d',
          'views',
          'Help articles read in the 90 days before',
          rowsWhere("kind = 'article_view'", during(90)),
        ),
        counted(
          'searches_without_result_90d',
          'searches',
          'Searches that found nothing in the 90 days before',
          rowsWhere("kind = 'search_without_result'", during(90)),
        ),
        measured(
          'failed_search_share_90d',
          'share',
          'Share that found nothing among the searches in the 90 days before',
          ratio(rowsWhere("kind = 'search_without_result'", during(90)), rowsWhere(SEARCH, during(90))),
        ),
        counted(
          'bot_resolutions_90d',
          'cases',
          'Cases that a bot solved in the 90 days before',
          rowsWhere("kind = 'bot_resolved'", during(90)),
        ),
        counted(
          'trainings_completed_180d',
          'trainings',
          'Trainings completed in the 180 days before',
          rowsWhere("kind = 'training_completed'", during(180)),
        ),
        counted(
          'self_service_people_90d',
          'people',
          'Different people who tried to help themselves in the 90 days before',
          `count(DISTINCT user_id) FILTER (WHERE ${during(90)})`,
        ),
        measured(
          'days_since_self_service',
          'days',
          'Days since anybody tried to help themselves',
          daysSince('max(occurred_at)'),
        ),
      ],
    },
    {
      from: WITH_TICKETS,
      features: [
        measured(
          'self_service_share_90d',
          'share',
          'Problems solved alone (articles read, cases solved by a bot) ÷ these and tickets opened, in the 90 days before',
          ratio(
            rowsWhere("kind IN ('article_view', 'bot_resolved')"),
            rowsWhere("kind IN ('article_view', 'bot_resolved', 'ticket')"),
          ),
        ),
      ],
    },
  ],
};
