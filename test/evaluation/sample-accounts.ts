import type { Random } from '../../src/math/random.js';
import { sigmoid } from '../../src/models/model.js';

/**
 * Accounts whose log-odds of churning are normal (mean −1.7, sd 1.2; about 21 % churn), with the outcome drawn
 * from them; `stretch` exaggerates the predicted log-odds around their mean, 1 is calibrated.
 */
export function sampleAccounts(rows: number, random: Random, stretch = 1) {
  const probabilities = new Float64Array(rows);
  const churned = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    const spread = 1.2 * random.normal();
    probabilities[row] = sigmoid(-1.7 + stretch * spread);
    churned[row] = random.uniform() < sigmoid(-1.7 + spread) ? 1 : 0;
  }
  return { probabilities, churned };
}
