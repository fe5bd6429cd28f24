import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A real table with known outcomes, and what the README of the data asks of it. */
export interface RealTable {
  readonly name: string;
  readonly file: string;
  readonly target: string;
  readonly positive?: string;
  readonly id: string | null;
}

export const REAL_TABLES: readonly RealTable[] = [
  { name: 'telco', file: 'telco/telco.csv', target: 'Churn', id: 'customerID' },
  { name: 'bank-records', file: 'bank-records/bank-records.csv', target: 'Exited', id: 'CustomerId' },
  { name: 'mlc-churn', file: 'mlc-churn/mlc_churn.csv', target: 'churn', id: null },
  { name: 'iranian-churn', file: 'iranian-churn/Customer_Churn.csv', target: 'Churn', id: null },
  { name: 'ravenstack', file: 'ravenstack/ravenstack_accounts.csv', target: 'churn_flag', id: 'account_id' },
];

/** Folder of the real tables: `CHURNLAB_DATA`, or `../shared/data` from the project. */
export function realTableFolder(): string | null {
  const folder = process.env['CHURNLAB_DATA'] ?? resolve('..', 'shared', 'data');
  return existsSync(join(folder, 'telco')) ? folder : null;
}
