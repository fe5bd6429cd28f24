import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { makeTable } from '../../src/tables/table.js';
import { type FlagSet, flagParts, thinnedSnapshots } from '../../src/training/flag-parts.js';

const DAY = 86_400_000;
const setOf = (rows: number, more: Partial<FlagSet> = {}): FlagSet => ({
  table: makeTable([
    { kind: 'number', name: 'row', values: Float64Array.from({ length: rows }, (_, row) => row) },
  ]),
  churned: Uint8Array.from({ length: rows }, (_, row) => (row % 5 === 0 ? 1 : 0)),
  groups: null,
  time: null,
  ...more,
});
const leavers = (churned: Uint8Array) => churned.reduce((sum, y) => sum + y, 0);

describe('thinnedSnapshots', () => {
  it('keeps the latest, and of the earlier ones those whose window is over when the next begins', () => {
    const months = [0, 31, 59, 90, 120, 151, 181].map((day) => day * DAY);
    expect(thinnedSnapshots(months, 90).map((at) => at / DAY)).toEqual([0, 90, 181]);
    expect(thinnedSnapshots(months, 30).map((at) => at / DAY)).toEqual([0, 59, 90, 120, 151, 181]);
    expect(thinnedSnapshots([], 30)).toEqual([]);
  });
});

describe('flagParts', () => {
  it('deals the accounts of a flat table three to two, within outcomes, each once', () => {
    const { discovery, confirmation, rows, dates } = flagParts(setOf(1000), null, seededRandom(1));
    expect([discovery.churned.length, confirmation.churned.length]).toEqual([600, 400]);
    expect([leavers(discovery.churned), leavers(confirmation.churned)]).toEqual([120, 80]);
    expect([...rows.discovery, ...rows.confirmation].sort((a, b) => a - b)).toEqual([...Array(1000).keys()]);
    expect(dates.discovery).toEqual({ from: null, to: null });
  });

  it('takes one row of each account, and never the same account in both parts', () => {
    const groups = Int32Array.from({ length: 900 }, (_, row) => row % 300);
    const { rows } = flagParts(setOf(900, { groups }), null, seededRandom(2));
    const accounts = [...rows.discovery, ...rows.confirmation].map((row) => groups[row]!);
    expect(accounts.length).toBe(300);
    expect(new Set(accounts).size).toBe(300);
    // Any of an account's three rows may stand for it.
    const thirds = [0, 1, 2].map(
      (third) => [...rows.discovery].filter((row) => Math.floor(row / 300) === third).length,
    );
    for (const count of thirds) expect(count).toBeGreaterThan(30);
  });

  it('confirms on the later snapshots, thinned so that no window overlaps', () => {
    const time = Float64Array.from({ length: 1200 }, (_, row) => Math.floor(row / 100) * 30 * DAY);
    const { discovery, confirmation, rows, dates } = flagParts(setOf(1200, { time }), 90, seededRandom(3));
    const days = (part: Int32Array) => [...new Set(Array.from(part, (row) => time[row]! / DAY))];
    expect(days(rows.discovery)).toEqual([60, 150, 240]);
    expect(days(rows.confirmation)).toEqual([330]);
    expect([...new Set(discovery.snapshot)]).toEqual([0, 1, 2]);
    expect([...new Set(confirmation.snapshot)]).toEqual([3]);
    expect(dates.confirmation).toEqual({ from: '1970-11-27', to: '1970-11-27' });
  });

  it('confirms on other accounts where one snapshot is all there is', () => {
    const { discovery, confirmation } = flagParts(
      setOf(500, { time: new Float64Array(500) }),
      90,
      seededRandom(4),
    );
    expect([discovery.churned.length, confirmation.churned.length]).toEqual([300, 200]);
  });

  it('parts rows with a time of their own at an instant', () => {
    const time = Float64Array.from({ length: 1000 }, (_, row) => ((row * 7919) % 1000) * DAY);
    const { rows } = flagParts(setOf(1000, { time }), null, seededRandom(5));
    const last = Math.max(...Array.from(rows.discovery, (row) => time[row]!));
    const first = Math.min(...Array.from(rows.confirmation, (row) => time[row]!));
    expect(last).toBeLessThan(first);
    expect(rows.confirmation.length).toBe(400);
  });
});
