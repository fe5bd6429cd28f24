import { describe, expect, it } from 'vitest';
import { learnEncodings, locate, locateColumns } from '../../../src/models/neural-net/encode.js';
import type { NumberEncoding } from '../../../src/models/neural-net/model.js';
import { makeTable } from '../../../src/tables/table.js';

function learnOne(values: number[], weights: number[] | null = null): NumberEncoding {
  const table = makeTable([{ kind: 'number', name: 'x', values: Float64Array.from(values) }]);
  return learnEncodings(table, weights && Float64Array.from(weights))[0] as NumberEncoding;
}

describe('learnEncodings', () => {
  it('by hand: two values are one standardised input, a missing cell its mean and a flag', () => {
    const { knots, codes, missing } = learnOne([0, 0, 0, 1, NaN]);
    expect(knots).toEqual([0, 1]);
    // Mean 1/4, deviation √3/4; one cell in five is missing.
    expect(codes[0]![0]).toBeCloseTo(-1 / Math.sqrt(3), 8);
    expect(codes[1]![0]).toBeCloseTo(Math.sqrt(3), 8);
    expect(codes.map((code) => code[1])).toEqual([-0.2, -0.2]);
    expect(missing).toEqual([0, 0.8]);
  });

  it('makes every input average 0 over the training rows, and the first two vary by 1', () => {
    const values = Float64Array.from({ length: 500 }, (_, i) => Math.exp((i * 37) % 11) + i);
    const encoding = learnOne([...values]);
    const knots = Float64Array.from(encoding.knots);
    expect(knots.length).toBe(33);
    const width = encoding.missing.length;
    expect(width).toBe(2 + 8);
    const inputs = Array.from(values, (value) => {
      const position = locate(knots, value);
      const [here, next] = [Math.floor(position), Math.ceil(position)];
      return encoding.codes[here]!.map(
        (code, i) => code + (position - here) * (encoding.codes[next]![i]! - code),
      );
    });
    for (let i = 0; i < width; i++) {
      const mean = inputs.reduce((sum, row) => sum + row[i]!, 0) / 500;
      expect(mean).toBeCloseTo(0, 7);
      if (i > 1) continue;
      expect(inputs.reduce((sum, row) => sum + row[i]! ** 2, 0) / 500).toBeCloseTo(1, 6);
    }
  });

  it('learns the same from a weight of 2 as from two rows', () => {
    const values = Array.from({ length: 90 }, (_, i) => ((i * 31) % 89) ** 1.5);
    const weights = values.map((_, i) => i % 3);
    const repeated = values.flatMap((value, i) => new Array<number>(weights[i]!).fill(value));
    const kept = values.filter((_, i) => weights[i]! > 0);
    expect(
      learnOne(
        kept,
        weights.filter((weight) => weight > 0),
      ),
    ).toEqual(learnOne(repeated));
  });

  it('gives a constant or empty column one input that is always 0', () => {
    expect(learnOne([7, 7])).toEqual({ kind: 'number', knots: [7], codes: [[0]], missing: [0] });
    expect(learnOne([NaN, NaN])).toEqual({ kind: 'number', knots: [], codes: [], missing: [0] });
  });

  it('takes −0 for 0', () => {
    expect(learnOne([-0, 1, 0])).toEqual(learnOne([0, 1, 0]));
  });

  it('stays finite and bounded for the largest numbers', () => {
    for (const scale of [1, 1e-12]) {
      const middle = [0, 1, 2, 3, 4, 5].map((value) => value * scale);
      const { knots, codes } = learnOne([-1.7e308, ...middle, 1.7e308, Infinity]);
      expect(knots.every(Number.isFinite)).toBe(true);
      expect(codes.flat().every((code) => Math.abs(code) < 10)).toBe(true);
    }
  });

  it('gives a category of n levels min(8, ⌈√n⌉) dimensions', () => {
    const dimensions = [1, 2, 5, 51, 900].map((count) => {
      const levels = Array.from({ length: count }, (_, i) => `level ${i}`);
      const table = makeTable([{ kind: 'category', name: 'c', codes: Int32Array.of(0), levels }]);
      return learnEncodings(table, null)[0];
    });
    expect(dimensions.map((encoding) => encoding?.kind === 'category' && encoding.dimensions)).toEqual([
      1, 2, 3, 8, 8,
    ]);
  });
});

it('locates values between knots, outer ones at the ends, missing ones after the last', () => {
  const knots = Float64Array.of(0, 10, 30);
  expect([-5, 0, 2.5, 10, 25, 30, 99, Infinity, NaN].map((value) => locate(knots, value))).toEqual([
    0, 0, 0.25, 1, 1.75, 2, 2, 2, 3,
  ]);
  expect(locate(new Float64Array(0), 1)).toBe(0);
});

it('gives a missing category the code after the last level', () => {
  const table = makeTable([{ kind: 'category', name: 'c', codes: Int32Array.of(1, -1), levels: ['a', 'b'] }]);
  expect([...locateColumns(learnEncodings(table, null), table)[0]!]).toEqual([1, 2]);
});
