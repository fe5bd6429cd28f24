import { beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/flags/ledger.js';
import { displayWidth } from '../../src/reports/console-text.js';
import { flagsSentence, partSentence, pText } from '../../src/reports/flag-words.js';
import { flagsReport } from '../../src/reports/flags.js';
import { flagsSummary } from '../../src/reports/flags-console.js';
import { flagsSection } from '../../src/reports/sections/flags.js';
import { datedLedger, emptyLedger, hostileLedger, seedLedger } from '../flags/ledger-fixture.js';
import { HOSTILE } from './card-fixture.js';

/** What a reader reads. */
function readText(page: string): string {
  return page
    .replace(/<(script|style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');
}

const ownMarkup = (page: string) => page.replace(/<script>[\s\S]*?<\/script>/g, '');
const stopped = (ledger: Ledger): Ledger => ({ ...ledger, search: { ...ledger.search, complete: false } });

let seed: string;
let dated: string;
let empty: string;
let hostile: string;
beforeAll(async () => {
  seed = await flagsReport(seedLedger());
  dated = await flagsReport(datedLedger());
  empty = await flagsReport(emptyLedger());
  hostile = await flagsReport(hostileLedger());
});

describe('flags report', () => {
  it('says in one sentence what was confirmed, then with which figures', () => {
    const text = readText(seed);
    const order = [
      '1 compound red flag confirmed: no part of it alone is above the base rate.',
      '110 of the 260 accounts that raise it left, 42 % (36–48 %): 2.1 times the base rate of 20 %.',
      '1 guess did not hold on new rows.',
      'Confirmed flags, most worth contacting first when 70 accounts can be contacted; on 20,000 rows',
      'Alone 17 %, 8.5 % and 13 % left.',
      'Guesses that did not hold',
      'Single conditions first',
      'Cross off what a trigger or flag raises',
      'What a corrected p says',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  it('makes a search without a find look different, and tells how much was looked at', () => {
    expect(empty).toContain('<section class="verdict warning"');
    expect(seed).not.toContain('class="verdict warning"');
    expect(readText(empty)).toContain('No combination held beyond chance: 1,312,400 were looked at.');
  });

  it('shows failed guesses, retired facts, reversals, retests and what is handled', () => {
    const text = readText(dated);
    for (const part of [
      'plan is trial and csat < 538 %30–46 % of 14021 %15–29 % of 1400.0410.340',
      'Dead on 2026-10-01: 38 of 210 left (18.1 %), base 20 %.',
      'in stage land it means the opposite: 10 % (4–23 %) of those that raise it left, 31 % of the others.',
      'On 2027-02-01 it held: 40 % (32–48 %) of 131 accounts left.',
      'invoices_overdue_28d >= 2: 812 accounts, 301 left, handled already',
      'Where all else holds, 560 accounts, 25 % left; of the 300 without days_since_login >= 14, 10 %',
      'Corrected p of confirmation',
      'dealt anew among the accounts, within snapshots where there are several (1,000 times)',
      '2024-01-01 to 2024-12-01',
      '41 days (12–88), from 96 accounts that left.',
    ]) {
      expect(text).toContain(part);
    }
    expect(dated.match(/<figure class="chart">/g)).toHaveLength(7);
    expect(dated.match(/<details>/g)).toHaveLength(2);
  });

  it('tells what columns mean where that is known', async () => {
    const meanings = new Map([['csat', '<b>Satisfaction</b>, 1 to 10']]);
    const page = await flagsReport(seedLedger(), { meanings });
    expect(readText(page)).toContain('Columnscsat: <b>Satisfaction</b>, 1 to 10');
    expect(page).not.toContain('<b>Satis');
    expect(readText(seed)).not.toContain('Columns');
  });

  it('folds long tables and says what the file alone holds', async () => {
    const ledger = seedLedger();
    const triggers = Array.from({ length: 300 }, () => ledger.triggers[1]!);
    const page = await flagsReport({ ...ledger, triggers });
    expect(readText(page)).toMatch(/200 more.*Another 88 are in the file alone\./);
    expect(page.match(/<tr class=/g)!.length).toBeLessThan(240);
  });

  it('says when the search was stopped', async () => {
    expect(readText(await flagsReport(stopped(seedLedger())))).toContain(
      'The search was stopped before its end: there may be more to find.',
    );
  });

  it('says when the search was stopped before outcomes were dealt anew', async () => {
    const ledger = seedLedger();
    const text = readText(await flagsReport({ ...ledger, search: { ...ledger.search, permutations: 0 } }));
    expect(text).toContain('Outcomes were not dealt anew: a coarser correction stands in');
    expect(text).toContain('Bonferroni over all combinations looked at');
    expect(text).not.toContain('Westfall');
  });

  it('explains the correction that was used', async () => {
    const ledger = seedLedger();
    const text = readText(
      await flagsReport({
        ...ledger,
        search: { ...ledger.search, correction: 'benjamini-yekutieli', permutations: 0 },
      }),
    );
    expect(text).toContain('Benjamini–Yekutieli over all combinations');
    expect(text).toContain('expected share of false ones');
    expect(text).not.toMatch(/dealt anew|dealing/);
  });

  it('leads its contents to sections that are there', () => {
    for (const page of [seed, dated, empty]) {
      const links = [...page.matchAll(/<a href="#([a-z]+)"/g)].map((match) => match[1]);
      expect(links).toEqual([...page.matchAll(/<section id="([a-z]+)"/g)].map((match) => match[1]));
    }
  });

  it('lets no name become markup, and gives every chart and table words', () => {
    const markup = ownMarkup(hostile);
    expect(markup).not.toMatch(/<img|<script>alert/);
    expect(readText(hostile)).toContain(HOSTILE.html);
    for (const page of [seed, dated, hostile]) {
      expect(ownMarkup(page)).not.toMatch(/>undefined|NaN|\[object/);
      const charts = page.match(/<figure class="chart">/g)!.length;
      expect(page.match(/<svg role="img" aria-label="[^"]+"/g)).toHaveLength(charts);
      expect(page.match(/<caption>/g)!.length).toBe(page.match(/<table class/g)!.length);
    }
  });
});

describe('flags in another report', () => {
  it('are one section with the sentence, the facts and what failed', async () => {
    const text = readText((await flagsSection(seedLedger())).text);
    expect(text).toMatch(/^ ?Compound red flags 1 compound red flag confirmed: no part of it alone/);
    expect(text).toContain('Guesses that did not hold');
    expect(readText((await flagsSection(emptyLedger())).text).trim()).toBe(
      'Compound red flags No combination held beyond chance: 1,312,400 were looked at.',
    );
  });
});

describe('flags sentence', () => {
  const withFacts = (facts: Ledger['facts']) => flagsSentence({ ...seedLedger(), facts });
  const [first, second] = datedLedger().facts as [Ledger['facts'][number], Ledger['facts'][number]];
  const single = { ...first, conditions: first.conditions.slice(0, 1), singles: first.singles.slice(0, 1) };

  it.each<[string, Ledger['facts'], string]>([
    [
      'one whose parts are harmless',
      [first],
      '1 compound red flag confirmed: no part of it alone is above the base rate.',
    ],
    [
      'one with risky parts',
      [second],
      '1 compound red flag confirmed: 2 of its 2 parts alone are above the base rate too.',
    ],
    [
      'several, all harmless',
      [first, first],
      '2 compound red flags confirmed: no part of any of them alone is above the base rate.',
    ],
    [
      'several, one harmless',
      [first, second],
      '2 compound red flags confirmed: in 1 of them no part alone is above the base rate.',
    ],
    ['single conditions', [single], '1 red flag confirmed: each is a single condition.'],
  ])('%s', (_, facts, sentence) => {
    expect(withFacts(facts)).toBe(sentence);
  });

  it('tells small p-values as below', () => {
    expect([0, 0.0009, 0.001, 0.0496, 1].map(pText)).toEqual(['<0.001', '<0.001', '0.001', '0.050', '1.000']);
  });

  it('says when a condition leaves nobody out', () => {
    const part = { ...first.parts[0]!, restAccounts: 0 };
    expect(partSentence(part)).toMatch(/days_since_login >= 14 holds for all of them\.$/);
  });
});

describe('flags summary', () => {
  it.each([50, 80, 100, 140])('fits %i columns', (width) => {
    for (const ledger of [seedLedger(), datedLedger(), emptyLedger()]) {
      const lines = flagsSummary(ledger, { width }).split('\n');
      expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
    }
  });

  it('says the verdict first, then facts, triggers and returns', () => {
    const text = flagsSummary(seedLedger());
    expect(text.split('\n')[0]).toBe('1 COMPOUND RED FLAG CONFIRMED');
    expect(text).toMatch(/^1\. +110 of 260 +42 % \(36–48 %\) +20 % +2\.12 +0\.001 +<0\.001 +2027-05-29$/m);
    expect(text).toMatch(/^ +days_since_login >= 14 and cases_28d >= 11 and csat < 5$/m);
    expect(text.replace(/\s+/g, ' ')).toContain('1 guess did not hold on new rows.');
    expect(text.replace(/\s+/g, ' ')).toContain(
      'Crossed off one after the other, 2 triggers reach 18 % of the leavers with 14 % of the accounts; 1 flag reaches 2.8 %',
    );
    expect(text).toMatch(/last_survey is missing +360 of 1,200 +30 %/);
  });

  it('tells the last retest', () => {
    expect(flagsSummary(datedLedger())).toMatch(
      /^ +on 2027-02-01 it held: 40 % \(32–48 %\) of 131 accounts left$/m,
    );
  });

  it('cannot steer the terminal', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what may not get through
    expect(flagsSummary(hostileLedger())).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});
