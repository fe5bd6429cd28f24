import { countText, decimalText, percentText } from '../charts/figure-text.js';
import type { Estimate } from '../evaluation/evaluation.js';
import type { LeadTime } from '../lead-time/lead-time.js';
import type { Card, Reason } from '../training/card.js';
import type { AspectWorth, CompanyCard } from '../training/company-card.js';

type Snapshot = CompanyCard['snapshots'][number];
type DataLeak = CompanyCard['dataLeaks'][number];

/** What a row of dated tables is, and when it counts as having left. */
export function leavingSentence({ gapDays, horizonDays, stage }: CompanyCard): string {
  const active = stage === null ? 'active' : `active and in the stage ${stage}`;
  const when =
    gapDays === 0
      ? `within the ${horizonDays} days from the snapshot on`
      : `within ${horizonDays} days, counted from ${gapDays} days after the snapshot: these are kept free for acting`;
  return `A row is an account that was ${active} at a snapshot, described by what was known before it; it counts as having left when the account left ${when}.`;
}

/** The rows that nothing could be learned from. */
export function setApartSentence({ setApart, gapDays }: CompanyCard): string {
  const { leftInGap, censored, involuntary } = setApart;
  const kinds = [
    { rows: leftInGap, why: `left within the ${gapDays} days of the gap` },
    { rows: censored, why: 'have a horizon that was not over when the records end' },
    { rows: involuntary, why: 'were lost to failed payments and not by choice' },
  ].filter(({ rows }) => rows > 0);
  return kinds.length === 0
    ? 'No row had to be set apart.'
    : `Rows set apart, as they teach nothing: ${kinds.map(({ rows, why }) => `${countText(rows)} ${why}`).join('; ')}.`;
}

/** How rows of dated tables were divided: the latest snapshots held back, an embargo before them. */
export function snapshotSplitSentence(split: Card['split'], company: CompanyCard): string {
  const { learned, heldBack } = snapshotsByPart(company);
  return [
    `${countText(split.trainingRows)} rows of ${spanText(learned)} to learn from;`,
    `${countText(split.heldBackRows)} rows of the latest ${spanText(heldBack)} held back for the test and used once.`,
    embargoSentence(company),
    `Settings chosen over ${split.folds} folds of the first part, with all rows of an account in one fold.`,
  ].join(' ');
}

/** What the embargo between the parts is for, and how many snapshots it took. */
export function embargoSentence(company: CompanyCard): string {
  const { embargo } = snapshotsByPart(company);
  const days = company.gapDays + company.horizonDays;
  const reason = `a snapshot's outcomes are known only ${days} days after it, and nothing that became known after the held-back part had begun may be learned from`;
  return embargo.length === 0
    ? `No snapshot had to be left out between the parts: ${reason}.`
    : `Between the parts, ${spanText(embargo)} ${embargo.length === 1 ? 'is' : 'are'} under embargo: ${reason}.`;
}

function snapshotsByPart({ snapshots }: CompanyCard) {
  const of = (part: Snapshot['part']) => snapshots.filter((snapshot) => snapshot.part === part);
  return { learned: of('training'), embargo: of('embargo'), heldBack: of('held-back') };
}

/** "4 snapshots (2024-06-01 to 2024-09-01)". */
function spanText(snapshots: readonly Snapshot[]): string {
  const [first, last] = [snapshots[0], snapshots.at(-1)];
  if (first === undefined || last === undefined) return 'no snapshot';
  return snapshots.length === 1
    ? `1 snapshot (${first.snapshotAt})`
    : `${snapshots.length} snapshots (${first.snapshotAt} to ${last.snapshotAt})`;
}

/** For people: what a snapshot served for. */
export function partName(part: Snapshot['part']): string {
  return { training: 'learned from', embargo: 'under embargo', 'held-back': 'held back' }[part];
}

/** Whether an aspect is worth something: only where a whole interval lies on one side is it said outright. */
export function worthVerdict({ without, alone }: AspectWorth): string {
  if (without.logLoss.high < 0) return 'misleads: the prediction is better without it';
  if (without.logLoss.low > 0) return 'needed: the others do not make up for it';
  if (alone.logLoss.high < 0) return 'tells something, but the others may make up for it';
  return 'no evidence that it tells anything';
}

/** How far ahead an indicator tells, and who has more of it. */
export function leadSentence(lead: LeadTime): string {
  const { tells, leadDays, curve } = lead;
  if (tells === 'from-onset' && leadDays !== null) {
    return `begins to tell ${daysText(leadDays.value)} before leaving (95\u00a0% interval ${daysInterval(leadDays)}); ${leaversText(lead)}`;
  }
  const farthest = Math.max(0, ...curve.map(({ daysBefore }) => daysBefore));
  return tells === 'throughout'
    ? `tells leavers apart as early as ${daysText(farthest)} before leaving, the farthest that was looked at; ${leaversText(lead)}`
    : 'does not tell leavers apart beyond doubt';
}

/** Which way an indicator points. */
export function leaversText({ leaversHave }: LeadTime): string {
  if (leaversHave === null) return 'leavers have the same values as others';
  return `leavers have the ${leaversHave === 'more' ? 'higher' : 'lower'} values`;
}

/** "30–55". */
export function daysInterval({ low, high }: Estimate): string {
  return `${decimalText(low, 0)}–${decimalText(high, 0)}`;
}

/** What is left of a lead when the facts have arrived and the next snapshot has come. */
export function actingText({ daysToAct }: LeadTime): string {
  if (daysToAct === null) return '–';
  return daysToAct >= 0.5 ? daysText(daysToAct) : `${daysText(-daysToAct)} too late`;
}

/** "1 day", "45 days". */
export function daysText(days: number): string {
  const whole = decimalText(days, 0);
  return `${whole}\u00a0${whole === '1' ? 'day' : 'days'}`;
}

/** The outcome of the audit, so that nobody overlooks it. */
export function auditHeading({ passed }: CompanyCard['audit']): string {
  return passed ? 'Audit passed' : 'Audit NOT passed: features know the future';
}

/** Whether the features stood the test of a changed future. */
export function auditSentence({
  passed,
  features,
  accounts,
  snapshotAt,
  changed,
}: CompanyCard['audit']): string {
  return passed
    ? `Everything dated after the snapshot of ${snapshotAt} was changed, and all ${countText(features)} features of ${countText(accounts)} accounts stayed the same to the last bit.`
    : `When everything dated after the snapshot of ${snapshotAt} was changed, ${countText(changed.length)} of ${countText(features)} features of ${countText(accounts)} accounts moved: they read what was not known yet. Do not trust figures that rest on them.`;
}

/** "appended", "altered", "deleted". */
export function changeName(kind: string): string {
  return { append: 'appended', alter: 'altered', delete: 'deleted' }[kind] ?? kindText(kind);
}

/** What was done about a table that knows the outcome. */
export function dataLeakAction({ action, features }: DataLeak): string {
  const read = features.length === 0 ? 'no feature reads it' : features.join(', ');
  return {
    'left-out': `left out: ${read}`,
    masked: 'harmless: rows are not read before they had arrived',
    doubt: `only a doubt, kept: ${read}`,
  }[action];
}

/** Where a leak was found: "support_tickets.status", or the table. */
export function dataLeakPlace({ table, column }: DataLeak): string {
  return column === null ? table : `${table}.${column}`;
}

/** A code's words for people: "rewritten-after-leaving" is "rewritten after leaving". */
export function kindText(kind: string): string {
  return kind.replaceAll(/[-_]/g, ' ');
}

/** What the features of a company mean, by name; empty for a flat table. */
export function featureMeanings({ company }: Pick<Card, 'company'>): ReadonlyMap<string, string> {
  const meaning = ({ unit, description }: CompanyCard['features'][number]) =>
    unit.startsWith('cents') ? description.replace(/;|$/, (end) => `, in cents${end}`) : description;
  return new Map(company?.features.map((feature) => [feature.name, meaning(feature)]) ?? []);
}

/**
 * A reason with the feature's meaning in place of its name: "Days with usage in the 28 days before: 3 (typical 12)".
 * Of the meaning only what stands before a semicolon; the reason stays as it is where none is known.
 */
export function reasonText({ feature, text }: Reason, meanings: ReadonlyMap<string, string>): string {
  const meaning = meanings.get(feature);
  const start = `${feature} is `;
  if (meaning === undefined || !text.startsWith(start)) return text;
  const [gist] = meaning.split(';');
  return `${gist}: ${text.slice(start.length)}`;
}

/** Accounts that the training part had no row of, beside all: whether the model knows accounts or what makes them leave. */
export function unseenSentence({ unseenAccounts: { rows, accounts, rate } }: CompanyCard): string {
  return rows === 0
    ? 'Every held-back account had earlier rows in the training part, so nothing can be said of new ones.'
    : `${countText(accounts)} accounts had no row in the training part: ${countText(rows)} held-back rows, of which ${percentText(rate.value)} left. Their figures stand beside the overall ones: a model that merely remembers accounts fails on them.`;
}
