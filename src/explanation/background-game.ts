import { DEEPEST } from '../models/boosted-trees/model.js';
import type { LeafGame } from './leaf-game.js';

/** Which of a path's features background rows meet, as bits, and the share of the rows that meet just these. */
export interface MetPatterns {
  readonly met: Int32Array;
  readonly shares: Float64Array;
}

/**
 * The leaf's game where unknown features take the values of a background row, averaged over these rows
 * (interventional).
 *
 * Against one background row a known feature counts as the row's, an unknown one as the background's. So a
 * feature that neither meets shuts the leaf for good, and one that both meet does not matter. Of the rest, let
 * the row alone meet a and the background row alone b: the leaf pays for exactly one set of known features,
 * and the Shapley value is (a − 1)! b! / (a + b)! of the leaf's value to each of the a, minus
 * a! (b − 1)! / (a + b)! of it to each of the b.
 */
export function backgroundGame(value: number, count: number, patterns: MetPatterns): LeafGame {
  const all = 2 ** count - 1;
  const whole = patterns.met.indexOf(all);
  return {
    mean: whole < 0 ? 0 : value * patterns.shares[whole]!,
    addShapley(pushes, met) {
      for (let p = 0; p < patterns.met.length; p++) {
        const theirs = patterns.met[p]!;
        if ((met | theirs) !== all || theirs === met) continue;
        const gain = value * patterns.shares[p]!;
        const a = bitCount(met & ~theirs);
        const b = bitCount(theirs & ~met);
        const up = a > 0 ? gain * shareOfOrders(a - 1, b) : 0;
        const down = b > 0 ? -gain * shareOfOrders(a, b - 1) : 0;
        for (let rest = met ^ theirs; rest !== 0; rest &= rest - 1) {
          const i = lowestBit(rest);
          pushes[i]! += (met >> i) & 1 ? up : down;
        }
      }
    },
    addInteractions(pushes, met) {
      for (let p = 0; p < patterns.met.length; p++) {
        const theirs = patterns.met[p]!;
        const differing = met ^ theirs;
        if ((met | theirs) !== all || bitCount(differing) < 2) continue;
        const gain = value * patterns.shares[p]!;
        const a = bitCount(met & ~theirs);
        const b = bitCount(theirs & ~met);
        /** By how many of the two are the row's. */
        const worth = [
          b > 1 ? gain * shareOfOrders(a, b - 2) : 0,
          a > 0 && b > 0 ? -gain * shareOfOrders(a - 1, b - 1) : 0,
          a > 1 ? gain * shareOfOrders(a - 2, b) : 0,
        ];
        for (let others = differing; others !== 0; ) {
          const i = lowestBit(others);
          others &= others - 1;
          const before = (i * (2 * count - i - 1)) / 2 - i - 1;
          for (let rest = others; rest !== 0; rest &= rest - 1) {
            const j = lowestBit(rest);
            pushes[before + j]! += worth[((met >> i) & 1) + ((met >> j) & 1)]!;
          }
        }
      }
    },
  };
}

/** p! q! / (p + q + 1)!: how often, of all orders of p + q + 1, one comes after just the p. */
function shareOfOrders(p: number, q: number): number {
  return ORDERS[p * (DEEPEST + 1) + q]!;
}

const ORDERS = Float64Array.from({ length: (DEEPEST + 1) ** 2 }, (_, at) => {
  const p = Math.floor(at / (DEEPEST + 1));
  const q = at % (DEEPEST + 1);
  let share = 1 / (p + q + 1);
  for (let k = 1; k <= p; k++) share *= k / (q + k);
  return share;
});

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
