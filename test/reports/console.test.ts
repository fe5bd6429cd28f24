import { describe, expect, it } from 'vitest';
import { trainingSummary } from '../../src/reports/console.js';
import { alignRows, displayWidth, printable, wrapText } from '../../src/reports/console-text.js';
import { hostileCard, noSignalCard, signalCard } from './card-fixture.js';

describe('training summary', () => {
  const lines = trainingSummary(signalCard(), { width: 80 }).split('\n');

  it('says the verdict first', () => {
    expect(lines[0]).toBe('SIGNAL');
    expect(trainingSummary(noSignalCard()).split('\n').slice(0, 2).join(' ')).toMatch(
      /^NO SIGNAL Nothing in/,
    );
  });

  it('tells headline figures in words, and none without signal', () => {
    expect(lines.join('\n')).toContain(
      '82 %  of the 10 % riskiest accounts left (76–88 %), against 27 % overall',
    );
    expect(trainingSummary(noSignalCard())).not.toContain('riskiest');
  });

  it('lines candidates up under their headers, the best first and the chosen one marked', () => {
    const header = lines.findIndex((line) => line.startsWith('  Candidate'));
    expect(lines[header + 1]).toMatch(/^› Ensemble +0\.4102 \(0\.3\d+–0\.4\d+\) +0\.850 \(0\.831–0\.869\)$/);
    const table = lines.slice(header, header + 8);
    expect(new Set(table.map((line) => line.length)).size).toBe(1);
    expect(lines[header + 7]).toContain('Base rate');
  });

  it('names leaks and doubts', () => {
    const text = trainingSummary(hostileCard(), { width: 300 });
    expect(text).toMatch(
      /\(left out; AUC alone 0\.998\): it predicts too well alone, sounds like the outcome/,
    );
    expect(text).toMatch(/kept, as allowed/);
  });

  it('keeps to the width, without colour unless asked, and lets no name steer the terminal', () => {
    expect(lines.every((line) => displayWidth(line) <= 80)).toBe(true);
    for (const sign of ['\u001b', '\u0007', '\u202e'])
      expect(trainingSummary(hostileCard())).not.toContain(sign);
    expect(trainingSummary(signalCard(), { colour: true })).toContain('\u001b[1;34mSIGNAL\u001b[0m');
  });
});

describe('console text', () => {
  it('counts two columns for emoji and East Asian letters', () => {
    expect(displayWidth('größer 😀')).toBe(9);
    expect(displayWidth('顧客')).toBe(4);
    expect(displayWidth('e\u0301')).toBe(1);
  });

  it('makes control characters visible and lines one', () => {
    expect(printable('a\r\nb\u001b[31m\u202ec')).toBe('a b�[31m�c');
  });

  it('wraps at spaces but not at no-break spaces', () => {
    expect(wrapText('aa 10\u00a0% bb', 6, ' ')).toBe('aa\n 10\u00a0%\n bb');
  });

  it('aligns names left and figures right', () => {
    expect(
      alignRows([
        ['顧', '1'],
        ['abc', '10'],
      ]),
    ).toEqual(['顧    1', 'abc  10']);
  });
});
