import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyCalibration,
  type FittedCalibration,
  fitCalibration,
  fittedCalibrationSchema,
} from '../../src/calibration/calibration.js';
import { type CalibrationKind, fitCalibrator } from '../../src/calibration/calibrator.js';
import { meanLogLoss, softplus } from '../../src/math/log-loss.js';
import { type Random, seededRandom } from '../../src/math/random.js';
import { sigmoid } from '../../src/models/model.js';

const KINDS: CalibrationKind[] = ['none', 'platt', 'beta', 'isotonic'];

describe.each(KINDS)('%s', (kind) => {
  it('gives one probability in (0, 1) per score, which never falls as the score rises', () => {
    const rows = fc.array(fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.boolean()), {
      minLength: 2,
      maxLength: 60,
    });
    fc.assert(
      fc.property(rows, (pairs) => {
        const scores = Float64Array.from(pairs, ([score]) => score);
        const fitted = fitKind(
          kind,
          scores,
          Uint8Array.from(pairs, ([, y]) => (y ? 1 : 0)),
        );
        const ascending = Float64Array.of(-1e9, -40, ...scores, 0, 40, 1e9).sort();
        const probabilities = applyCalibration(fitted, ascending);
        return probabilities.every(
          (p, i) => p > 0 && p < 1 && (i === 0 || p >= probabilities[i - 1]! - 1e-12),
        );
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('survives JSON and its schema', () => {
    const { scores, churned } = draw(300, (s) => 0.5 * s, seededRandom(1));
    const fitted = fitKind(kind, scores, churned);
    const back = fittedCalibrationSchema.parse(JSON.parse(JSON.stringify(fitted)));
    expect(applyCalibration(back, scores)).toEqual(applyCalibration(fitted, scores));
    expect(fittedCalibrationSchema.safeParse({ ...fitted, extra: 1 }).success).toBe(false);
  });

  it('treats a row of weight 2 as two rows, and weight 0 as none', () => {
    const { scores, churned } = draw(200, (s) => 0.5 * s - 1, seededRandom(2));
    const weights = scores.map((_, row) => row % 3);
    const repeated = [...weights].flatMap((weight, row) => new Array<number>(weight).fill(row));
    const byRows = fitKind(
      kind,
      Float64Array.from(repeated, (row) => scores[row]!),
      Uint8Array.from(repeated, (row) => churned[row]!),
    );
    const gaps = applyCalibration(byRows, scores);
    applyCalibration(fitKind(kind, scores, churned, weights), scores).forEach((p, row) => {
      gaps[row]! -= p;
    });
    expect(Math.max(...gaps.map(Math.abs))).toBeLessThan(1e-6);
  });

  it('stays finite where scores tell the outcomes apart', () => {
    const scores = Float64Array.of(-3, -2, -1, 1, 2, 3);
    const probabilities = applyCalibration(fitKind(kind, scores, Uint8Array.of(0, 0, 0, 1, 1, 1)), scores);
    expect(probabilities[0]).toBeGreaterThan(0.01);
    expect(probabilities[5]).toBeLessThan(0.99);
  });
});

describe.each(['platt', 'beta', 'isotonic'] as const)('%s', (kind) => {
  it('has the mean probability of its rows within 1 / rows of their rate', () => {
    for (const rows of [50, 1000]) {
      const { scores, churned } = draw(rows, (s) => 2 * s + 1, seededRandom(3));
      const probabilities = applyCalibration(fitKind(kind, scores, churned), scores);
      const expected = churned.reduce((sum, y) => sum + y, 0);
      expect(Math.abs(probabilities.reduce((sum, p) => sum + p, 0) - expected)).toBeLessThan(1);
    }
  });

  it('gives everybody one probability when scores say nothing, or the opposite', () => {
    const churned = Uint8Array.from({ length: 100 }, (_, row) => (row < 30 ? 1 : 0));
    for (const scores of [churned.map(() => 2), churned.map((y) => 1 - y)]) {
      const fitted = fitKind(kind, Float64Array.from(scores), churned);
      const [low, high] = applyCalibration(fitted, Float64Array.of(-9, 9));
      expect(high! - low!).toBeLessThan(1e-6);
      expect(low).toBeCloseTo(0.3, 1);
    }
  });
});

it.each([-40, -15])('beta learns nothing from an end of the scale that no score is near: %i', (centre) => {
  const random = seededRandom(0);
  const scores = Float64Array.from({ length: 300 }, () => centre + random.normal());
  const churned = Uint8Array.from(scores, (s) => (random.uniform() < sigmoid(s - centre - 1) ? 1 : 0));
  const fitted = fitKind('beta', scores, churned);
  expect(applyCalibration(fitted, Float64Array.of(centre + 4))[0]).toBeLessThan(0.97);
  expect(fitted).toMatchObject({ b: 0 });
});

describe('isotonic', () => {
  it('by hand: two blocks of rates 1/4 and 3/4, each with one more row at 1/2, joined at their mean scores', () => {
    const scores = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const churned = Uint8Array.of(0, 1, 0, 0, 1, 1, 0, 1);
    // Pooled: {1}: 0, {2, 3, 4}: 1/3, {5, 6, 7}: 2/3, {8}: 1; the shrunken rates are 1/4, 3/8, 5/8, 3/4.
    const fitted = fitKind('isotonic', scores, churned);
    const knots = (fitted as FittedCalibration & { kind: 'isotonic' }).knots;
    expect(knots.map(({ score }) => score)).toEqual([1, 3, 6, 8]);
    [1 / 4, 3 / 8, 5 / 8, 3 / 4].forEach((rate, i) => {
      expect(sigmoid(knots[i]!.calibrated)).toBeCloseTo(rate, 9);
    });
    const [between] = applyCalibration(fitted, Float64Array.of(4.5));
    expect(between).toBeCloseTo(0.5, 9);
  });
});

describe('fitCalibration', () => {
  it('keeps calibrated scores as they are, and straightens bold, bent and stepped ones', () => {
    const kindOf = (truth: (score: number) => number, rows: number): string => {
      const { scores, churned } = draw(rows, truth, seededRandom(5));
      return fitCalibration(scores, churned, { random: seededRandom(6) }).kind;
    };
    expect(kindOf((s) => s, 3000)).toBe('none');
    expect(kindOf((s) => 0.5 * s - 0.3, 3000)).toBe('platt');
    expect(kindOf((s) => 0.4 * softplus(s) - 1.8 * softplus(-s) + 0.3, 3000)).toBe('beta');
    expect(kindOf((s) => (s < -2 ? -3 : s < 0 ? -1 : 0.8), 3000)).toBe('isotonic');
  });

  it('records what it tried: a log loss of rows that each curve did not see', () => {
    const { scores, churned } = draw(3000, (s) => 0.5 * s, seededRandom(7));
    const { tried } = fitCalibration(scores, churned, { random: seededRandom(8) });
    expect(tried.map(({ kind }) => kind)).toEqual(KINDS);
    expect(tried[0]!.logLoss).toBeCloseTo(meanLogLoss(scores.map(sigmoid), churned, null), 12);
    const seen = fitKind('platt', scores, churned);
    expect(tried[1]!.logLoss).toBeGreaterThan(meanLogLoss(applyCalibration(seen, scores), churned, null));
    expect(tried[1]!.logLoss).toBeLessThan(tried[0]!.logLoss);
  });

  it('tries isotonic from 200 churners on, and nothing on fewer than ten', () => {
    const kinds = (leavers: number): string[] => {
      const churned = Uint8Array.from({ length: 1000 }, (_, row) => (row < leavers ? 1 : 0));
      const scores = Float64Array.from(churned, (y, row) => y + ((row * 7) % 10) / 5);
      return fitCalibration(scores, churned, { random: seededRandom(1) }).tried.map(({ kind }) => kind);
    };
    expect(kinds(200)).toEqual(KINDS);
    expect(kinds(199)).toEqual(['none', 'platt', 'beta']);
    expect(kinds(9)).toEqual(['none']);
  });

  it('tries only the kinds asked for, and is the same for the same random', () => {
    const { scores, churned } = draw(300, (s) => 0.4 * s - 1, seededRandom(9));
    const fit = (): FittedCalibration =>
      fitCalibration(scores, churned, { random: seededRandom(2), kinds: ['isotonic', 'beta'] });
    expect(fit().tried.map(({ kind }) => kind)).toEqual(['beta']);
    expect(fit()).toEqual(fit());
  });

  it('refuses scores without outcomes', () => {
    expect(() => fitCalibration(new Float64Array(2), new Uint8Array(3), { random: seededRandom(1) })).toThrow(
      'fitCalibration: 2 scores with 3 outcomes',
    );
  });

  it.each([
    // rows, samples, most nats per account by which choosing may be worse than the right kind
    [300, 40, 0.002, 0.006],
    [3000, 4, 0.0005, 0.0005],
  ])('does no harm at %i rows', (rows, samples, onCalibrated, onBold) => {
    const regret = (truth: (score: number) => number, right: CalibrationKind): number => {
      let total = 0;
      for (let sample = 0; sample < samples; sample++) {
        const random = seededRandom(sample);
        const { scores, churned } = draw(rows, truth, random.fork('rows'));
        const chosen = fitCalibration(scores, churned, { random: random.fork('folds') });
        const best = fitKind(right, scores, churned);
        total += excessLoss(chosen, truth) - excessLoss(best, truth);
      }
      return total / samples;
    };
    expect(regret((s) => s, 'none')).toBeLessThan(onCalibrated);
    expect(regret((s) => 0.6 * s - 0.2, 'platt')).toBeLessThan(onBold);
  });

  it('is all but the truth at 300,000 rows', () => {
    const bold = (s: number): number => 0.6 * s - 0.2;
    const { scores, churned } = draw(300_000, bold, seededRandom(12));
    const fitted = fitCalibration(scores, churned, { random: seededRandom(13) });
    expect(excessLoss(fitted, bold)).toBeLessThan(1e-5);
  });
});

function fitKind(
  kind: CalibrationKind,
  scores: Float64Array,
  churned: Uint8Array,
  weights: Float64Array | null = null,
): FittedCalibration {
  return { ...fitCalibrator(kind, scores, churned, weights), tried: [] };
}

/** Expected log loss beyond that of the true probabilities, over 2,000 scores. */
function excessLoss(fitted: FittedCalibration, truth: (score: number) => number): number {
  const random = seededRandom(99);
  const scores = Float64Array.from({ length: 2000 }, () => drawScore(random));
  return applyCalibration(fitted, scores).reduce((sum, p, i) => {
    const t = sigmoid(truth(scores[i]!));
    return sum + (t * Math.log(t / p) + (1 - t) * Math.log((1 - t) / (1 - p))) / scores.length;
  }, 0);
}

function draw(rows: number, truth: (score: number) => number, random: Random) {
  const scores = Float64Array.from({ length: rows }, () => drawScore(random));
  const churned = Uint8Array.from(scores, (s) => (random.uniform() < sigmoid(truth(s)) ? 1 : 0));
  return { scores, churned };
}

function drawScore(random: Random): number {
  return -1.3 + 1.4 * random.normal();
}
