import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDictionary } from '../../src/sources/text-dictionary.js';

describe('TextDictionary', () => {
  it('gives equal texts equal codes in order of first appearance, chunk after chunk', () => {
    const dictionary = new TextDictionary();
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('', 'alpha', 'a text of more than 13'),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 700 }), (texts) => {
        dictionary.clear();
        const wellFormed = texts.map((each) => Buffer.from(each).toString());
        const codes = wellFormed.map((each) => {
          const bytes = Buffer.from(`..${each}..`);
          return dictionary.code(bytes, 2, bytes.length - 2);
        });
        const levels = dictionary.levels();
        expect(levels).toEqual([...new Set(wellFormed)]);
        expect(codes.map((code) => levels[code])).toEqual(wellFormed);
      }),
    );
  });
});
