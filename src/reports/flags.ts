import type { Ledger } from '../flags/ledger.js';
import { bestFlagSentence, factsOf, flagsFinding, flagsHeading, flagsRemarks } from './flag-words.js';
import { dataText, type Html, html, unbroken } from './html.js';
import { renderPage } from './page.js';
import type { FlagsReportOptions } from './sections/flag-detail.js';
import { flagGroupsSection, hasGroups } from './sections/flag-groups.js';
import { flagSearchSection } from './sections/flag-search.js';
import { flagFacts } from './sections/flags.js';
import { returnsSection, triggersSection } from './sections/triggers.js';

interface Section {
  readonly id: string;
  /** Its link at the top of the page. */
  readonly title: string;
  readonly write: (ledger: Ledger, options: FlagsReportOptions) => Html | Promise<Html>;
}

const FLAGS: Section = {
  id: 'flags',
  title: 'Flags',
  write: async (ledger, options) =>
    html`<h2>Red flags, worth most first</h2>\n${await flagFacts(ledger, options)}`,
};
const GROUPS: Section = { id: 'groups', title: 'Where and when', write: flagGroupsSection };
const TRIGGERS: Section = { id: 'triggers', title: 'Single conditions', write: triggersSection };
const RETURNS: Section = { id: 'returns', title: 'What the next one brings', write: returnsSection };
const SEARCH: Section = { id: 'search', title: 'How it was searched', write: flagSearchSection };

/**
 * The ledger of a search for red flags as one HTML page that loads nothing: what was confirmed in one sentence, each
 * fact with its figures, what failed, single conditions, what the next contact brings, and how it was searched.
 *
 * @example
 * await writeTextAtomically('flags.html', await flagsReport(ledger));
 */
export async function flagsReport(ledger: Ledger, options: FlagsReportOptions = {}): Promise<string> {
  const sections = sectionsOf(ledger);
  const written: Html[] = [];
  for (const { id, write } of sections)
    written.push(html`<section id="${id}">\n${await write(ledger, options)}\n</section>\n`);
  const body = html`<main>
${flagsVerdict(ledger)}
<nav aria-label="Contents">${sections.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
${written}</main>
<footer>Made by churnlab ${ledger.churnlabVersion}. This page holds all its data and loads nothing.</footer>`;
  return renderPage({ title: `Red flags: ${ledger.data.file}`, body });
}

function sectionsOf(ledger: Ledger): Section[] {
  const { facts, triggers, triggerReturns, flagReturns } = ledger;
  return [
    ...(facts.length > 0 ? [FLAGS] : []),
    ...(hasGroups(ledger) ? [GROUPS] : []),
    ...(triggers.length > 0 ? [TRIGGERS] : []),
    ...(triggerReturns.length + flagReturns.length > 0 ? [RETURNS] : []),
    SEARCH,
  ];
}

function flagsVerdict(ledger: Ledger): Html {
  const held = factsOf(ledger, 'confirmed').length > 0;
  const best = bestFlagSentence(ledger);
  return html`<header>
<h1>Red flags in ${dataText(ledger.data.file)}</h1>
<p class="lead">A red flag is raised when several things hold of an account at once. It is looked for in one part of the rows and confirmed on another.</p>
</header>
<section class="verdict ${held ? '' : 'warning'}" aria-label="Verdict">
<strong>${flagsHeading(ledger)}: ${flagsFinding(ledger)}</strong>
<p>${best === null ? '' : unbroken(best)} ${flagsRemarks(ledger).join(' ')}</p>
</section>`;
}
