import type { AspectDefinition } from '../contracts/aspect.js';
import { counted, measured } from './definitions.js';
import { change, daysBetween, daysSince, ratio, rowsWhere, within, withinBefore } from './windows.js';

const DUE = 'due_at < {snapshot}';
const UNPAID = 'paid_at IS NULL';
const dueWithin = (days: number) => `${DUE} AND ${within('due_at', days)}`;
const centsWhere = (...conditions: string[]) =>
  `coalesce(sum(amount_cents) FILTER (WHERE ${conditions.join(' AND ')}), 0)`;

/** Days from the due date to the payment, or to the snapshot while there is none; 0 when paid in time. */
const DAYS_LATE = `greatest(CAST(${daysBetween('due_at', 'coalesce(paid_at, {snapshot})')} AS BIGINT), 0)`;
const LATE = `coalesce(paid_at, {snapshot}) > due_at`;

/** Bills, and how they are paid. */
export const invoicesAspect: AspectDefinition = {
  aspect: 'invoices',
  title: 'Invoices',
  needs: ['invoices'],
  groups: [
    {
      from: 'known_invoices',
      features: [
        counted('unpaid_invoices', 'bills', 'Bills that are not paid yet', rowsWhere(UNPAID)),
        counted('unpaid_cents', 'cents', 'Amount of the bills that are not paid yet', centsWhere(UNPAID)),
        counted(
          'overdue_invoices',
          'bills',
          'Bills that should have been paid by now',
          rowsWhere(UNPAID, DUE),
        ),
        counted(
          'overdue_cents',
          'cents',
          'Amount of the bills that should have been paid by now',
          centsWhere(UNPAID, DUE),
        ),
        counted(
          'overdue_days',
          'days',
          'Days for which the longest overdue bill has been waiting',
          daysSince(`min(due_at) FILTER (WHERE ${UNPAID} AND ${DUE})`),
        ),
        measured(
          'days_late_mean_180d',
          'days',
          'Mean days late of the bills due in the 180 days before, unpaid ones so far',
          `avg(${DAYS_LATE}) FILTER (WHERE ${dueWithin(180)})`,
        ),
        measured(
          'days_late_max_180d',
          'days',
          'Most days late of the bills due in the 180 days before, unpaid ones so far',
          `max(${DAYS_LATE}) FILTER (WHERE ${dueWithin(180)})`,
        ),
        measured(
          'late_invoice_share_180d',
          'share',
          'Share paid late or not yet among the bills due in the 180 days before',
          ratio(rowsWhere(dueWithin(180), LATE), rowsWhere(dueWithin(180))),
        ),
        counted(
          'failed_payments_90d',
          'attempts',
          'Failed attempts to pay the bills due in the 90 days before',
          `coalesce(sum(failed_payments) FILTER (WHERE ${dueWithin(90)}), 0)`,
        ),
        counted(
          'failed_payments_180d',
          'attempts',
          'Failed attempts to pay the bills due in the 180 days before',
          `coalesce(sum(failed_payments) FILTER (WHERE ${dueWithin(180)}), 0)`,
        ),
        counted(
          'disputed_invoices_180d',
          'bills',
          'Bills due in the 180 days before that the account says are wrong',
          rowsWhere(dueWithin(180), 'disputed'),
        ),
        counted(
          'invoiced_cents_90d',
          'cents',
          'Amount of the bills sent in the 90 days before',
          centsWhere(within('issued_at', 90)),
        ),
        measured(
          'invoiced_change_90d',
          'share',
          'Change of the amount billed in the 90 days before against the 90 days before these',
          change(centsWhere(within('issued_at', 90)), centsWhere(withinBefore('issued_at', 90))),
        ),
        measured('days_since_payment', 'days', 'Days since a bill was last paid', daysSince('max(paid_at)')),
      ],
    },
  ],
};
