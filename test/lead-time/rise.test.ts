import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bestRise, possibleRises } from '../../src/lead-time/rise.js';

const reference = JSON.parse(readFileSync(new URL('../references/lead-time.json', import.meta.url), 'utf8'));

const weeks = Float64Array.from({ length: 27 }, (_, week) => 7 * week);
const independent = new Float64Array(27 * 27);
for (let day = 0; day < 27; day++) independent[day * 28] = 1e-4;

const curveOf = (onset: number, ramp: number, from: number, to: number) =>
  weeks.map((day) => from + (to - from) * Math.max(0, Math.min(1, (onset - day) / ramp)));

describe('bestRise', () => {
  it('authority: height and gain of generalised least squares by R MASS::lm.gls', () => {
    const rises = possibleRises(
      Float64Array.from(reference.days),
      Float64Array.from(reference.covariance),
      28,
    );
    const rise = rises.find(({ onsetDays, rampDays }) => onsetDays === 40 && rampDays === 14)!;
    const fitted = bestRise([rise], Float64Array.from(reference.curve))!;
    expect(fitted.height).toBeCloseTo(reference.height, 12);
    expect(fitted.gain).toBeCloseTo(reference.gain, 9);
  });

  it.each([
    [42, 28, 0.5, 0.62],
    [61, 14, 0.48, 0.4],
    [100, 60, 0.55, 0.7],
  ])('finds an onset of %i days with a ramp of %i from AUC %d to %d', (onset, ramp, from, to) => {
    const { rise, height } = bestRise(possibleRises(weeks, independent, 90), curveOf(onset, ramp, from, to))!;
    expect(rise).toMatchObject({ onsetDays: onset, rampDays: ramp });
    expect(height).toBeCloseTo(to - from, 9);
  });

  it('places a step halfway between the days that it lies between', () => {
    const step = weeks.map((day) => (day <= 56 ? 0.6 : 0.5));
    expect(bestRise(possibleRises(weeks, independent, null), step)!.rise).toMatchObject({
      onsetDays: 59.5,
      rampDays: 0,
    });
  });

  it('tries no ramp longer than the lookback, and needs days before the onset', () => {
    const rises = possibleRises(weeks, independent, 14);
    expect(new Set(rises.map(({ rampDays }) => rampDays))).toEqual(new Set([0, 7, 14]));
    expect(Math.max(...rises.map(({ onsetDays }) => onsetDays))).toBeLessThan(weeks.at(-3)!);
    expect(possibleRises(weeks.subarray(0, 3), new Float64Array(9).fill(0), 14)).toEqual([]);
    expect(bestRise([], new Float64Array(0))).toBeNull();
  });
});
