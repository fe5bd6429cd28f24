import { defineWorkspace } from 'churnlab';

const without = { missing: 'keep', otherwise: 'no such service' } as const;

/**
 * The IBM telco customers as four tables. A customer without a row in internet.csv or phone.csv has no such service.
 * TotalCharges is left out: it is what was paid until the extraction, so it knows how long the customer stayed.
 */
export default defineWorkspace({
  name: 'Telco',
  currency: 'USD',
  tables: {
    accounts: {
      file: '${CHURNLAB_DATA}/telco-tables/contract.csv',
      join: [
        {
          file: '${CHURNLAB_DATA}/telco-tables/personal.csv',
          as: 'personal',
          on: { customerID: 'customerID' },
          missing: 'reject',
        },
        { file: '${CHURNLAB_DATA}/telco-tables/internet.csv', as: 'internet', on: { customerID: 'customerID' }, ...without },
        { file: '${CHURNLAB_DATA}/telco-tables/phone.csv', as: 'phone', on: { customerID: 'customerID' }, ...without },
      ],
      columns: { account_id: 'customerID', created_at: 'BeginDate', plan: 'Type' },
      attributes: {
        gender: 'personal.gender',
        senior: { column: 'personal.SeniorCitizen', values: { 0: 'no', 1: 'yes' } },
        partner: 'personal.Partner',
        dependents: 'personal.Dependents',
        internet_service: 'internet.InternetService',
        online_security: 'internet.OnlineSecurity',
        online_backup: 'internet.OnlineBackup',
        device_protection: 'internet.DeviceProtection',
        tech_support: 'internet.TechSupport',
        streaming_tv: 'internet.StreamingTV',
        streaming_movies: 'internet.StreamingMovies',
        multiple_lines: 'phone.MultipleLines',
        paperless_billing: 'PaperlessBilling',
        payment_method: 'PaymentMethod',
      },
    },
    subscriptions: {
      file: '${CHURNLAB_DATA}/telco-tables/contract.csv',
      columns: {
        subscription_id: { numbered: 'C' },
        account_id: 'customerID',
        started_at: 'BeginDate',
        ended_at: { column: 'EndDate', values: { No: null } },
        term_months: { column: 'Type', values: { 'Month-to-month': 1, 'One year': 12, 'Two year': 24 } },
        mrr_cents: { column: 'MonthlyCharges', unit: 'major' },
      },
    },
  },
});
