import type { AspectDefinition } from '../contracts/aspect.js';
import { counted, countsOver, measured } from './definitions.js';
import { RUNNING_SEATS } from './running-seats.js';
import { isSevere } from './severity.js';
import {
  daysSince,
  meanHours,
  meanWhere,
  ratio,
  rowsChange,
  rowsWhere,
  weeklySlope,
  within,
} from './windows.js';

const TICKETS = `(
  SELECT * FROM known_support_tickets LEFT JOIN ${RUNNING_SEATS} USING (account_id)
)`;

const opened = (days: number) => within('opened_at', days);
const shareOfTickets = (condition: string) => ratio(rowsWhere(opened(90), condition), rowsWhere(opened(90)));

/** Cases that the account opened, and how they were answered. */
export const supportAspect: AspectDefinition = {
  aspect: 'support',
  title: 'Support',
  needs: ['support_tickets'],
  groups: [
    {
      from: TICKETS,
      features: [
        ...countsOver('support_tickets', 'tickets', 'Tickets opened', 'opened_at'),
        measured(
          'support_tickets_change_28d',
          'share',
          'Change of tickets opened in the 28 days before against the 28 days before these',
          rowsChange('opened_at', 28),
        ),
        measured(
          'support_tickets_change_90d',
          'share',
          'Change of tickets opened in the 90 days before against the 90 days before these',
          rowsChange('opened_at', 90),
        ),
        counted(
          'support_tickets_trend_84d',
          'tickets a week',
          'How much weekly tickets rose (or fell, below 0) from week to week: a straight line through the 12 weeks before',
          weeklySlope('opened_at'),
        ),
        measured(
          'support_tickets_per_seat_90d',
          'tickets a seat',
          'Tickets opened in the 90 days before, for each seat paid for',
          ratio(rowsWhere(opened(90)), 'max(seats)'),
        ),
        counted('open_tickets', 'tickets', 'Tickets that are not solved yet', rowsWhere('closed_at IS NULL')),
        measured(
          'oldest_open_ticket_days',
          'days',
          'Age of the oldest ticket that is not solved yet',
          daysSince('min(opened_at) FILTER (WHERE closed_at IS NULL)'),
        ),
        counted(
          'unanswered_tickets',
          'tickets',
          'Tickets to which nobody has answered yet',
          rowsWhere('first_response_at IS NULL', 'closed_at IS NULL'),
        ),
        measured(
          'days_since_ticket',
          'days',
          'Days since the last ticket was opened',
          daysSince('max(opened_at)'),
        ),
        measured(
          'first_response_hours_90d',
          'hours',
          'Mean time to the first answer, of tickets opened in the 90 days before and answered by now',
          meanHours('opened_at', 'first_response_at', opened(90)),
        ),
        measured(
          'resolution_hours_90d',
          'hours',
          'Mean time to the solution, of tickets solved in the 90 days before',
          meanHours('opened_at', 'closed_at', within('closed_at', 90)),
        ),
        counted(
          'reopened_tickets_90d',
          'tickets',
          'Tickets opened in the 90 days before that were solved, and then not',
          rowsWhere(opened(90), 'reopened'),
        ),
        counted(
          'urgent_tickets_90d',
          'tickets',
          'Tickets of high priority opened in the 90 days before',
          rowsWhere(opened(90), isSevere('priority')),
        ),
        measured(
          'urgent_ticket_share_90d',
          'share',
          'Share of high priority among the tickets opened in the 90 days before',
          shareOfTickets(isSevere('priority')),
        ),
        measured(
          'live_ticket_share_90d',
          'share',
          'Share of phone, live chat and co-browsing among the tickets opened in the 90 days before',
          shareOfTickets("channel IN ('phone', 'live_chat', 'co_browse')"),
        ),
        measured(
          'bot_ticket_share_90d',
          'share',
          'Share that came in through a bot among the tickets opened in the 90 days before',
          shareOfTickets("channel = 'bot'"),
        ),
        measured(
          'ticket_csat_90d',
          'points',
          'Mean satisfaction with the answer (1 to 10), of tickets solved in the 90 days before',
          meanWhere('csat', within('closed_at', 90)),
        ),
        counted(
          'unhappy_tickets_90d',
          'tickets',
          'Tickets solved in the 90 days before with a satisfaction of 5 or less',
          rowsWhere(within('closed_at', 90), 'csat <= 5'),
        ),
      ],
    },
  ],
};
