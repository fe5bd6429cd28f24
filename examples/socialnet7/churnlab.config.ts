import { defineWorkspace } from 'churnlab';

/**
 * A simulated social network. A subscription is one row a month, and the next row is its renewal; every row has an
 * end, also those that run beyond the last event. Subscriptions are known until 1 June; events run on for a month, in
 * which no renewal could be seen.
 */
export default defineWorkspace({
  name: 'Social network',
  currency: 'USD',
  observedUntil: '2020-06-02',
  tables: {
    accounts: {
      file: '${CHURNLAB_DATA}/socialnet7/account.csv',
      columns: { created_at: { earliest: ['subscriptions.started_at'] } },
      attributes: { channel: 'channel' },
    },
    subscriptions: {
      file: '${CHURNLAB_DATA}/socialnet7/subscription.csv',
      columns: {
        subscription_id: { numbered: 'S' },
        started_at: 'start_date',
        ended_at: 'end_date',
        renews_at: 'end_date',
        term_months: 'bill_period_months',
        mrr_cents: { column: 'mrr', unit: 'major' },
      },
    },
    usage_events: {
      file: '${CHURNLAB_DATA}/socialnet7/event.csv.gz',
      columns: { occurred_at: 'event_time', event: 'event_type' },
    },
  },
});
