import { describe, expect, it } from 'vitest';
import { withCellIds } from '../../src/notebooks/cell-ids.js';
import type { Cell } from '../../src/notebooks/notebook.js';

const text = (source: string, id?: string): Cell => ({
  cell_type: 'markdown',
  metadata: {},
  source,
  ...(id === undefined ? {} : { id }),
});
const idsOf = (cells: Cell[]) => withCellIds(cells).map(({ id }) => id!);

describe('withCellIds', () => {
  it('keeps ids, and makes the missing ones the same way each time', () => {
    const cells = [text('a', 'kept'), text('b'), text('b')];
    const [first, second, third] = idsOf(cells);
    expect(first).toBe('kept');
    expect([second, third]).toEqual([
      expect.stringMatching(/^[0-9a-f]{12}$/),
      expect.stringMatching(/^[0-9a-f]{12}$/),
    ]);
    expect(second).not.toBe(third);
    expect(idsOf(cells)).toEqual([first, second, third]);
  });

  it('takes no id that another cell has', () => {
    const [would] = idsOf([text('a')]);
    expect(new Set(idsOf([text('a'), text('b', would)])).size).toBe(2);
  });
});
