import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { auditCompany } from '../../src/audit/raw-data.js';
import { makeCompany } from '../company-fixture.js';

const data = process.env['CHURNLAB_DATA'] ?? join(import.meta.dirname, '../../../shared/data');

it.skipIf(!existsSync(data))(
  'telco-tables: TotalCharges is a total computed at the extraction, the other columns are honest',
  async () => {
    const [header, ...lines] = readFileSync(join(data, 'telco-tables/contract.csv'), 'utf8')
      .trim()
      .split(/\r?\n/);
    const names = header!.split(',');
    const customers = lines.map((line) => {
      const cells = line.split(',');
      return Object.fromEntries(names.map((name, i) => [name, cells[i]!]));
    });
    const company = await makeCompany(
      {
        accounts: customers.map(({ customerID, BeginDate, Type }) => ({
          account_id: customerID!,
          created_at: Date.parse(BeginDate!),
          plan: Type!,
        })),
        subscriptions: customers.map(({ customerID, BeginDate, EndDate, MonthlyCharges }) => ({
          subscription_id: customerID!,
          account_id: customerID!,
          started_at: Date.parse(BeginDate!),
          ended_at: EndDate === 'No' ? null : Date.parse(EndDate!),
          mrr_cents: Math.round(100 * Number(MonthlyCharges)),
        })),
      },
      { observedUntil: Date.UTC(2020, 1, 2) },
      customers.flatMap(({ customerID, PaymentMethod, PaperlessBilling, TotalCharges }) => [
        { account_id: customerID!, name: 'payment_method', value: PaymentMethod! },
        { account_id: customerID!, name: 'paperless_billing', value: PaperlessBilling! },
        ...(TotalCharges?.trim()
          ? [{ account_id: customerID!, name: 'total_charges', value: Number(TotalCharges) }]
          : []),
      ]),
    );
    const { findings, features } = await auditCompany(company);
    await company.database.close();
    expect(findings.map(({ kind, column }) => [kind, column])).toEqual([
      ['computed-at-extraction', 'total_charges'],
    ]);
    expect(features).toEqual(['attribute_total__charges']);
  },
);
