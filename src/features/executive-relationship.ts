import type { AspectDefinition } from '../contracts/aspect.js';
import { counted, measured } from './definitions.js';
import { daysSince, rowsWhere, within } from './windows.js';

const EXECUTIVE = "kind IN ('executive_meeting', 'business_review')";
const CONTACT = "kind IN ('executive_meeting', 'business_review', 'check_in')";
const during = (days: number) => within('occurred_at', days);
const lastOf = (condition: string) => daysSince(`max(occurred_at) FILTER (WHERE ${condition})`);

/** Contact between the people who decide. */
export const executiveRelationshipAspect: AspectDefinition = {
  aspect: 'executive_relationship',
  title: 'Executive relationship',
  needs: ['relationship_events'],
  groups: [
    {
      from: 'known_relationship_events',
      features: [
        measured(
          'days_since_executive_contact',
          'days',
          'Days since the last executive meeting or business review',
          lastOf(EXECUTIVE),
        ),
        measured(
          'days_since_contact',
          'days',
          'Days since the last executive meeting, business review or check-in',
          lastOf(CONTACT),
        ),
        counted(
          'executive_meetings_180d',
          'meetings',
          'Executive meetings in the 180 days before',
          rowsWhere("kind = 'executive_meeting'", during(180)),
        ),
        counted(
          'business_reviews_180d',
          'reviews',
          'Business reviews in the 180 days before',
          rowsWhere("kind = 'business_review'", during(180)),
        ),
        counted(
          'check_ins_90d',
          'check-ins',
          'Check-ins in the 90 days before',
          rowsWhere("kind = 'check_in'", during(90)),
        ),
        counted(
          'contact_roles_180d',
          'roles',
          'Different roles spoken with in the 180 days before',
          `count(DISTINCT contact_role) FILTER (WHERE ${CONTACT} AND ${during(180)})`,
        ),
        counted(
          'sponsor_changes_180d',
          'changes',
          'Changes of the sponsor in the 180 days before',
          rowsWhere("kind = 'sponsor_change'", during(180)),
        ),
        counted(
          'champions_left_180d',
          'people',
          'Champions who left in the 180 days before',
          rowsWhere("kind = 'champion_left'", during(180)),
        ),
        measured(
          'days_since_champion_left',
          'days',
          'Days since a champion last left',
          lastOf("kind = 'champion_left'"),
        ),
      ],
    },
  ],
};
