import { defineWorkspace } from 'churnlab';

/**
 * A shop has orders and no subscriptions: a customer counts as gone after 90 days without an order. An order is an
 * invoice that is paid at once. The till writes Lisbon time.
 */
export default defineWorkspace({
  name: 'Coffee shop',
  currency: 'EUR',
  timeZone: 'Europe/Lisbon',
  churn: { by: 'inactivity', inactiveDays: 90, activity: ['invoices'] },
  tables: {
    accounts: {
      file: 'customers.csv',
      columns: { account_id: 'customer', created_at: 'joined' },
      attributes: { channel: 'found us by', city: 'city' },
    },
    invoices: {
      file: 'orders.csv',
      columns: {
        invoice_id: 'order',
        account_id: 'customer',
        issued_at: 'ordered',
        due_at: 'ordered',
        paid_at: 'ordered',
        amount_cents: { column: 'total', unit: 'major' },
      },
    },
    incidents: {
      file: 'orders.csv',
      columns: { account_id: 'customer', occurred_at: 'ordered', severity: { constant: 'late delivery' } },
      where: { late: 'yes' },
    },
  },
});
