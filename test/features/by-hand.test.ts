import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureCatalogue } from '../../src/features/catalogue.js';
import type { Cell } from '../../src/sources/duckdb/database.js';
import type { Company } from '../../src/workspace/company.js';
import { featuresAt } from './built.js';
import { SNAPSHOT, tinyCompany } from './tiny-company.js';

/** Every feature of account `a` of the tiny company, worked by hand; the windows' first days stand at SNAPSHOT. */
const BY_HAND: Record<string, Record<string, Cell>> = {
  usage: {
    usage_events_7d: 2, // twice on 28 June
    usage_events_14d: 3, // and 20 June
    usage_events_28d: 5, // and 10 and 3 June: the window's first instant belongs to it
    usage_events_90d: 6, // and 20 May
    usage_events_180d: 7, // and 5 January
    usage_change_14d: (3 - 2) / 2, // before: 3 and 10 June
    usage_change_28d: (5 - 1) / 1, // before: 20 May
    usage_change_90d: (6 - 1) / 1, // before: 5 January
    usage_trend_84d: (11 + 11 + 9 + 7 + 5 + 1) / 286, // weeks ago 0, 0, 1, 2, 3, 5: each 11 − 2 × weeks
    active_days_28d: 4,
    active_days_90d: 5,
    active_weeks_streak_175d: 4, // weeks 0 to 3; 4 is empty
    longest_usage_gap_90d: 48, // 20 May is 41 full days ago; before it 90 − 42 days are empty
    days_since_usage: 2, // 2 days and 11 hours
    users_28d: 2,
    users_change_28d: (2 - 1) / 1,
    features_used_28d: 2, // open, save
    features_used_change_28d: (2 - 1) / 1,
    usage_quantity_28d: 0.5 + 1 + 1 + 1 + 3,
    usage_quantity_change_28d: (6.5 - 2) / 2,
    usage_events_per_user_28d: 5 / 2,
    usage_events_per_seat_28d: 5 / 5,
    seats_used_28d: 2 / 5,
  },
  support: {
    support_tickets_7d: 2, // 25 and 29 June
    support_tickets_14d: 3, // and 20 June
    support_tickets_28d: 3,
    support_tickets_90d: 4, // and 10 May
    support_tickets_180d: 4,
    support_tickets_change_28d: (3 - 1) / 1,
    support_tickets_change_90d: null, // none before
    support_tickets_trend_84d: (11 + 11 + 9 - 3) / 286, // weeks ago 0, 0, 1, 7
    support_tickets_per_seat_90d: 4 / 5,
    open_tickets: 2,
    oldest_open_ticket_days: 6,
    unanswered_tickets: 2,
    days_since_ticket: 2,
    first_response_hours_90d: (3 + 1) / 2,
    resolution_hours_90d: (48 + 24) / 2,
    reopened_tickets_90d: 1,
    urgent_tickets_90d: 1,
    urgent_ticket_share_90d: 1 / 4,
    live_ticket_share_90d: 2 / 4, // phone, live chat
    bot_ticket_share_90d: 1 / 4,
    ticket_csat_90d: (4 + 9) / 2,
    unhappy_tickets_90d: 1,
  },
  renewal: {
    days_to_renewal: 9,
    term_months: 3,
    renewals: 1,
    reactivations: 0,
    days_since_agreement: 82, // 20 of April, 31, 30 and 1
    agreements_ended_180d: 1,
  },
  contract_growth: {
    mrr_cents: 15000,
    mrr_change_90d: 0.5,
    mrr_change_180d: null, // nothing was paid for on 3 January
    seats: 5,
    seats_change_90d: 0.25,
    seats_change_180d: null,
    price_per_seat_cents: 3000,
    price_per_seat_change_180d: null,
    running_agreements: 1,
  },
  invoices: {
    unpaid_invoices: 2,
    unpaid_cents: 12000,
    overdue_invoices: 1,
    overdue_cents: 5000,
    overdue_days: 16,
    days_late_mean_180d: (10 + 0 + 16) / 3,
    days_late_max_180d: 16,
    late_invoice_share_180d: 2 / 3,
    failed_payments_90d: 1,
    failed_payments_180d: 3,
    disputed_invoices_180d: 1,
    invoiced_cents_90d: 15000 + 5000 + 7000,
    invoiced_change_90d: (27000 - 10000) / 10000,
    days_since_payment: 52,
  },
  surveys: {
    nps_latest: 5, // two answers at one instant: the higher
    nps_mean_180d: (7 + 5 + 3) / 3,
    nps_change_180d: 5 - 9,
    csat_latest: 4,
    csat_mean_180d: 4,
    csat_change_180d: null,
    ces_latest: 2.5,
    ces_mean_180d: (3 + 2.5) / 2,
    ces_change_180d: null,
    detractor_share_180d: 2 / 3,
    survey_answers_90d: 5,
    survey_answers_180d: 7,
    low_scores_90d: 4,
    low_score_people_90d: 2, // c2, and c3 twice; the nameless one is left out
    low_score_people_180d: 3, // and c4
    exit_surveys_90d: 1,
    days_since_survey: 10,
  },
  community: {
    community_actions_28d: 3,
    community_actions_90d: 4,
    community_actions_180d: 5,
    community_change_90d: (4 - 1) / 1,
    community_people_90d: 2,
    community_posts_90d: 2,
    community_ideas_180d: 1,
    ideas_implemented_180d: 1,
    events_attended_180d: 1,
    days_since_community: 10,
  },
  executive_relationship: {
    days_since_executive_contact: 91,
    days_since_contact: 30,
    executive_meetings_180d: 1,
    business_reviews_180d: 1,
    check_ins_90d: 1,
    contact_roles_180d: 2,
    sponsor_changes_180d: 1,
    champions_left_180d: 1,
    days_since_champion_left: 20,
  },
  self_service: {
    self_service_events_28d: 2,
    self_service_events_90d: 4,
    article_views_90d: 1,
    searches_without_result_90d: 1,
    failed_search_share_90d: 1 / 2,
    bot_resolutions_90d: 1,
    trainings_completed_180d: 1,
    self_service_people_90d: 2,
    days_since_self_service: 20,
    self_service_share_90d: 2 / (2 + 4),
  },
  onboarding: {
    days_to_first_usage: 4,
    milestones_reached: 2,
    milestones_reached_late: 1,
    milestones_overdue: 1,
    milestones_reached_share: 2 / 3,
    milestone_days_late_mean: (-2 + 10 + 10) / 3,
    days_since_milestone: 153,
  },
  service_quality: {
    incidents_28d: 1,
    incidents_90d: 2,
    incidents_180d: 3,
    incidents_change_90d: (2 - 1) / 1,
    severe_incidents_90d: 1,
    incident_hours_28d: 24, // the open one, since 30 June
    incident_hours_90d: 24 + 24,
    open_incidents: 1,
    days_since_incident: 1,
  },
  account: {
    segment: 'small',
    industry: 'bakery',
    country: 'AT',
    plan: 'basic',
    employees: 12,
    days_since_sign_up: 182,
    days_since_first_agreement: 173,
    attribute__48_ealth_20_score: 7.5,
    attribute_it_27_s_3b__20__44__52__4f__50__20__54__41__42__4c__45__20_accounts_20__2d__2d_: 'fine',
  },
};

describe('features worked by hand', () => {
  let company: Company;
  let features: Record<string, Record<string, Cell>>;
  beforeAll(async () => {
    company = await tinyCompany();
    features = await featuresAt(company, SNAPSHOT, ['a', 'b']);
  });
  afterAll(() => company.database.close());

  it.each(Object.keys(BY_HAND))('%s', (aspect) => {
    const names = featureCatalogue(company)
      .filter((feature) => feature.aspect === aspect)
      .map(({ name }) => name);
    expect(Object.fromEntries(names.map((name) => [name, features.a![name]]))).toEqual(BY_HAND[aspect]);
  });

  it('leaves no aspect out', () => {
    expect(Object.keys(BY_HAND)).toEqual([...new Set(featureCatalogue(company).map(({ aspect }) => aspect))]);
  });

  it('gives an account without rows 0 where things are counted, and nothing elsewhere', () => {
    const expected = featureCatalogue(company).map(({ name, empty }) => [name, empty]);
    expect(features.b).toEqual({ ...Object.fromEntries(expected), days_since_sign_up: 61 });
  });
});
