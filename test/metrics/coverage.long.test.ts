import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../src/math/random.js';
import { clusteredMedian } from '../../src/metrics/clustered-median.js';
import { eventRate, proportion } from '../../src/metrics/proportion.js';
import { deltaInterval, ratioFigure } from '../../src/metrics/ratio.js';
import { meanInterval, medianTime, restrictedMean, survivalCurve } from '../../src/metrics/survival.js';

const REPEATS = 1_000;

/** Share of repetitions in which the interval holds the truth. */
function coverage(
  truth: number,
  draw: (random: Random) => { low: number | null; high: number | null },
): number {
  const random = seededRandom(2024);
  let held = 0;
  for (let i = 0; i < REPEATS; i++) {
    const { low, high } = draw(random);
    if ((low ?? -Infinity) <= truth && truth <= (high ?? Infinity)) held++;
  }
  return held / REPEATS;
}

const exponential = (random: Random) => -Math.log(1 - random.uniform());

describe('95 % intervals of the metrics hold the truth', () => {
  // Revenue is lognormal (σ = 1); a twentieth leaves with all of it, a tenth pays a third less.
  it.each([
    [50, 0.8],
    [200, 0.88],
    [1_000, 0.92],
  ])('gross revenue churn of %i accounts in at least %d of cases', (accounts, least) => {
    const truth = 0.05 + 0.1 / 3;
    let heldByDelta = 0;
    const held = coverage(truth, (random) => {
      const below = Float64Array.from({ length: accounts }, () => Math.exp(random.normal()));
      const above = below.map((revenue) => {
        const fate = random.uniform();
        return fate < 0.05 ? revenue : fate < 0.15 ? revenue / 3 : 0;
      });
      const figure = ratioFigure({ above, below }, random);
      const delta = deltaInterval({ above, below });
      if (delta.low <= truth && truth <= delta.high) heldByDelta++;
      return figure;
    });
    console.log(`gross revenue churn, ${accounts} accounts: ${held}; delta method ${heldByDelta / REPEATS}`);
    expect(held).toBeGreaterThan(least);
    expect(held).toBeLessThan(0.985);
  });

  it.each([
    [30, 0.9],
    [200, 0.93],
  ])('a mean of answers that are alike within %i accounts in at least %d of cases', (accounts, least) => {
    const held = coverage(7, (random) => {
      const below = Float64Array.from({ length: accounts }, () => 1 + random.integer(8));
      const above = below.map(
        (answers) => answers * (7 + random.normal()) + Math.sqrt(answers) * random.normal(),
      );
      return ratioFigure({ above, below }, random);
    });
    console.log(`clustered mean, ${accounts} accounts: ${held}`);
    expect(held).toBeGreaterThan(least);
    expect(held).toBeLessThan(0.98);
  });

  it('a median of hours that are alike within 60 accounts', () => {
    // The logarithm has mean 0 whatever the account: the median of all is 1.
    const held = coverage(1, (random) => {
      const hours: number[] = [];
      const codes: number[] = [];
      for (let account = 0; account < 60; account++) {
        const level = 0.7 * random.normal();
        for (let ticket = random.integer(9); ticket >= 0; ticket--) {
          hours.push(Math.exp(level + random.normal()));
          codes.push(account);
        }
      }
      return clusteredMedian(Float64Array.from(hours), Int32Array.from(codes));
    });
    console.log(`clustered median, 60 accounts: ${held}`);
    expect(held).toBeGreaterThan(0.92);
    expect(held).toBeLessThan(0.98);
  });

  it.each([8, 40, 400])('a share of %i', (n) => {
    const held = coverage(0.08, (random) => {
      let successes = 0;
      for (let i = 0; i < n; i++) if (random.uniform() < 0.08) successes++;
      return proportion(successes, n);
    });
    console.log(`share, n ${n}: ${held}`);
    expect(held).toBeGreaterThan(0.92);
  });

  it('a rate by exposure', () => {
    const held = coverage(0.03, (random) => {
      let [events, exposure] = [0, 0];
      for (let account = 0; account < 150; account++) {
        const stayed = Math.min(1, exponential(random) / 0.03);
        exposure += stayed;
        if (stayed < 1) events++;
      }
      return eventRate(events, exposure, events);
    });
    console.log(`rate by exposure: ${held}`);
    expect(held).toBeGreaterThan(0.94);
  });

  it.each([0, 5])(
    'median and restricted mean of 120 lifetimes, half of them watched only from a day below %i',
    (latest) => {
      const lives = (random: Random) => {
        const [entry, time, left] = [new Float64Array(120), new Float64Array(120), new Uint8Array(120)];
        for (let i = 0; i < 120; ) {
          const from = random.uniform() < 0.5 ? 0 : random.uniform() * latest;
          const [life, censored] = [10 * exponential(random), 25 * random.uniform()];
          // Who left before being watched is never seen.
          if (Math.min(life, censored) <= from) continue;
          entry[i] = from;
          time[i] = Math.min(life, censored);
          left[i++] = life <= censored ? 1 : 0;
        }
        return survivalCurve({ entry, time, left });
      };
      const median = coverage(10 * Math.LN2, (random) => medianTime(lives(random)));
      const mean = coverage(10 * (1 - Math.exp(-1.2)), (random) =>
        meanInterval(restrictedMean(lives(random), 12)),
      );
      console.log(`lifetimes, entry below ${latest}: median ${median}, restricted mean ${mean}`);
      expect(median).toBeGreaterThan(0.92);
      expect(mean).toBeGreaterThan(0.92);
    },
  );
});
