import { expect, it } from 'vitest';
import {
  baseRateSchema,
  contributionsBaseRate,
  fitBaseRate,
  predictBaseRate,
} from '../../src/models/base-rate.js';
import { sigmoid } from '../../src/models/model.js';
import { makeTable } from '../../src/tables/table.js';
import { describeModelLaws } from '../laws/model-laws.js';

describeModelLaws('base rate', {
  fit: fitBaseRate,
  predict: predictBaseRate,
  schema: baseRateSchema,
  contributions: contributionsBaseRate,
  weightsWithin: 1e-12,
});

it('gives everybody the weighted rate: weights 3 and 1 of 4 leave and stay', () => {
  const table = makeTable([{ kind: 'number', name: 'tenure', values: Float64Array.of(1, 2, 3) }]);
  const fitted = fitBaseRate({ table, churned: Uint8Array.of(1, 0, 1), weights: Float64Array.of(2, 1, 1) });
  expect(sigmoid(fitted.score)).toBeCloseTo(3 / 4, 12);
  expect([...predictBaseRate(fitted, table)]).toEqual([fitted.score, fitted.score, fitted.score]);
});
