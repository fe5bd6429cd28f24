import type { AspectDefinition } from '../contracts/aspect.js';
import { counted, countsOver, measured } from './definitions.js';
import { daysSince, rowsChange, rowsWhere, within } from './windows.js';

const during = (days: number) => within('occurred_at', days);

/** What people at the account do among other customers. */
export const communityAspect: AspectDefinition = {
  aspect: 'community',
  title: 'Community',
  needs: ['community_activity'],
  groups: [
    {
      from: 'known_community_activity',
      features: [
        ...countsOver(
          'community_actions',
          'actions',
          'Things done in the community',
          'occurred_at',
          [28, 90, 180],
        ),
        measured(
          'community_change_90d',
          'share',
          'Change of things done in the community in the 90 days before against the 90 days before these',
          rowsChange('occurred_at', 90),
        ),
        counted(
          'community_people_90d',
          'people',
          'Different people active in the community in the 90 days before',
          `count(DISTINCT user_id) FILTER (WHERE ${during(90)})`,
        ),
        counted(
          'community_posts_90d',
          'posts',
          'Posts and replies in the 90 days before',
          rowsWhere("kind IN ('post', 'reply')", during(90)),
        ),
        counted(
          'community_ideas_180d',
          'ideas',
          'Ideas handed in in the 180 days before',
          rowsWhere("kind = 'idea'", during(180)),
        ),
        counted(
          'ideas_implemented_180d',
          'ideas',
          'Ideas of the account that were put into the product in the 180 days before',
          rowsWhere("kind = 'idea_implemented'", during(180)),
        ),
        counted(
          'events_attended_180d',
          'events',
          'Community events attended in the 180 days before',
          rowsWhere("kind = 'event_attended'", during(180)),
        ),
        measured(
          'days_since_community',
          'days',
          'Days since anything was done in the community',
          daysSince('max(occurred_at)'),
        ),
      ],
    },
  ],
};
