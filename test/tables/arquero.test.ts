import { expect, it } from 'vitest';
import { toArquero } from '../../src/tables/arquero.js';
import { makeTable } from '../../src/tables/table.js';

it('toArquero keeps names, order, levels and gaps', async () => {
  const table = makeTable([
    { kind: 'number', name: 'logins', values: Float64Array.of(3, Number.NaN, 0) },
    { kind: 'category', name: 'a "plan"', codes: Int32Array.of(1, -1, 0), levels: ['basic', 'pro'] },
  ]);
  expect((await toArquero(table)).objects()).toEqual([
    { logins: 3, 'a "plan"': 'pro' },
    { logins: null, 'a "plan"': null },
    { logins: 0, 'a "plan"': 'basic' },
  ]);
});
