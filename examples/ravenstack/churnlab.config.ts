import { defineWorkspace } from 'churnlab';

/**
 * A simulated SaaS company whose tables contradict each other, which the loading counts. An account has ten
 * subscriptions at a time and hardly ever ends all of them, so leaving is read from the list of churn events: an account
 * is closed at the first of them. The accounts' churn_flag is only held against that list.
 */
export default defineWorkspace({
  name: 'RavenStack',
  currency: 'USD',
  tables: {
    accounts: {
      file: '${CHURNLAB_DATA}/ravenstack/ravenstack_accounts.csv',
      columns: { name: 'account_name', created_at: 'signup_date' },
      attributes: { referral_source: 'referral_source' },
      churnFlag: 'churn_flag',
    },
    subscriptions: {
      file: '${CHURNLAB_DATA}/ravenstack/ravenstack_subscriptions.csv',
      columns: {
        started_at: 'start_date',
        ended_at: 'end_date',
        term_months: { column: 'billing_frequency', values: { monthly: 1, annual: 12 } },
        mrr_cents: { column: 'mrr_amount', unit: 'major' },
      },
    },
    usage_events: {
      file: '${CHURNLAB_DATA}/ravenstack/ravenstack_feature_usage.csv',
      columns: {
        account_id: { ofSubscription: 'subscription_id' },
        occurred_at: 'usage_date',
        event: 'feature_name',
        quantity: 'usage_count',
      },
    },
    support_tickets: {
      file: '${CHURNLAB_DATA}/ravenstack/ravenstack_support_tickets.csv',
      columns: {
        opened_at: 'submitted_at',
        first_response_at: { column: 'first_response_time_minutes', unit: 'minutes', after: 'opened_at' },
        csat: 'satisfaction_score',
      },
    },
  },
  churnEvents: { file: '${CHURNLAB_DATA}/ravenstack/ravenstack_churn_events.csv', account_id: 'account_id', closed_at: 'churn_date' },
});
