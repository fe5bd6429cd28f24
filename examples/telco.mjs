import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable, saveBundle, scoreFile, train } from '../dist/index.js';

const file = join(process.env.CHURNLAB_DATA ?? '../shared/data', 'telco', 'telco.csv');
const folder = await mkdtemp(join(tmpdir(), 'churnlab-telco-'));

const table = await readTable(file);
const training = await train(
  { ...table, file: 'telco.csv' },
  { name: 'telco', target: 'Churn', id: 'customerID', seed: 7, timeBudgetSeconds: 15 },
);
console.log(training.card.verdict.sentence);
for (const { feature, importance } of training.card.drivers.slice(0, 5)) {
  console.log(`  ${feature}: ${importance.toFixed(2)} log-odds on average`);
}

await saveBundle(join(folder, 'model'), training);
const scored = await scoreFile(file, { model: join(folder, 'model'), out: join(folder, 'scores.csv') });
console.log(`${scored.scored} customers scored, ${scored.expectedChurners.toFixed(0)} expected to leave: ${scored.out}`);
