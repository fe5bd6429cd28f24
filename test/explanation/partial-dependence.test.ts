import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { partialDependence } from '../../src/explanation/partial-dependence.js';
import { sigmoid } from '../../src/models/model.js';
import { type Column, columnNamed, makeTable, type Table } from '../../src/tables/table.js';

const numberColumn = (name: string, values: Iterable<number>): Column => ({
  kind: 'number',
  name,
  values: Float64Array.from(values),
});

/** Reads probabilities straight from a number column; missing counts 0.5. */
const read = (feature: string) => (table: Table) => {
  const column = columnNamed(table, feature);
  if (column.kind !== 'number') throw new Error('wrong kind');
  return column.values.map((value) => (Number.isNaN(value) ? 0.5 : value));
};

it('agrees with scikit-learn’s partial_dependence (brute)', () => {
  const { dependence } = JSON.parse(
    readFileSync(new URL('../references/evaluation.json', import.meta.url), 'utf8'),
  ) as {
    dependence: {
      features: number[][];
      intercept: number;
      coefficients: number[];
      values: number[];
      probabilities: number[];
    };
  };
  const table = makeTable(dependence.features.map((values, i) => numberColumn(`x${i}`, values)));
  const predict = (changed: Table) =>
    Float64Array.from({ length: changed.rows }, (_, row) =>
      sigmoid(
        changed.columns.reduce(
          (score, column, i) =>
            score + dependence.coefficients[i]! * (column.kind === 'number' ? column.values[row]! : 0),
          dependence.intercept,
        ),
      ),
    );
  const points = partialDependence(predict, table, 'x1');
  expect(points.map(({ value }) => value)).toEqual(dependence.values);
  points.forEach(({ probability }, i) => {
    expect(probability).toBeCloseTo(dependence.probabilities[i]!, 12);
  });
});

describe('partialDependence', () => {
  it('takes every value of few, and missing last', () => {
    const table = makeTable([numberColumn('p', [0.25, 0.75, 0.25, Number.NaN])]);
    expect(partialDependence(read('p'), table, 'p')).toEqual([
      { label: '0.25', value: 0.25, probability: 0.25, rows: 2 },
      { label: '0.75', value: 0.75, probability: 0.75, rows: 1 },
      { label: 'missing', value: null, probability: 0.5, rows: 1 },
    ]);
  });

  it('takes the medians of equal parts of many values, and counts every row once', () => {
    const table = makeTable([
      numberColumn(
        'p',
        Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) / 100),
      ),
    ]);
    const points = partialDependence(read('p'), table, 'p', { points: 4 });
    expect(points.map(({ value }) => value)).toEqual([0.12, 0.37, 0.62, 0.87]);
    expect(points.map(({ rows }) => rows)).toEqual([25, 25, 25, 25]);
  });

  it('takes the most frequent levels', () => {
    const codes = Int32Array.of(2, 2, 2, 0, 0, 1, -1);
    const table = makeTable([{ kind: 'category', name: 'plan', levels: ['a', 'b', 'c', 'never'], codes }]);
    const predict = (changed: Table) => {
      const column = columnNamed(changed, 'plan');
      if (column.kind !== 'category') throw new Error('wrong kind');
      return Float64Array.from(column.codes, (code) => (code + 1) / 10);
    };
    const points = partialDependence(predict, table, 'plan', { points: 2 });
    expect(points.map(({ label, value, rows }) => [label, value, rows])).toEqual([
      ['c', null, 3],
      ['a', null, 2],
      ['missing', null, 1],
    ]);
    expect(points.map(({ probability }) => probability)).toEqual([
      expect.closeTo(0.3, 12),
      expect.closeTo(0.1, 12),
      expect.closeTo(0, 12),
    ]);
  });

  it('tells near numbers apart', () => {
    const table = makeTable([numberColumn('visits', [100_001, 100_002])]);
    const predict = (changed: Table) => new Float64Array(changed.rows).fill(0.1);
    expect(partialDependence(predict, table, 'visits').map(({ label }) => label)).toEqual([
      '100001',
      '100002',
    ]);
  });

  it('predicts on at most 2,000 rows, spread over the table', () => {
    const rows = 10_000;
    const other = numberColumn(
      'p',
      Array.from({ length: rows }, (_, i) => i / rows),
    );
    const table = makeTable([other, numberColumn('x', new Float64Array(rows))]);
    let predicted = 0;
    const predict = (changed: Table) => {
      predicted += changed.rows;
      return read('p')(changed);
    };
    const [point] = partialDependence(predict, table, 'x');
    expect(predicted).toBe(2_000);
    expect(point!.rows).toBe(rows);
    expect(point!.probability).toBeCloseTo(0.5, 3);
  });

  it('refuses what it cannot do', () => {
    const table = makeTable([numberColumn('p', [0.5])]);
    expect(() => partialDependence(read('p'), table, 'q')).toThrow('column "q" is missing');
    expect(() => partialDependence(read('p'), table, 'p', { points: 0 })).toThrow('found 0');
    expect(() => partialDependence(read('p'), makeTable([numberColumn('p', [])]), 'p')).toThrow('no rows');
  });
});
