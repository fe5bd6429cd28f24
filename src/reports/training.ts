import type { Card } from '../training/card.js';
import type { CompanyCard } from '../training/company-card.js';
import { type Html, html } from './html.js';
import { renderPage } from './page.js';
import { accountsSection } from './sections/accounts.js';
import { aspectsSection } from './sections/aspects.js';
import { auditSection } from './sections/audit.js';
import { candidatesSection } from './sections/candidates.js';
import { doubtsSection } from './sections/doubts.js';
import { driversSection } from './sections/drivers.js';
import { leadTimesSection } from './sections/lead-times.js';
import { makingSection } from './sections/making.js';
import { partsSection } from './sections/parts.js';
import { probabilitiesSection } from './sections/probabilities.js';
import { profitSection } from './sections/profit.js';
import { redFlagsSection } from './sections/red-flags.js';
import { targetsSection } from './sections/targets.js';
import { verdictSection } from './sections/verdict.js';

interface Section {
  readonly id: string;
  /** Its link at the top of the page. */
  readonly title: string;
  readonly write: (card: Card) => Html | Promise<Html>;
}

const TARGETS: Section = { id: 'targets', title: 'Whom to call', write: targetsSection };
const PROFIT: Section = { id: 'profit', title: 'Profit', write: profitSection };
const RED_FLAGS: Section = { id: 'flags', title: 'Red flags', write: redFlagsSection };
const DRIVERS: Section = { id: 'drivers', title: 'Drivers', write: driversSection };
const ACCOUNTS: Section = { id: 'accounts', title: 'Accounts', write: accountsSection };
const CANDIDATES: Section = { id: 'candidates', title: 'What was tried', write: candidatesSection };
const PROBABILITIES: Section = {
  id: 'probabilities',
  title: 'Believing the percentages',
  write: probabilitiesSection,
};
const DOUBTS: Section = { id: 'doubts', title: 'Doubts', write: doubtsSection };
const MAKING: Section = { id: 'making', title: 'How it was made', write: makingSection };

/** What dated tables add: what somebody may act on, and what is shown whatever the verdict. */
function companySections(company: CompanyCard): { readonly telling: Section[]; readonly audit: Section } {
  return {
    telling: [
      { id: 'aspects', title: 'Aspects of health', write: () => aspectsSection(company) },
      { id: 'lead', title: 'How far ahead', write: () => leadTimesSection(company) },
      { id: 'parts', title: 'Where it holds', write: (card) => partsSection(card, company) },
    ],
    audit: { id: 'audit', title: 'Nothing from later', write: () => auditSection(company) },
  };
}

/**
 * The report of a training run: one HTML file that opens without a network, reads on a phone and prints.
 *
 * The verdict comes first. Where it is "no signal", the page shows what was tried and the data's doubts, and no list,
 * driver or profit that somebody might act on; nor, for dated tables, the worth of aspects or lead times. Red flags are
 * always shown, since each was confirmed on rows of its own; so is whether a feature could know the future.
 *
 * @example
 * await writeTextAtomically('report.html', await trainingReport(card));
 */
export async function trainingReport(card: Card): Promise<string> {
  const sections = sectionsOf(card);
  const written: Html[] = [];
  for (const { id, write } of sections)
    written.push(html`<section id="${id}">\n${await write(card)}\n</section>\n`);
  const body = html`<main>
${verdictSection(card)}
<nav aria-label="Contents">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
${written}</main>
<footer>Made by churnlab ${card.churnlabVersion}. This page holds all its data and loads nothing.</footer>`;
  return renderPage({ title: `Churn report: ${card.data.file}`, body });
}

function sectionsOf({ verdict, drivers, topAccounts, company }: Card): Section[] {
  const { telling, audit } = company === null ? { telling: [], audit: null } : companySections(company);
  const audits = audit === null ? [] : [audit];
  if (verdict.kind === 'no-signal') return [...audits, RED_FLAGS, CANDIDATES, PROBABILITIES, DOUBTS, MAKING];
  const explained = [...(drivers.length > 0 ? [DRIVERS] : []), ...(topAccounts.length > 0 ? [ACCOUNTS] : [])];
  return [
    ...telling,
    ...audits,
    TARGETS,
    RED_FLAGS,
    PROFIT,
    ...explained,
    PROBABILITIES,
    CANDIDATES,
    DOUBTS,
    MAKING,
  ];
}
