/** 1 / k! for even and odd k from 12 and 11 down. */
const EVEN = [1 / 479001600, 1 / 3628800, 1 / 40320, 1 / 720, 1 / 24, 0.5, 1];
const ODD = [1 / 39916800, 1 / 362880, 1 / 5040, 1 / 120, 1 / 6, 1];

/**
 * e^x within 1e-14 of itself, x held to [−700, 700]; the same bits on every machine, and the same
 * as in `kernels/assembly/gradients.ts`, which `Math.exp` does not promise.
 */
export function kernelExp(x: number): number {
  const held = Math.min(Math.max(x, -700), 700);
  const n = Math.floor(held * Math.LOG2E + 0.5);
  const r = held - n * 0.6931471803691238 - n * 1.9082149292705877e-10;
  const square = r * r;
  let even = EVEN[0]!;
  let odd = ODD[0]!;
  for (let i = 1; i < EVEN.length; i++) even = even * square + EVEN[i]!;
  for (let i = 1; i < ODD.length; i++) odd = odd * square + ODD[i]!;
  return (odd * r + even) * 2 ** n;
}
