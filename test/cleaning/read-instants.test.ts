import { describe, expect, it } from 'vitest';
import { readInstants } from '../../src/cleaning/read-instants.js';
import { textColumn } from './text-table.js';

const read = (cells: (string | null)[]) => [...readInstants(textColumn(cells, 'month').columns[0]!, 'time')];

describe('readInstants', () => {
  it('reads the dates, missing ones as NaN', () => {
    expect(read(['1970-01-02', '', null])).toEqual([86_400_000, Number.NaN, Number.NaN]);
    expect(read(['31/12/1969', '01/01/1970'])).toEqual([-86_400_000, 0]);
  });

  it('refuses what is no date and what could be two', () => {
    const code = expect.objectContaining({ code: 'bad-table' });
    expect(() => read(['1', '2'])).toThrow(code);
    expect(() => read(['1', '2'])).toThrow(/time column "month" must hold dates, found number/);
    expect(() => read(['01/02/2024'])).toThrow(/day first or month first.*YYYY-MM-DD/);
  });
});
