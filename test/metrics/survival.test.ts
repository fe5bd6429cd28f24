import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logRankTest } from '../../src/metrics/log-rank.js';
import {
  medianTime,
  restrictedMean,
  type Stays,
  survivalAt,
  survivalCurve,
} from '../../src/metrics/survival.js';

interface Reference {
  readonly name: string;
  readonly entry: number[];
  readonly time: number[];
  readonly event: number[];
  readonly group: string[];
  readonly curve: {
    readonly times: number[];
    readonly atRisk: number[];
    readonly events: number[];
    readonly survival: number[];
    readonly low: (number | null)[];
    readonly high: (number | null)[];
    readonly median: (number | null)[];
    readonly until: number;
    readonly restrictedMean: [number, number];
  };
  readonly logRank: null | {
    readonly chiSquare: number;
    readonly degreesOfFreedom: number;
    readonly p: number;
    readonly expected: number[];
    readonly observed: number[];
  };
}

const references: Reference[] = JSON.parse(
  readFileSync(new URL('../references/survival.json', import.meta.url), 'utf8'),
);
const staysOf = ({ entry, time, event }: Reference): Stays => ({
  entry: Float64Array.from(entry),
  time: Float64Array.from(time),
  left: Uint8Array.from(event),
});
const near = (found: readonly (number | null)[], expected: readonly (number | null)[]) => {
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    if (value === null) expect(found[i]).toBeNull();
    else expect(found[i]).toBeCloseTo(value, 10);
  }
};

describe.each(references)("$name, as R's survival has it", (reference) => {
  const curve = survivalCurve(staysOf(reference));
  const expected = reference.curve;

  it('has the same times, risk sets, shares and bands', () => {
    near(
      curve.points.map(({ time }) => time),
      expected.times,
    );
    near(
      curve.points.map(({ atRisk }) => atRisk),
      expected.atRisk,
    );
    near(
      curve.points.map(({ events }) => events),
      expected.events,
    );
    near(
      curve.points.map(({ survival }) => survival),
      expected.survival,
    );
    near(
      curve.points.map(({ low }) => low),
      expected.low,
    );
    near(
      curve.points.map(({ high }) => high),
      expected.high,
    );
  });

  it('has the same median and restricted mean', () => {
    const { value, low, high } = medianTime(curve);
    near([value, low, high], expected.median);
    const mean = restrictedMean(curve, expected.until);
    near([mean.value, mean.error], expected.restrictedMean);
  });

  it.skipIf(reference.logRank === null)('has the same log-rank test', () => {
    const test = logRankTest(staysOf(reference), reference.group)!;
    const { chiSquare, degreesOfFreedom, p, observed, expected: expectedCounts } = reference.logRank!;
    expect(test.chiSquare).toBeCloseTo(chiSquare, 9);
    expect(test.degreesOfFreedom).toBe(degreesOfFreedom);
    expect(test.p).toBeCloseTo(p, 12);
    const counts = <T>(pick: (group: (typeof test.groups)[number]) => T) => new Set(test.groups.map(pick));
    expect(counts(({ observed: count }) => count)).toEqual(new Set(observed));
    near(test.groups.map(({ expected: count }) => count).toSorted(), expectedCounts.toSorted());
  });
});

describe('a curve worked by hand', () => {
  // Five stays: left after 10, 20 and 20 days, going on at 15 and 30.
  const stays: Stays = {
    entry: new Float64Array(5),
    time: Float64Array.of(20, 10, 15, 30, 20),
    left: Uint8Array.of(1, 1, 0, 0, 1),
  };

  it('multiplies the shares that stay', () => {
    const { points, events, until } = survivalCurve(stays);
    // 10: 5 at risk, 1 leaves, 4/5. 20: 3 at risk, 2 leave, 4/5 · 1/3.
    expect(points.map(({ time, atRisk, events: left }) => [time, atRisk, left])).toEqual([
      [10, 5, 1],
      [20, 3, 2],
    ]);
    expect(points[1]!.survival).toBeCloseTo(4 / 15, 14);
    expect({ events, until }).toEqual({ events: 3, until: 30 });
    expect(survivalAt(survivalCurve(stays), 9.99)).toBe(1);
    expect(survivalAt(survivalCurve(stays), 10)).toBeCloseTo(0.8, 14);
  });

  it('takes the area under the curve as the mean', () => {
    // 10 days at 1, 10 at 4/5, 10 at 4/15
    expect(restrictedMean(survivalCurve(stays), 30).value).toBeCloseTo(10 + 8 + 8 / 3, 12);
  });

  it('counts those who enter late only from then on', () => {
    const late = survivalCurve({ ...stays, entry: Float64Array.of(0, 0, 0, 10, 0) });
    // Who enters at 10 is not at risk at 10.
    expect(late.points.map(({ atRisk }) => atRisk)).toEqual([4, 3]);
  });

  it('has no median and no band where nobody or everybody leaves', () => {
    const nobody = survivalCurve({ ...stays, left: new Uint8Array(5) });
    expect(medianTime(nobody)).toEqual({ value: null, low: null, high: null });
    const one = survivalCurve({
      entry: Float64Array.of(0),
      time: Float64Array.of(3),
      left: Uint8Array.of(1),
    });
    expect(one.points).toEqual([{ time: 3, atRisk: 1, events: 1, survival: 0, low: null, high: null }]);
    const none = survivalCurve({
      entry: new Float64Array(0),
      time: new Float64Array(0),
      left: new Uint8Array(0),
    });
    expect(none).toEqual({ stays: 0, events: 0, points: [], until: 0 });
  });

  it('refuses to compare one group, or groups of whom nobody left', () => {
    expect(logRankTest(stays, ['a', 'a', 'a', 'a', 'a'])).toBeNull();
    expect(logRankTest({ ...stays, left: new Uint8Array(5) }, ['a', 'b', 'a', 'b', 'a'])).toBeNull();
  });
});

describe('without censoring', () => {
  it('is the share that stays longer', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 40 }), (times) => {
        const curve = survivalCurve({
          entry: new Float64Array(times.length),
          time: Float64Array.from(times),
          left: new Uint8Array(times.length).fill(1),
        });
        for (const at of times) {
          const longer = times.filter((time) => time > at).length / times.length;
          expect(survivalAt(curve, at)).toBeCloseTo(longer, 12);
        }
      }),
    );
  });
});
