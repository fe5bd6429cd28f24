import { describe, expect, it } from 'vitest';
import type { Family, TableShape } from '../../src/training/families/family.js';
import { planSearch } from '../../src/training/search.js';

const shape: TableShape = { rows: 1000, churned: 200, columns: 5, designWidth: 8 };

function family(name: string, seconds: number[]): Family<number> {
  return {
    name,
    label: name,
    settings: () => seconds.map((_, i) => i),
    describe: String,
    seconds: (_shape, setting) => seconds[setting]!,
    crossFit: () => Promise.reject(new Error('not fitted')),
    fit: () => Promise.reject(new Error('not fitted')),
  };
}
const planned = (families: Family<number>[], budget: number) =>
  planSearch(families, shape, shape, 4, budget).map(({ family: { name }, setting }) => `${name}${setting}`);

describe('planSearch', () => {
  const families = [family('a', [1, 1, 1]), family('b', [1, 10, 1])];

  it('always plans the first setting of each family', () => {
    expect(planned(families, 0.001)).toEqual(['a0', 'b0']);
  });

  it('adds settings turn by turn while they fit, and passes over what does not', () => {
    // Four folds and the last fit: a setting of 1 s costs 5 s.
    expect(planned(families, 20)).toEqual(['a0', 'b0', 'a1', 'a2']);
    expect(planned(families, 25)).toEqual(['a0', 'b0', 'a1', 'a2', 'b2']);
  });
});
