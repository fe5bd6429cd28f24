import { seededRandom } from '../../src/math/random.js';
import { sigmoid } from '../../src/models/model.js';
import type { TrainInput } from '../../src/training/learn.js';
import { rawTable } from '../raw-table-fixture.js';

/** Chance of leaving of an account of middle tenure by how many of the three facts hold, but all. */
const RATES = [0.22, 0.18, 0.12] as const;

/**
 * Accounts of whom each fact alone, and each two together, leave less than the others; all three together leave at
 * 42 % or as told. Shorter tenure goes with more leaving, seats with nothing.
 */
export function flagWorldRows(rows: number, seed: number, together = 0.42): string[][] {
  const random = seededRandom(seed).fork('flag world');
  const body = Array.from({ length: rows }, (_, i) => {
    const [silent, busy, unhappy] = [0, 0, 0].map(() => random.uniform() < 0.35);
    const days = silent ? 14 + random.integer(40) : random.integer(14);
    const cases = busy ? 11 + random.integer(10) : random.integer(11);
    const csat = unhappy ? 1 + random.integer(4) : 5 + random.integer(6);
    const tenure = random.uniform();
    const rate = RATES[Number(silent) + Number(busy) + Number(unhappy)] ?? together;
    const chance = sigmoid(Math.log(rate / (1 - rate)) + 0.8 - 1.6 * tenure);
    return [
      `a${i + 1}`,
      String(days),
      String(cases),
      String(csat),
      (60 * tenure).toFixed(1),
      String(1 + random.integer(200)),
      random.uniform() < chance ? 'yes' : 'no',
    ];
  });
  return [['id', 'days_since_login', 'cases_28d', 'csat', 'tenure', 'seats', 'churned'], ...body];
}

/** The same as a table to train on. */
export function flagWorld(rows: number, seed: number, together?: number): TrainInput {
  const raw = rawTable(
    flagWorldRows(rows, seed, together)
      .map((row) => row.join(','))
      .join('\n'),
  );
  return { raw, file: 'flags.csv', sha256: '', read: rows, rejects: [], notes: [] };
}
