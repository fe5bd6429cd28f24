import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logLoss } from '../../src/evaluation/log-loss.js';
import { auc } from '../../src/evaluation/roc.js';
import { companyCsv, type SimulatedCompany, simulateCompany } from '../../src/simulation/company.js';
import { takeBytes, takeNumbers } from '../../src/tables/table.js';

const cells = (company: SimulatedCompany, name: string) =>
  company.columns.find((column) => column.name === name)!.cells;

/** The same signs as in the hazard, read from the table's text. */
const signs: Record<string, (company: SimulatedCompany) => (row: number) => boolean> = {
  all: () => () => true,
  silent: (company) => (row) => Number(cells(company, 'days_since_login')[row]) >= 14,
  cases: (company) => (row) => Number(cells(company, 'support_cases_30d')[row]) > 10,
  unhappy: (company) => (row) => /^[1-4]$/.test(cells(company, 'csat')[row]!),
  givingUp: (company) => (row) => company.truth.givingUp[row] === 1,
};

/** Rows that are the first of their account. */
function accountRows({ rows, truth }: SimulatedCompany): number[] {
  const repeats = new Set(truth.duplicateRows);
  return Array.from({ length: rows }, (_, row) => row).filter((row) => !repeats.has(row));
}

function leaving(company: SimulatedCompany, sign: string) {
  const rows = accountRows(company).filter(signs[sign]!(company));
  const left = rows.reduce((sum, row) => sum + company.truth.churned[row]!, 0);
  const expected = rows.reduce((sum, row) => sum + company.truth.probability[row]!, 0);
  const variance = rows.reduce(
    (sum, row) => sum + company.truth.probability[row]! * (1 - company.truth.probability[row]!),
    0,
  );
  return { rows: rows.length, left, expected, variance };
}

function oracle(company: SimulatedCompany) {
  const rows = accountRows(company);
  const probability = takeNumbers(company.truth.probability, rows);
  const churned = takeBytes(company.truth.churned, rows);
  return { auc: auc(probability, churned), logLoss: logLoss(probability, churned) };
}

const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
const companies = seeds.map((seed) => simulateCompany({ seed }));

describe('simulateCompany', () => {
  it('gives the same bytes for the same seed, and others for another', () => {
    const hashes = [1, 1, 2].map((seed) =>
      createHash('sha256')
        .update(companyCsv(simulateCompany({ seed })))
        .digest('hex'),
    );
    expect(hashes[0]).toBe(hashes[1]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it.each(Object.keys(signs))('%s: outcomes agree with the true chances over seeds', (sign) => {
    const sum = { left: 0, expected: 0, variance: 0 };
    for (const company of companies) {
      const { left, expected, variance } = leaving(company, sign);
      expect(Math.abs(left - expected)).toBeLessThan(4 * Math.sqrt(variance));
      sum.left += left;
      sum.expected += expected;
      sum.variance += variance;
    }
    expect(Math.abs(sum.left - sum.expected)).toBeLessThan(3 * Math.sqrt(sum.variance));
  });

  it('leaves something to learn and something to chance: the truth itself scores 0.80 to 0.86', () => {
    for (const company of companies) {
      expect(oracle(company).auc).toBeGreaterThan(0.8);
      expect(oracle(company).auc).toBeLessThan(0.86);
    }
  });

  it('writes the outcome that it drew', () => {
    const [company] = companies;
    expect(cells(company!, 'churned')).toEqual(
      Array.from(company!.truth.churned, (left) => (left ? 'yes' : 'no')),
    );
  });

  it.each([
    [4000, 10, 24],
    [500, 1, 3],
  ])('%i accounts have %i malformed rows and %i repeats', (accounts, malformed, repeats) => {
    const company = simulateCompany({ accounts, seed: 3 });
    const { malformedRows, duplicateRows } = company.truth;
    expect(company.rows).toBe(accounts + repeats);
    expect(malformedRows).toHaveLength(malformed);
    const notNumbers = ['mrr', 'tenure_months', 'seats'].flatMap((name) =>
      [...cells(company, name).keys()].filter((row) => Number.isNaN(Number(cells(company, name)[row]))),
    );
    expect(notNumbers.sort((a, b) => a - b)).toEqual(malformedRows);
    const lines = companyCsv(company).trimEnd().split('\n').slice(1);
    const again = [...lines.keys()].filter((row) => lines.indexOf(lines[row]!) < row);
    expect(again).toEqual(duplicateRows);
  });

  it('fills in the leak for nine of ten leavers and hardly any stayer', () => {
    for (const company of companies) {
      const ticket = cells(company, 'offboarding_ticket');
      const rows = accountRows(company);
      const left = rows.filter((row) => company.truth.churned[row] === 1);
      const stayed = rows.filter((row) => company.truth.churned[row] === 0);
      expect(left.filter((row) => ticket[row] !== null)).toHaveLength(Math.round(left.length * 0.9));
      expect(stayed.filter((row) => ticket[row] !== null)).toHaveLength(Math.round(stayed.length * 0.002));
    }
  });

  it('says "never answered" in three words', () => {
    const words = new Set(cells(companies[0]!, 'nps').filter((cell) => !/^\d+$/.test(cell!)));
    expect(words).toEqual(new Set(['NA', '-', ' ']));
  });

  it('refuses a company of nine', () => {
    expect(() => simulateCompany({ accounts: 9, seed: 1 })).toThrow(/from 10 up, found 9/);
  });
});

describe('companyCsv', () => {
  it('writes a header, a line per row and a last line end, as its example says', () => {
    expect(companyCsv(simulateCompany({ accounts: 500, seed: 7 })).split('\n')).toHaveLength(505);
  });

  it('quotes what needs it and leaves missing cells empty', () => {
    const company = {
      ...simulateCompany({ accounts: 10, seed: 1 }),
      rows: 2,
      columns: [
        { name: 'a', cells: ['1,5', null] },
        { name: 'b', cells: ['say "hi"', '-'] },
      ],
    };
    expect(companyCsv(company)).toBe('a,b\n"1,5","say ""hi"""\n,-\n');
  });
});

describe('data/README.md', () => {
  const card = readFileSync(new URL('../../data/README.md', import.meta.url), 'utf8');
  const demo = simulateCompany({ seed: 7 });

  it('names every column', () => {
    expect(companies[0]!.columns.filter(({ name }) => !card.includes(`\`${name}\``))).toEqual([]);
  });

  it.each([
    ['all', 'all accounts'],
    ['silent', 'no login for two weeks'],
    ['cases', 'more than ten cases in 30 days'],
    ['unhappy', 'satisfaction below 5'],
    ['givingUp', 'all three'],
  ])("states what the demo's table holds: %s", (sign, words) => {
    const { left, rows } = leaving(demo, sign);
    const percent = ((100 * left) / rows).toFixed(1);
    const line = card.split('\n').find((text) => text.startsWith(`| ${words} |`));
    expect(line).toContain(`| ${left} of ${rows} = ${percent} % |`);
  });

  it("states the oracle of the demo's table", () => {
    const { auc: area, logLoss: loss } = oracle(demo);
    expect(card).toContain(`AUC ${area.toFixed(3)}`);
    expect(card).toContain(`log loss ${loss.toFixed(3)}`);
  });
});
