import { orderByAccount } from '../../src/journey/mantel-haenszel.js';

/** Churned and rows where the fact holds, churned and rows where it does not; by stratum. */
export type CountedStrata = Readonly<Record<string, readonly number[]>>;

/** Every counted row for itself, `times` over. */
export function countedRows(strata: CountedStrata, times = 1) {
  const levels = Object.keys(strata);
  const rows: { churned: number; holds: number; stratum: number }[] = [];
  for (const [stratum, level] of levels.entries()) {
    const [a, n1, c, n0] = strata[level]! as [number, number, number, number];
    for (let time = 0; time < times; time++) {
      for (let i = 0; i < n1; i++) rows.push({ churned: Number(i < a), holds: 1, stratum });
      for (let i = 0; i < n0; i++) rows.push({ churned: Number(i < c), holds: 0, stratum });
    }
  }
  return {
    levels,
    churned: Uint8Array.from(rows, ({ churned }) => churned),
    holds: Int8Array.from(rows, ({ holds }) => holds),
    stratum: Int32Array.from(rows, ({ stratum }) => stratum),
    byAccount: orderByAccount(Int32Array.from(rows.keys())),
  };
}
