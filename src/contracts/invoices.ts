import { z } from 'zod';
import { type Contract, cents, count, flag, instant, recordedAt, text } from './contract.js';

/** A bill. */
export const invoicesContract: Contract = {
  table: 'invoices',
  description: 'A bill.',
  row: z.strictObject({
    invoice_id: text('names the bill'),
    account_id: text('who pays'),
    issued_at: instant('when it was sent'),
    due_at: instant('when it must be paid'),
    paid_at: instant('when it was paid').nullable(),
    amount_cents: cents('what it asks for'),
    currency: text('as written in the file; amounts are in the company currency'),
    disputed: flag('the account says it is wrong; counted as known from the due date').nullable(),
    failed_payments: count('attempts that failed; counted as known from the due date').nullable(),
    recorded_at: recordedAt,
  }),
  key: 'invoice_id',
  knownAt: ['issued_at'],
  later: { paid_at: 'paid_at', disputed: 'due_at', failed_payments: 'due_at' },
};
