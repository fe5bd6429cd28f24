import { describe, expect, it } from 'vitest';
import { sortIntoCells } from '../../src/profiling/cells.js';

describe('sortIntoCells', () => {
  it('gives each level a cell, and the missing rows the last', () => {
    const column = {
      kind: 'category' as const,
      name: 'x',
      codes: Int32Array.of(1, -1, 0),
      levels: ['a', 'b'],
    };
    expect(sortIntoCells(column)).toEqual({
      codes: Int32Array.of(1, 2, 0),
      labels: ['a', 'b', 'missing'],
      single: [true, true, true],
      missing: 2,
    });
  });

  it('gives frequent numbers cells of their own and ranges to the others', () => {
    const values = Float64Array.from([
      ...Array.from({ length: 20 }, (_, i) => i),
      ...Array.from({ length: 30 }, () => 100),
      200,
      Number.NaN,
    ]);
    const cells = sortIntoCells({ kind: 'number', name: 'x', values });
    expect(cells.labels).toEqual(['0 to 15', '16 to 19', '100', '200', 'missing']);
    expect(cells.single).toEqual([false, false, true, true, true]);
    expect([0, 15, 16, 19, 20, 49, 50, 51].map((row) => cells.codes[row])).toEqual([0, 0, 1, 1, 2, 2, 3, 4]);
  });

  it('sorts a column without any value', () => {
    const cells = sortIntoCells({
      kind: 'number',
      name: 'x',
      values: Float64Array.of(Number.NaN, Number.NaN),
    });
    expect(cells).toEqual({ codes: Int32Array.of(0, 0), labels: ['missing'], single: [true], missing: 0 });
  });
});
