import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tidyColumnNames } from '../../src/sources/column-names.js';

describe('tidyColumnNames', () => {
  it('names every column once, without odd white space', () => {
    const name = fc.array(fc.constantFrom('a', ' ', '\n', ' (2)', ' (3)', '\u00a0', 'column_2'), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        fc.array(
          name.map((parts) => parts.join('')),
          { maxLength: 12 },
        ),
        (header) => {
          const { names, notes } = tidyColumnNames(header);
          expect(new Set(names).size).toBe(header.length);
          for (const tidy of names) expect(tidy).toMatch(/^\S+(?: \S+)*$/u);
          const changed = names.filter((tidy, index) => tidy !== header[index]);
          expect(notes.map(({ column }) => column)).toEqual(changed);
        },
      ),
    );
  });

  it('leaves a name to the column that bears it alone', () => {
    expect(tidyColumnNames(['id', 'id', 'id (2)']).names).toEqual(['id', 'id (3)', 'id (2)']);
  });
});
