import { expect, it } from 'vitest';
import { toArquero } from '../../src/tables/arquero.js';
import type { RawTable } from '../../src/tables/raw-table.js';
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

it('toArquero takes a table as it was read too', async () => {
  const raw: RawTable = {
    rows: 2,
    rowNumbers: Float64Array.of(1, 2),
    columns: [
      { kind: 'text', name: 'plan', codes: Int32Array.of(0, -1), levels: ['NA'] },
      { kind: 'instant', name: 'since', values: Float64Array.of(Date.UTC(2024, 0, 2), Number.NaN) },
    ],
  };
  expect((await toArquero(raw)).objects()).toEqual([
    { plan: 'NA', since: new Date('2024-01-02') },
    { plan: null, since: null },
  ]);
});
