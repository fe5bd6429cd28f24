import { describe, expect, it } from 'vitest';
import { trainingSummary } from '../../src/reports/console.js';
import { modelCard } from '../../src/reports/model-card.js';
import { flagWords } from '../../src/reports/red-flag-words.js';
import { accountsSection } from '../../src/reports/sections/accounts.js';
import { redFlagsSection } from '../../src/reports/sections/red-flags.js';
import { trainingReport } from '../../src/reports/training.js';
import { datedLedger, emptyLedger, seedFact } from '../flags/ledger-fixture.js';
import { HOSTILE, signalCard } from './card-fixture.js';
import { flaggedCard, hostileFlaggedCard, quietFlaggedCard } from './flagged-fixture.js';

/** What a reader reads. */
function readText(markup: string): string {
  return markup
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, ' ');
}

describe('red flags in a report', () => {
  it('says what was confirmed, with its figures', async () => {
    const text = readText((await redFlagsSection(flaggedCard())).text);
    expect(text).toContain('1 compound red flag confirmed: no part of it alone is above the base rate.');
    expect(text).toContain('110 of the 260 accounts that raise it left, 42 % (36–48 %)');
  });

  it('shows mean chances before and after beside the share that left', async () => {
    const text = readText((await redFlagsSection(flaggedCard())).text);
    expect(text).toContain('csat < 5 flag 58 9.3 % 42 % 41 % 30–54 % agree');
    expect(text).toContain('enterprise segment, not shifted 212 21 % 21 % 15 % 11–20 % too high');
    expect(text).toContain('In 1 of 2 groups the mean chance after the shifts lies within the 95 % interval');
  });

  it('says so when none was confirmed, and when there were too few rows', async () => {
    const none = readText((await redFlagsSection(signalCard({ flags: emptyLedger() }))).text);
    expect(none).toContain('No combination held beyond chance: 1,312,400 were looked at.');
    expect(readText((await redFlagsSection(signalCard())).text)).toContain(
      'too few rows to look for red flags',
    );
  });

  it('stands on the page whatever the verdict', async () => {
    for (const card of [flaggedCard(), quietFlaggedCard()]) {
      const page = await trainingReport(card);
      expect(page).toContain('<section id="flags">');
      expect(readText(page)).toContain('csat < 5');
    }
  });

  it('puts a flag before the reasons of an account that raises it', () => {
    const text = readText(accountsSection(flaggedCard()).text);
    expect(text).toContain('⚑ a red flag that the account raises');
    expect(text).toMatch(
      /7590-VHVEG .*?left ⚑ days_since_login >= 14 and cases_28d >= 11 and csat < 5 ▲ Contract/,
    );
    expect(text.match(/⚑ days/g)).toHaveLength(1);
    expect(accountsSection(signalCard()).text).not.toContain('⚑');
  });

  it('says what a feature means where it is known', () => {
    const meanings = new Map([['cases_28d', 'Tickets opened in the 28 days before; merged ones once']]);
    expect(flagWords(seedFact, meanings)).toBe(
      'days_since_login >= 14 and Tickets opened in the 28 days before >= 11 and csat < 5',
    );
  });
});

describe('red flags elsewhere', () => {
  it('stand in the model card with their figures', () => {
    const text = modelCard(flaggedCard());
    expect(text).toContain('## Red flags');
    expect(text).toContain('csat \\< 5**: 42 % (36–48 %) of 260 accounts left, 2.1 times the 20 % of all.');
    expect(text).toContain('| enterprise | 212 | 21 % | 21 % | 15 % (11–20 %) | too high (not shifted) |');
    expect(modelCard(quietFlaggedCard())).toContain('csat \\< 5**');
  });

  it('stand in the summary for the terminal, without what failed or was retired', () => {
    expect(trainingSummary(flaggedCard(), { width: 200 })).toContain(
      '- days_since_login >= 14 and cases_28d >= 11 and csat < 5: 42 % (36–48 %) of 260 accounts left',
    );
    const dated = trainingSummary(signalCard({ flags: datedLedger() }), { width: 400 });
    expect(dated).toContain('executive_contacts_left_180d >= 1: 37 %');
    expect(dated).not.toContain('trial');
    expect(trainingSummary(signalCard())).not.toContain('Red flags');
  });
});

describe('hostile names in flags', () => {
  it('are shown as text', async () => {
    const card = hostileFlaggedCard();
    const page = (await trainingReport(card)).replace(/<script>[\s\S]*?<\/script>/g, '');
    expect(page).not.toContain('<img src=x');
    expect(page).not.toContain('alert(2)</script>');
    const markdown = modelCard(card);
    expect(markdown).not.toMatch(/(?<!\\)<|(?<!\\)\]\(/);
    expect(markdown).not.toContain('\u001b');
    expect(trainingSummary(card)).not.toContain('\u001b');
    expect((await redFlagsSection(card)).text).toContain('&#60;/script&#62;');
    expect(HOSTILE.script).toContain('</script>');
  });
});
