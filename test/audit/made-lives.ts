import type { Lives } from '../../src/audit/lives.js';
import type { Random } from '../../src/math/random.js';

/** Days that are observed. */
const UNTIL = 720;

/**
 * Accounts that begin over two years and leave at random; those of level 1 (three in ten) leave `hazardRatio` times as
 * often, from their first day to the last.
 */
export function livesOf(accounts: number, random: Random, { hazardRatio }: { hazardRatio: number }) {
  const codes = Int32Array.from({ length: accounts }, () => Number(random.uniform() < 0.3));
  const startedAt = Float64Array.from(codes, () => Math.floor(random.uniform() * UNTIL) - 200);
  const leftAt = Float64Array.from(codes, (code, i) => {
    // Nobody is seen who left before the first day.
    const days = -Math.log(1 - random.uniform()) * (900 / (code === 1 ? hazardRatio : 1));
    const left = Math.max(0, startedAt[i]!) + Math.ceil(days);
    return left < UNTIL ? left : Number.NaN;
  });
  const lives: Lives = { accountIds: Array.from(codes, (_, i) => `a${i}`), startedAt, leftAt };
  return { lives, codes };
}
