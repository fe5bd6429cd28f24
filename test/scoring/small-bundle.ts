import { saveBundle } from '../../src/exports/bundle.js';
import type { Training } from '../../src/training/learn.js';
import { train } from '../../src/training/train.js';
import { customerRows } from '../cli/customers.js';
import { rawTable } from '../raw-table-fixture.js';

/** A training on a hundred and twenty customers: enough for a signal and its reasons. */
export function trainSmall(): Promise<Training> {
  const raw = rawTable(
    customerRows(120)
      .map((row) => row.join(','))
      .join('\n'),
  );
  const input = { raw, file: 't.csv', sha256: '', read: raw.rows, rejects: [], notes: [] };
  return train(input, { name: 'small', target: 'churned', id: 'id', timeBudgetSeconds: 1 });
}

/** The same, saved. */
export async function saveSmall(folder: string): Promise<Training> {
  const training = await trainSmall();
  await saveBundle(folder, training);
  return training;
}
