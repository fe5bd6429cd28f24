import { describe, expect, it } from 'vitest';
import { standsOut } from '../../src/lead-time/evidence.js';
import { seededRandom } from '../../src/math/random.js';

const RESAMPLES = 200;

describe('standsOut', () => {
  it('finds anything in about 5 % of cases where nothing is going on, with figures of different scales', () => {
    const random = seededRandom(5);
    const scales = Array.from({ length: 20 }, (_, index) => 10 ** (index % 4));
    const figure = (scale: number) => scale * Math.abs(random.normal());
    const alarms = Array.from({ length: 400 }, () =>
      standsOut(
        scales.map((scale) => ({
          observed: figure(scale),
          byChance: Float64Array.from({ length: RESAMPLES }, () => figure(scale)),
        })),
      ).some(Boolean),
    ).filter(Boolean).length;
    // 400 cases at 5 %: 20, standard deviation 4.4.
    expect(alarms).toBeGreaterThan(8);
    expect(alarms).toBeLessThan(36);
  });

  it('asks no more of twenty figures that say the same than of one', () => {
    const byChance = Float64Array.from({ length: RESAMPLES }, (_, index) => index / RESAMPLES);
    expect(standsOut(Array.from({ length: 20 }, () => ({ observed: 0.96, byChance })))).not.toContain(false);
    expect(standsOut([{ observed: 0.94, byChance }])).toEqual([false]);
  });

  it('sees nothing in what varies by rounding alone', () => {
    const byChance = Float64Array.from({ length: RESAMPLES }, (_, index) => (index % 3) * 1e-16);
    expect(standsOut([{ observed: 1e-14, byChance }])).toEqual([false]);
    expect(standsOut([])).toEqual([]);
  });
});
