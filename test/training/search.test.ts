import { describe, expect, it } from 'vitest';
import type { Family, TableShape } from '../../src/training/families/family.js';
import { planSearch } from '../../src/training/search.js';

const shape: TableShape = { rows: 1000, churned: 200, columns: 5, designWidth: 8 };

function family(name: string, seconds: number[], isYardstick = false): Family<number> {
  return {
    name,
    label: name,
    ...(isYardstick ? { isYardstick } : {}),
    settings: () => seconds.map((_, i) => i),
    describe: String,
    seconds: (_shape, setting) => seconds[setting]!,
    crossFit: () => Promise.reject(new Error('not fitted')),
    fit: () => Promise.reject(new Error('not fitted')),
  };
}
const planned = (families: Family<number>[], budget: number) =>
  planSearch(families, shape, shape, 4, budget).fits.map(
    ({ family: { name }, setting }) => `${name}${setting}`,
  );

describe('planSearch', () => {
  const families = [family('a', [1, 1, 1]), family('b', [1, 10, 1])];

  it('plans the first setting of each family while fifteen seconds or the budget last', () => {
    expect(planned(families, 0.001)).toEqual(['a0', 'b0']);
    const slow = [family('a', [2]), family('b', [2]), family('c', [1])];
    expect(planned(slow, 0.001)).toEqual(['a0', 'c0']);
    expect(planned(slow, 24)).toEqual(['a0', 'b0']);
    expect(planned(slow, 25)).toEqual(['a0', 'b0', 'c0']);
  });

  it('plans a yardstick whatever it costs, and no further setting of a family left out', () => {
    expect(planned([family('a', [5, 0.1]), family('b', [100], true)], 1)).toEqual(['b0']);
  });

  it('adds settings turn by turn while they fit, and passes over what does not', () => {
    // Four folds and the last fit: a setting of 1 s costs 5 s.
    expect(planned(families, 20)).toEqual(['a0', 'b0', 'a1', 'a2']);
    expect(planned(families, 25)).toEqual(['a0', 'b0', 'a1', 'a2', 'b2']);
  });
});
