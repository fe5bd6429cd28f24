import type { Random } from '../../math/random.js';

/** Dealings that stand side by side. */
export const BLOCK = 128;

/** Outcomes dealt anew among the rows of each snapshot. */
export interface Dealt {
  readonly dealings: number;
  /**
   * One bit per dealing, 1 where the row is dealt a leaving: sixteen bytes a row, one block of 128 dealings after the
   * other. The last block's spare bits are 0.
   */
  readonly bits: Uint8Array;
}

/** Deals the outcomes so many times; every snapshot keeps its leavers' number. */
export function dealOutcomes(
  churned: Uint8Array,
  snapshot: Int32Array,
  dealings: number,
  random: Random,
): Dealt {
  const rows = churned.length;
  const bits = new Uint8Array(Math.ceil(dealings / BLOCK) * rows * 16);
  for (const { members, leavers } of snapshotsOf(churned, snapshot)) {
    for (let dealing = 0; dealing < dealings; dealing++) {
      const block = Math.floor(dealing / BLOCK) * rows * 16 + ((dealing % BLOCK) >> 3);
      const bit = 1 << (dealing & 7);
      for (let dealtTo = 0; dealtTo < leavers; dealtTo++) {
        const other = dealtTo + random.integer(members.length - dealtTo);
        const row = members[other]!;
        members[other] = members[dealtTo]!;
        members[dealtTo] = row;
        bits[block + row * 16]! |= bit;
      }
    }
  }
  return { dealings, bits };
}

function snapshotsOf(churned: Uint8Array, snapshot: Int32Array): { members: Int32Array; leavers: number }[] {
  const members = new Map<number, number[]>();
  snapshot.forEach((of, row) => {
    const found = members.get(of);
    if (found) found.push(row);
    else members.set(of, [row]);
  });
  return [...members.values()].map((rows) => ({
    members: Int32Array.from(rows),
    leavers: rows.reduce((sum, row) => sum + churned[row]!, 0),
  }));
}
