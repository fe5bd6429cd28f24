import { describe, expect, it } from 'vitest';
import { sniffDelimited } from '../../../src/sources/delimited/sniff.js';

function sniff(text: string, isWhole = true) {
  return sniffDelimited('f.csv', { bytes: Buffer.from(text), isWhole }, { prefersTab: false });
}

const delimiterOf = (text: string): string => String.fromCharCode(sniff(text).dialect.delimiter);

describe('finding the delimiter', () => {
  it.each([
    [',', 'a,b;c,d\n1,2;3,4\n5,6;7,8\n'],
    [';', 'name;note\n"a,b";c,d,e\n"f";g,h,i\n'],
    [';', 'id;amount\n1;2,5\n2;3,5\n3;4,25\n'],
    ['\t', 'a\tb\n1,5\t2,5\n'],
    ['|', 'a|b|c\n1|2,x|3\n1|2|3\n'],
    [',', 'a,b,c,d,e,f\n1,2,3,4,5,6\n1,2,3\n1,2,3,4,5,6\n"x|y",2,3,4,5,6\n'],
    [',', 'text\nhello; world\n'],
  ])('takes %j', (delimiter, text) => {
    expect(delimiterOf(text)).toBe(delimiter);
  });

  it('does not look at delimiters within quotes', () => {
    expect(delimiterOf('"a;b;c","d"\n"1;2;3","4"\n')).toBe(',');
  });

  it('judges a head that ends within a record', () => {
    const head = `a;b;c\n${'1;"x,y";2\n'.repeat(50)}1;"cut of`;
    expect(sniff(head, false).dialect.delimiter).toBe(';'.charCodeAt(0));
  });
});
