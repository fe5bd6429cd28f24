import { describe, expect, it } from 'vitest';
import { holdsCountryCodes, isMissingLevel, isMissingText, levelText } from '../../src/cleaning/missing.js';

describe('isMissingText', () => {
  it.each([
    '',
    ' ',
    '\t\u00a0 ',
    'NA',
    'na',
    'N/A',
    '#N/A',
    '<NA>',
    'NaN',
    'null',
    'NULL',
    'None',
    '-',
    '--',
    '?',
    ' n/a ',
  ])('takes %j as missing', (text) => {
    expect(isMissingText(text)).toBe(true);
  });

  it.each(['No', '0', 'unknown', 'other', '---', 'Nan Goldin', 'nul', '-1', 'Nancy', '??'])(
    'takes %j as an answer',
    (text) => {
      expect(isMissingText(text)).toBe(false);
    },
  );
});

describe('isMissingLevel', () => {
  it('keeps None as an answer', () => {
    expect(['None', 'none', 'NA', '-', ''].map((text) => isMissingLevel(text, false))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  it('keeps NA where the column holds country codes', () => {
    expect(isMissingLevel('NA', true)).toBe(false);
    expect(isMissingLevel('na', true)).toBe(true);
    expect(isMissingLevel('-', true)).toBe(true);
  });
});

describe('holdsCountryCodes', () => {
  it('needs the name, the shape and three codes', () => {
    expect(holdsCountryCodes('country', ['DE', 'NA', 'ZA', 'US', ''])).toBe(true);
    expect(holdsCountryCodes('state', ['KS', 'NA', 'OH', 'NJ'])).toBe(false);
    expect(holdsCountryCodes('country', ['Germany', 'NA', 'US', 'ZA'])).toBe(false);
    expect(holdsCountryCodes('country', ['DE', 'NA', 'US'])).toBe(false);
  });
});

describe('levelText', () => {
  it('drops spaces around and makes spellings of true and false one, and no others', () => {
    expect([' Gold ', 'TRUE', 'True', 'false', 'YES'].map(levelText)).toEqual([
      'Gold',
      'true',
      'true',
      'false',
      'YES',
    ]);
  });
});
