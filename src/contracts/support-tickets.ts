import { z } from 'zod';
import { type Contract, choice, flag, instant, number, recordedAt, text } from './contract.js';

/** A case that the account opened. */
export const supportTicketsContract: Contract = {
  table: 'support_tickets',
  description: 'A case that the account opened.',
  row: z.strictObject({
    ticket_id: text('names the case'),
    account_id: text('whose'),
    opened_at: instant('when it was opened'),
    first_response_at: instant('when somebody answered').nullable(),
    closed_at: instant('when it was solved').nullable(),
    priority: text('how urgent').nullable(),
    channel: choice(['email', 'phone', 'live_chat', 'co_browse', 'bot'], 'how it came in').nullable(),
    reopened: flag('solved, and then not').nullable(),
    csat: number('satisfaction with the answer, known once the case is closed', {
      min: 1,
      max: 10,
    }).nullable(),
    recorded_at: recordedAt,
  }),
  key: 'ticket_id',
  knownAt: ['opened_at'],
  later: {
    first_response_at: 'first_response_at',
    closed_at: 'closed_at',
    csat: 'closed_at',
    reopened: 'closed_at',
  },
};
