import type { Company } from '../../src/workspace/company.js';
import { makeCompany } from '../company-fixture.js';

/** 1 July 2024; the windows of 7, 14, 28, 56, 90 and 180 days begin on 24, 17 and 3 June, 6 May, 2 April and 3 January. */
export const SNAPSHOT = Date.UTC(2024, 6, 1);

/** Account `a` has a bit of everything, account `b` nothing at all. */
export function tinyCompany(): Promise<Company> {
  return makeCompany(
    {
      accounts: [
        {
          account_id: 'a',
          created_at: '2024-01-01',
          segment: 'small',
          industry: 'bakery',
          country: 'AT',
          plan: 'basic',
          employees: 12,
        },
        { account_id: 'b', created_at: '2024-05-01' },
      ],
      subscriptions: [
        {
          subscription_id: 's1',
          account_id: 'a',
          started_at: '2024-01-10',
          ended_at: '2024-04-10',
          renews_at: '2024-04-10',
          term_months: 3,
          mrr_cents: 10000,
          seats: 4,
        },
        {
          subscription_id: 's2',
          account_id: 'a',
          started_at: '2024-04-10',
          renews_at: '2024-07-10',
          term_months: 3,
          mrr_cents: 15000,
          seats: 5,
        },
      ],
      usage_events: [
        { account_id: 'a', user_id: 'u1', occurred_at: '2024-01-05T12:00Z', event: 'open' },
        { account_id: 'a', user_id: 'u1', occurred_at: '2024-05-20T12:00Z', event: 'open', quantity: 2 },
        { account_id: 'a', user_id: 'u1', occurred_at: '2024-06-03', event: 'open', quantity: 0.5 },
        { account_id: 'a', user_id: 'u1', occurred_at: '2024-06-10T12:00Z', event: 'open' },
        { account_id: 'a', user_id: 'u2', occurred_at: '2024-06-20T12:00Z', event: 'save' },
        { account_id: 'a', user_id: null, occurred_at: '2024-06-28T12:00Z', event: 'save' },
        { account_id: 'a', user_id: 'u2', occurred_at: '2024-06-28T13:00Z', event: 'open', quantity: 3 },
      ],
      support_tickets: [
        {
          ticket_id: 't1',
          account_id: 'a',
          opened_at: '2024-05-10',
          first_response_at: '2024-05-10T03:00Z',
          closed_at: '2024-05-12',
          priority: 'Urgent',
          channel: 'phone',
          reopened: true,
          csat: 4,
        },
        {
          ticket_id: 't2',
          account_id: 'a',
          opened_at: '2024-06-20',
          first_response_at: '2024-06-20T01:00Z',
          closed_at: '2024-06-21',
          priority: 'low',
          channel: 'bot',
          csat: 9,
        },
        { ticket_id: 't3', account_id: 'a', opened_at: '2024-06-25', priority: 'low', channel: 'email' },
        { ticket_id: 't4', account_id: 'a', opened_at: '2024-06-29', channel: 'live_chat' },
      ],
      invoices: [
        {
          invoice_id: 'i1',
          account_id: 'a',
          issued_at: '2024-02-01',
          due_at: '2024-02-15',
          paid_at: '2024-02-25',
          amount_cents: 10000,
          failed_payments: 2,
          disputed: true,
        },
        {
          invoice_id: 'i2',
          account_id: 'a',
          issued_at: '2024-05-01',
          due_at: '2024-05-15',
          paid_at: '2024-05-10',
          amount_cents: 15000,
          failed_payments: 1,
        },
        {
          invoice_id: 'i3',
          account_id: 'a',
          issued_at: '2024-06-01',
          due_at: '2024-06-15',
          amount_cents: 5000,
        },
        {
          invoice_id: 'i4',
          account_id: 'a',
          issued_at: '2024-06-25',
          due_at: '2024-07-15',
          amount_cents: 7000,
        },
      ],
      surveys: [
        { account_id: 'a', contact_id: 'c1', answered_at: '2023-12-01', kind: 'nps', score: 9 },
        { account_id: 'a', contact_id: 'c1', answered_at: '2024-03-01', kind: 'nps', score: 7 },
        { account_id: 'a', contact_id: 'c2', answered_at: '2024-05-01', kind: 'nps', score: 5 },
        { account_id: 'a', contact_id: 'c3', answered_at: '2024-05-01', kind: 'nps', score: 3 },
        { account_id: 'a', contact_id: 'c3', answered_at: '2024-06-01', kind: 'csat', score: 4 },
        { account_id: 'a', contact_id: 'c4', answered_at: '2024-02-01', kind: 'ces', score: 3 },
        { account_id: 'a', contact_id: null, answered_at: '2024-06-02', kind: 'ces', score: 2.5 },
        { account_id: 'a', contact_id: 'c5', answered_at: '2024-06-21', kind: 'exit' },
      ],
      community_activity: [
        { account_id: 'a', user_id: 'u1', occurred_at: '2024-02-01', kind: 'idea' },
        { account_id: 'a', user_id: 'u1', occurred_at: '2024-05-01', kind: 'post' },
        { account_id: 'a', user_id: 'u2', occurred_at: '2024-06-15', kind: 'reply' },
        { account_id: 'a', user_id: 'u2', occurred_at: '2024-06-20', kind: 'event_attended' },
        { account_id: 'a', user_id: 'u1', occurred_at: '2024-06-21', kind: 'idea_implemented' },
      ],
      relationship_events: [
        { account_id: 'a', occurred_at: '2024-02-01', kind: 'executive_meeting', contact_role: 'CEO' },
        { account_id: 'a', occurred_at: '2024-04-01', kind: 'business_review', contact_role: 'CFO' },
        { account_id: 'a', occurred_at: '2024-06-01', kind: 'check_in', contact_role: 'CFO' },
        { account_id: 'a', occurred_at: '2024-06-10', kind: 'sponsor_change' },
        { account_id: 'a', occurred_at: '2024-06-11', kind: 'champion_left' },
      ],
      self_service_events: [
        { account_id: 'a', user_id: 'u1', occurred_at: '2024-03-01', kind: 'training_completed' },
        { account_id: 'a', user_id: 'u1', occurred_at: '2024-05-01', kind: 'search' },
        { account_id: 'a', user_id: 'u1', occurred_at: '2024-05-01', kind: 'article_view' },
        { account_id: 'a', user_id: 'u2', occurred_at: '2024-06-10', kind: 'search_without_result' },
        { account_id: 'a', user_id: 'u2', occurred_at: '2024-06-11', kind: 'bot_resolved' },
      ],
      onboarding_milestones: [
        { account_id: 'a', milestone: 'import', due_at: '2024-01-10', reached_at: '2024-01-08' },
        { account_id: 'a', milestone: 'invite', due_at: '2024-01-20', reached_at: '2024-01-30' },
        { account_id: 'a', milestone: 'connect', due_at: '2024-06-21' },
        { account_id: 'a', milestone: 'later', due_at: '2024-08-01' },
      ],
      incidents: [
        { account_id: 'a', occurred_at: '2024-03-01', severity: 'low', resolved_at: '2024-03-01T06:00Z' },
        { account_id: 'a', occurred_at: '2024-05-01', severity: 'high', resolved_at: '2024-05-02' },
        { account_id: 'a', occurred_at: '2024-06-30', severity: 'low' },
      ],
    },
    {},
    [
      { account_id: 'a', name: 'Health score', value: 7.5 },
      { account_id: 'a', name: "it's; DROP TABLE accounts --", value: 'fine' },
    ],
  );
}
