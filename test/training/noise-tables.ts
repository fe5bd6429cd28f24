import { permutation, seededRandom } from '../../src/math/random.js';
import { train } from '../../src/training/train.js';
import { customerRows, withColumn } from '../cli/customers.js';
import { rawTable } from '../raw-table-fixture.js';

/** What training says of customers whose outcomes were shuffled: nothing tells who left. */
export async function trainOnNoise(rows: number, seed: number) {
  const customers = customerRows(rows, seed);
  const order = permutation(rows, seededRandom(seed).fork('shuffle'));
  const shuffled = withColumn(customers, 'churned', (_, row) => customers[order[row]! + 1]!.at(-1)!);
  const raw = rawTable(shuffled.map((row) => row.join(',')).join('\n'));
  const input = { raw, file: 'noise.csv', sha256: '', read: rows, rejects: [], notes: [] };
  const { card } = await train(input, { target: 'churned', id: 'id', seed, timeBudgetSeconds: 1 });
  return card;
}
