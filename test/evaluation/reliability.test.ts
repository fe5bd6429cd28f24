import { describe, expect, it } from 'vitest';
import { calibrationError, reliabilityBins } from '../../src/evaluation/reliability.js';

describe('reliabilityBins', () => {
  it('gives a constant one bin with its Wilson interval', () => {
    const [bin, ...others] = reliabilityBins(
      new Float64Array(70).fill(0.4),
      new Uint8Array(70).fill(1, 0, 32),
    );
    expect(others).toEqual([]);
    expect(bin).toMatchObject({ accounts: 70, rate: 32 / 70 });
    expect(bin!.meanProbability).toBeCloseTo(0.4, 12);
    expect(bin!.low).toBeCloseTo(0.346, 3);
    expect(bin!.high).toBeCloseTo(0.573, 3);
  });

  it('never splits ties: they go where the middle of their ranks falls', () => {
    // Ranks 0–4 are one level with its middle at 2.5: the third of ten bins; the others stand alone.
    const probabilities = Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
    const bins = reliabilityBins(probabilities, Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1, 1, 1));
    expect(bins.map(({ accounts }) => accounts)).toEqual([5, 1, 1, 1, 1, 1]);
    expect(bins.map(({ rate }) => rate)).toEqual([0.2, 0, 0, 1, 1, 1]);
  });

  it('spreads twenty-five accounts over ten bins of two or three', () => {
    const probabilities = Float64Array.from({ length: 25 }, (_, i) => i / 25);
    const accounts = reliabilityBins(probabilities, new Uint8Array(25)).map((bin) => bin.accounts);
    expect(accounts).toHaveLength(10);
    expect(new Set(accounts)).toEqual(new Set([2, 3]));
  });
});

describe('calibrationError', () => {
  it('weighs the bins’ distances by accounts: (5 · |0.1 − 0.2| + 5 · |0.6 − 1|) / 10', () => {
    const probabilities = Float64Array.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.6, 0.6, 0.6, 0.6, 0.6);
    expect(calibrationError(probabilities, Uint8Array.of(1, 0, 0, 0, 0, 1, 1, 1, 1, 1))).toBeCloseTo(
      0.25,
      12,
    );
  });
});
