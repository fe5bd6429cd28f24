import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holdBackLatestSnapshots } from '../../src/splits/by-time.js';

const DAY = 86_400_000;
const months = (...rows: number[]) => Float64Array.from(rows, (month) => month * 30 * DAY);

it('ten months, a horizon of two: eight and nine are held back, six and seven stand between', () => {
  const split = holdBackLatestSnapshots(months(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 60 * DAY);
  expect([...split.training]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect([...split.embargoed]).toEqual([7]);
  expect([...split.heldBack]).toEqual([8, 9]);
  expect(split.heldBackFrom).toBe(8 * 30 * DAY);
});

it('a label window may end at the cut and not an instant later', () => {
  const time = months(0, 2);
  expect([...holdBackLatestSnapshots(time, 60 * DAY).training]).toEqual([0]);
  expect(() => holdBackLatestSnapshots(time, 60 * DAY + 1)).toThrow(/shorter --horizon/);
});

it('every row is in one part, and no label window crosses the cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(20), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 100 }),
      (rows, days) => {
        const time = months(0, 30, ...rows);
        const { training, embargoed, heldBack, heldBackFrom } = holdBackLatestSnapshots(time, days * DAY);
        expect([...training, ...embargoed, ...heldBack].sort((a, b) => a - b)).toEqual([...time.keys()]);
        for (const row of training) expect(time[row]! + days * DAY).toBeLessThanOrEqual(heldBackFrom);
        for (const row of embargoed) expect(time[row]! + days * DAY).toBeGreaterThan(heldBackFrom);
        for (const row of heldBack) expect(time[row]).toBeGreaterThanOrEqual(heldBackFrom);
      },
    ),
  );
});

it('refuses without snapshots', () => {
  expect(() => holdBackLatestSnapshots(new Float64Array(0), DAY)).toThrow(/none/);
});
