import { describe, expect, it } from 'vitest';
import { riskLevels, tallyLevels, tallyOutcomes } from '../../src/evaluation/tally.js';

const levels = riskLevels(Float64Array.of(0.2, 0.9, 0.2, 0, 0.9));

it('riskLevels sorts rows onto distinct probabilities, riskiest first', () => {
  expect([...levels.probabilities]).toEqual([0.9, 0.2, 0]);
  expect([...levels.order]).toEqual([1, 4, 0, 2, 3]);
  expect([...levels.starts]).toEqual([0, 2, 4, 5]);
});

it('tallyLevels counts accounts and churners, or the draws of a resample', () => {
  const churned = Uint8Array.of(1, 1, 0, 0, 0);
  const plain = tallyLevels(levels, churned);
  expect([[...plain.weights], [...plain.churned]]).toEqual([
    [2, 2, 1],
    [1, 1, 0],
  ]);
  const drawn = tallyLevels(levels, churned, Uint8Array.of(3, 0, 1, 1, 0));
  expect([[...drawn.weights], [...drawn.churned]]).toEqual([
    [0, 4, 1],
    [0, 3, 0],
  ]);
  expect([drawn.totalWeight, drawn.totalChurned]).toEqual([5, 3]);
});

describe('tallyOutcomes refuses', () => {
  const half = Float64Array.of(0.5, 0.5);
  it.each([
    ['no rows', new Float64Array(0), [], undefined, 'too-few-rows', 'no rows'],
    ['too few outcomes', half, [1], undefined, 'bad-table', '2 probabilities with 1 outcomes'],
    ['an unknown outcome', half, [1, 255], undefined, 'bad-target', 'found 255 at index 1'],
    ['NaN', Float64Array.of(0.5, Number.NaN), [1, 0], undefined, 'bad-table', 'found NaN at index 1'],
    ['a probability above 1', Float64Array.of(0.5, 1.5), [1, 0], undefined, 'bad-table', 'found 1.5'],
    ['too many weights', half, [1, 0], [1, 1, 1], 'bad-table', '2 probabilities with 3 weights'],
    ['a negative weight', half, [1, 0], [1, -1], 'bad-table', 'found -1 at index 1'],
    ['weights of 0 alone', half, [1, 0], [0, 0], 'too-few-rows', 'all 2 weights are 0'],
  ])('%s', (_, probabilities, churned, weights, code, message) => {
    const call = () =>
      tallyOutcomes(probabilities, Uint8Array.from(churned), weights && Float64Array.from(weights));
    expect(call).toThrowError(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
