import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { chiSquareUpperTail } from '../../src/metrics/chi-square.js';
import { clusteredMedian } from '../../src/metrics/clustered-median.js';
import { exactPoisson, exactProportion } from '../../src/metrics/exact-interval.js';
import { countRatio, eventRate, proportion, wilsonInterval } from '../../src/metrics/proportion.js';
import { deltaInterval, meanFigure, ratioFigure } from '../../src/metrics/ratio.js';

describe('shares', () => {
  // Newcombe (1998), Statistics in Medicine 17, table I: method 3 (score) and method 5 (exact).
  it.each([
    [81, 263, 0.2553, 0.3662, 0.2527, 0.3676],
    [15, 148, 0.0624, 0.1605, 0.0578, 0.1617],
    [0, 20, 0, 0.1611, 0, 0.1684],
    [1, 29, 0.0061, 0.1718, 0.0009, 0.1776],
  ])('%i of %i: score and exact interval of Newcombe', (successes, n, low, high, exactLow, exactHigh) => {
    const wilson = wilsonInterval(successes, n);
    expect([wilson.low, wilson.high].map((end) => Number(end.toFixed(4)))).toEqual([low, high]);
    const exact = exactProportion(successes, n);
    expect([exact.low, exact.high].map((end) => Number(end.toFixed(4)))).toEqual([exactLow, exactHigh]);
  });

  it('are exact below ten and missing for nobody', () => {
    expect(proportion(1, 9)).toMatchObject(exactProportion(1, 9));
    expect(proportion(1, 10)).toMatchObject(wilsonInterval(1, 10));
    expect(proportion(0, 0)).toEqual({ value: null, low: null, high: null, n: 0 });
    // One of one: 2.5 % = p
    expect(proportion(1, 1).low).toBeCloseTo(0.025, 12);
  });

  it('hold the share, within 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (some, others) => {
        const { value, low, high } = proportion(some, some + others + 1);
        expect(0 <= low! && low! <= value! && value! <= high! && high! <= 1).toBe(true);
      }),
    );
  });
});

describe('counts', () => {
  // Garwood (1936), table for 95 %.
  it.each([
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [5, 1.623, 11.668],
    [10, 4.795, 18.39],
  ])('%i events: the exact Poisson interval', (events, low, high) => {
    const found = exactPoisson(events);
    expect(found.low).toBeCloseTo(low, 3);
    expect(found.high).toBeCloseTo(high, 3);
  });

  it('go over to Byar without a step', () => {
    const [exact, byar] = [exactPoisson(1_000), exactPoisson(1_001)];
    expect(byar.low - exact.low).toBeCloseTo(1, 1);
    expect(byar.high - exact.high).toBeCloseTo(1, 1);
  });

  it('make rates and ratios', () => {
    expect(eventRate(0, 50, 0)).toMatchObject({ value: 0, low: 0 });
    expect(eventRate(0, 50, 0).high).toBeCloseTo(3.689 / 50, 4);
    const ratio = countRatio(30, 20);
    expect(ratio.value).toBeCloseTo(1.5, 12);
    expect(ratio.low).toBeCloseTo(wilsonInterval(30, 50).low / (1 - wilsonInterval(30, 50).low), 12);
    expect(countRatio(9, 0)).toMatchObject({ value: null, high: null });
  });
});

describe('ratios of sums over accounts', () => {
  const above = Float64Array.of(1, 2, 3, 4);
  const below = Float64Array.of(2, 2, 2, 2);

  it('have the delta method’s variance', () => {
    // 10/8; residuals −1.5, −0.5, 0.5, 1.5; squares 5; · 4/3 ÷ 64
    const half = 1.959963984540054 * Math.sqrt((5 * 4) / 3 / 64);
    expect(deltaInterval({ above, below }).low).toBeCloseTo(1.25 - half, 12);
    expect(deltaInterval({ above, below }).high).toBeCloseTo(1.25 + half, 12);
  });

  it('are drawn from the seed', () => {
    const draw = (seed: number) => ratioFigure({ above, below }, seededRandom(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).toMatchObject({ value: 1.25, n: 4 });
    expect(draw(1).low!).toBeGreaterThanOrEqual(0.5);
  });

  it('agree between the two methods where both are good', () => {
    const random = seededRandom(4);
    const values = Float64Array.from({ length: 200 }, () => random.normal() + 5);
    const drawn = meanFigure(values, random);
    const delta = deltaInterval({ above: values, below: new Float64Array(200).fill(1) });
    const width = delta.high - delta.low;
    expect(Math.abs(drawn.low! - delta.low) / width).toBeLessThan(0.12);
    expect(Math.abs(drawn.high! - delta.high) / width).toBeLessThan(0.12);
  });

  it('have no interval from one account or from equal ones, and no value over nothing', () => {
    expect(meanFigure(Float64Array.of(3), seededRandom(1))).toEqual({
      value: 3,
      low: null,
      high: null,
      n: 1,
    });
    expect(ratioFigure({ above, below: new Float64Array(4) }, seededRandom(1)).value).toBeNull();
    const nobody = ratioFigure({ above: new Float64Array(4), below }, seededRandom(1));
    expect(nobody).toEqual({ value: 0, low: null, high: null, n: 4 });
  });
});

describe('medians of values that come in accounts', () => {
  it('are the order statistics of Woodruff’s shares', () => {
    // One value an account: the share 50/100 has the error √(¼ · 100/99 / 100); ranks 41 and 60.
    const values = Float64Array.from({ length: 100 }, (_, i) => i + 1);
    const accounts = Int32Array.from({ length: 100 }, (_, i) => i);
    expect(clusteredMedian(values, accounts)).toEqual({ value: 50, low: 41, high: 60, n: 100 });
  });

  it('are wider when values of an account are alike', () => {
    const values = Float64Array.from({ length: 100 }, (_, i) => Math.floor(i / 10));
    const alone = clusteredMedian(
      values,
      Int32Array.from(values, (_, i) => i),
    );
    const together = clusteredMedian(
      values,
      Int32Array.from(values, (value) => value),
    );
    expect(together.high! - together.low!).toBeGreaterThan(alone.high! - alone.low!);
  });

  it('are missing where half has not happened, or one account speaks', () => {
    const open = Float64Array.of(1, Infinity, Infinity);
    expect(clusteredMedian(open, Int32Array.of(0, 1, 2)).value).toBeNull();
    expect(clusteredMedian(Float64Array.of(1, 2), Int32Array.of(0, 0))).toEqual({
      value: 1,
      low: null,
      high: null,
      n: 2,
    });
  });
});

describe('the chi-square tail', () => {
  // R: pchisq(x, df, lower.tail = FALSE)
  it.each([
    [5, 1, 0.0253473186774683],
    [5, 2, 0.0820849986238988],
    [5, 3, 0.1717971442967332],
    [5, 6, 0.5438131158833296],
    [0.0039321400000195, 1, 0.95],
    [60, 1, 9.485737571073849e-15],
    [100, 7, 1.078797967170288e-18],
  ])('%d at %i degrees of freedom', (x, freedom, tail) => {
    expect(chiSquareUpperTail(x, freedom) / tail).toBeCloseTo(1, 10);
  });
});
