import { describe, expect, it } from 'vitest';
import { displayWidth } from '../../src/reports/console-text.js';
import { valueSummary } from '../../src/reports/value-summary.js';
import { settleAssumptions } from '../../src/value/settle-assumptions.js';
import { valueOfChurn } from '../../src/value/value-of-churn.js';

const facts = {
  accounts: 400,
  monthlyRevenueCents: 20_000_000,
  monthlyLogoChurn: { value: 0.02, low: 0.015, high: 0.026 },
  newAccountsPerMonth: 10,
  currency: 'EUR',
};
const result = valueOfChurn(facts);
const text = valueSummary(result);
const flat = (summary: string) => summary.replace(/\s+/g, ' ');

describe('value summary', () => {
  it('says the headline first, with its interval and where that is from', () => {
    expect(text.split('\n')[0]).toBe('5 % LESS CHURN IS WORTH 168,228 EUR');
    expect(flat(text)).toContain('168,228 EUR (151,425–182,333)');
    expect(flat(text)).toContain('Intervals come from the measured churn alone.');
  });

  it('calls a rise a cost', () => {
    const worse = valueOfChurn(facts, undefined, { changes: [{ kind: 'relative', amount: 0.05 }] });
    expect(valueSummary(worse).split('\n')[0]).toMatch(/^5 % MORE CHURN COSTS 15\d,\d{3} EUR$/);
  });

  it('lines changes up in columns', () => {
    const lines = text.split('\n');
    const header = lines.findIndex((line) => line.includes('today') && line.includes('−5 %'));
    expect(lines[header]).toMatch(/today +−5 % +−10 % +−25 % +−1 pt$/);
    expect(lines[header + 2]).toMatch(/^Months that an account pays +50\.0 +52\.6 +55\.6 +66\.7 +100\.0$/);
    expect(new Set(lines.slice(header, header + 12).map(displayWidth)).size).toBe(1);
  });

  it('tells what a contact may cost and from which save rate it pays', () => {
    expect(flat(text)).toContain('a contact may cost up to 539.17 EUR (448.01–649.25)');
    expect(flat(text)).toContain('At 20.00 EUR a contact pays from a save rate of 1.1 %');
    const dear = valueOfChurn(facts, settleAssumptions({ contactCostCents: 100_000_000 }));
    expect(flat(valueSummary(dear))).toContain('a contact cannot pay for itself');
  });

  it('holds claims against the company’s numbers, in both readings', () => {
    expect(flat(text)).toMatch(
      /Read as 5 % less churn\. Here: 4\.8 % \(4\.1 % to 5\.7 %\).*?below the claim/,
    );
    expect(flat(text)).toMatch(/Read as 5 points more kept a year\. Here: 29 %.*?within the claim/);
    expect(flat(text)).toContain('Here: unknown; give the cost of winning an account.');
    expect(flat(valueSummary(valueOfChurn({ ...facts, acquisitionCostCents: 300_000 })))).toContain(
      'Here: 10 times, within the claim.',
    );
  });

  it('lists every assumption under the name that a file changes, with its source', () => {
    for (const [key, { source }] of Object.entries(result.assumptions)) {
      expect(flat(text)).toContain(`- ${key} `);
      expect(flat(text)).toContain(source);
    }
  });

  it('breaks a table that is too wide into several', () => {
    const headers = valueSummary(result, { width: 60 })
      .split('\n')
      .filter((line) => /^ {10,}today/.test(line))
      .map((line) => line.trim().replace(/ {2,}/g, ' | '));
    expect(headers).toEqual(['today | −5 % | −10 %', 'today | −25 %', 'today | −1 pt']);
  });

  it('keeps to the width, without colour unless asked', () => {
    for (const width of [80, 100]) {
      const wide = valueSummary(result, { width })
        .split('\n')
        .filter((line) => displayWidth(line) > width);
      // An address is never broken.
      expect(wide.filter((line) => !line.includes('https://'))).toEqual([]);
    }
    expect(text).not.toContain('\u001b');
    expect(valueSummary(result, { colour: true })).toContain('\u001b[1;34m5 % LESS CHURN');
  });

  it('names endless lifetimes and bounded changes, and survives every limit', () => {
    const none = valueSummary(valueOfChurn({ ...facts, monthlyLogoChurn: { value: 0, low: 0, high: 0.3 } }));
    expect(none).toContain('endless');
    expect(none).toContain('−1 pt: more than there is; churn stops at its bound.');
    const all = valueSummary(valueOfChurn({ ...facts, monthlyLogoChurn: { value: 1, low: 1, high: 1 } }));
    expect(none + all).not.toMatch(/NaN|Infinity|undefined|null/);
  });
});
