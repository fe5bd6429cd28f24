import { countText, decimalText, percentEstimate, percentText } from '../charts/figure-text.js';
import { divisionText } from '../charts/flag-groups.js';
import type { FlagFigures } from '../flags/figures.js';
import type { Fact, FlagPart, GroupFinding, Ledger, Retest } from '../flags/ledger.js';

/** Chance of a single false report that the house allows. */
export const FALSE_REPORT = 0.05;
/** Smaller p-values are told as "below". */
const LEAST_P = 0.001;

/** The facts of one status, in their order. */
export function factsOf({ facts }: Ledger, status: Fact['status']): Fact[] {
  return facts.filter((fact) => fact.status === status);
}

/** What came out, in a few words: "1 compound red flag confirmed". */
export function flagsHeading(ledger: Ledger): string {
  const confirmed = factsOf(ledger, 'confirmed');
  if (confirmed.length === 0) return 'No combination held beyond chance';
  const compound = confirmed.every(({ conditions }) => conditions.length > 1) ? 'compound ' : '';
  return `${countOf(confirmed.length, `${compound}red flag`)} confirmed`;
}

/** What came out, in one sentence: "1 compound red flag confirmed: no part of it alone is above the base rate." */
export function flagsSentence(ledger: Ledger): string {
  return `${flagsHeading(ledger)}: ${flagsFinding(ledger)}`;
}

/** The second half of {@link flagsSentence}. */
export function flagsFinding(ledger: Ledger): string {
  const compound = factsOf(ledger, 'confirmed').filter(({ singles }) => singles.length > 1);
  const harmless = compound.filter((fact) => partsAbove(fact) === 0).length;
  if (factsOf(ledger, 'confirmed').length === 0) return lookedAt(ledger);
  if (compound.length === 0) return 'each is a single condition.';
  if (compound.length === 1) {
    const above = partsAbove(compound[0]!);
    return above === 0
      ? 'no part of it alone is above the base rate.'
      : `${above} of its ${compound[0]!.singles.length} parts alone ${above === 1 ? 'is' : 'are'} above the base rate too.`;
  }
  if (harmless === compound.length) return 'no part of any of them alone is above the base rate.';
  return harmless === 0
    ? 'each has a part that is above the base rate alone.'
    : `in ${harmless} of them no part alone is above the base rate.`;
}

/** How many conditions of a fact are above the base rate by themselves. */
function partsAbove({ singles }: Fact): number {
  return singles.filter(({ figures }) => figures.rate > figures.baseRate).length;
}

function lookedAt({ search }: Ledger): string {
  if (search.candidates === 0) return 'there was none to look at.';
  return search.candidates === 1 ? '1 was looked at.' : `${countText(search.candidates)} were looked at.`;
}

/** What else has to be known at once: guesses that failed, facts that are retired, a search that was stopped. */
export function flagsRemarks(ledger: Ledger): string[] {
  const [failed, retired] = [factsOf(ledger, 'failed').length, factsOf(ledger, 'retired').length];
  return [
    ...stoppedRemark(ledger.search),
    ...(failed > 0 ? [`${countOf(failed, 'guess', 'guesses')} did not hold on new rows.`] : []),
    ...(retired > 0
      ? [`${countOf(retired, 'flag')} held once and ${retired === 1 ? 'is' : 'are'} retired.`]
      : []),
  ];
}

function stoppedRemark(search: Ledger['search']): string[] {
  if (!search.complete) return ['The search was stopped before its end: there may be more to find.'];
  return reckoning(search) === 'bonferroni' && search.depth > 1
    ? ['Outcomes were not dealt anew: a coarser correction stands in, and there may be more to find.']
    : [];
}

/** The flag most worth contacting: "110 of the 260 accounts that raise it left, 42 % (36–48 %): 2.1 times …". */
export function bestFlagSentence(ledger: Ledger): string | null {
  const [first, second] = factsOf(ledger, 'confirmed');
  if (first === undefined) return null;
  const { accounts, churned, baseRate, lift } = first.confirmation;
  const which = second === undefined ? 'it' : 'the first';
  return (
    `${countText(churned)} of the ${countText(accounts)} accounts that raise ${which} left, ${rateText(first.confirmation)}: ` +
    `${decimalText(lift, 1)} times the base rate of ${percentText(baseRate)}.`
  );
}

/** "42 % (36–48 %)". */
export function rateText({ rate, low, high }: Pick<FlagFigures, 'rate' | 'low' | 'high'>): string {
  return percentEstimate({ value: rate, low, high });
}

/** A p-value: three decimals, "<0.001" below. */
export function pText(p: number): string {
  return p < LEAST_P ? `<${decimalText(LEAST_P, 3)}` : decimalText(p, 3);
}

/** "alone 17 %, 8.5 % and 13 % left"; `null` of a flag of one condition. */
export function aloneText({ singles }: Fact): string | null {
  if (singles.length < 2) return null;
  const rates = singles.map(({ figures }) => percentText(figures.rate));
  return `alone ${rates.slice(0, -1).join(', ')} and ${rates.at(-1)} left`;
}

/** What the confirmation's rows say of one condition's place in the flag. */
export function partSentence({
  without,
  figures,
  restAccounts,
  restRate,
  restLow,
  restHigh,
  p,
}: FlagPart): string {
  const others = `Where all else holds, ${countText(figures.accounts)} accounts, ${percentText(figures.rate)} left`;
  if (restAccounts === 0) return `${others}; ${without} holds for all of them.`;
  const rest = rateText({ rate: restRate, low: restLow, high: restHigh });
  return `${others}; of the ${countText(restAccounts)} without ${without}, ${rest} (p\u00a0${pText(p)}).`;
}

/** A flag that turns around in a group, in words. */
export function reversalSentence({ by, value, inside, outsideRate }: GroupFinding): string {
  return `in ${divisionText(by)} ${value} it means the opposite: ${rateText(inside)} of those that raise it left, ${percentText(outsideRate)} of the others.`;
}

/** Share that left of those in the group that do not raise the flag; there may be none. */
export function outsideText({ inside, outsideRate }: GroupFinding): string {
  return inside.allAccounts > inside.accounts ? percentText(outsideRate) : '–';
}

/** What a verdict on a group means. */
export function verdictText(verdict: GroupFinding['verdict']): string {
  return { holds: 'holds', reversed: 'turned around', unclear: 'unclear' }[verdict];
}

/** Why a fact has its status, as a sentence. */
export function whyText({ why }: Fact): string {
  return `${why.charAt(0).toUpperCase()}${why.slice(1)}${why.endsWith('.') ? '' : '.'}`;
}

/** What a retest found. */
export function retestText({ on, figures, verdict }: Retest): string {
  if (figures.accounts === 0) return `on ${on} no account raised it`;
  const found = { alive: 'it held', dead: 'it no longer held', unclear: 'nothing was sure' }[verdict];
  return `on ${on} ${found}: ${rateText(figures)} of ${countText(figures.accounts)} accounts left`;
}

/** Rows of a part and whence they are: "20,000 rows, 4,000 left (20 %), 2024-01-01 to 2024-12-01". */
export function partRowsText({ rows, churned, from, to }: Ledger['discovery']): string {
  const left = rows === 0 ? '' : ` (${percentText(churned / rows)})`;
  const dates = from === null || to === null ? '' : from === to ? `, ${from}` : `, ${from} to ${to}`;
  return `${countOf(rows, 'row')}, ${countText(churned)} left${left}${dates}`;
}

/** The search in one sentence. */
export function searchSentence({ search }: Ledger): string {
  const { conditions, depth, leastAccounts, candidates, complete } = search;
  return (
    `${countOf(conditions, 'single condition')} joined to at most ${depth}; ` +
    `${countOf(candidates, 'combination')} on at least ${countOf(leastAccounts, 'account')} looked at` +
    `${complete ? '' : ', and stopped before the end'}.`
  );
}

/** How chance was reckoned with; a search that was stopped has no dealings to go by. */
function reckoning({ correction, permutations }: Ledger['search']): keyof typeof CORRECTIONS {
  return correction === 'westfall-young' && permutations === 0 ? 'bonferroni' : correction;
}

const CORRECTIONS = {
  'westfall-young': (times: string) => `Westfall–Young, outcomes dealt anew ${times}`,
  'benjamini-yekutieli': () => 'Benjamini–Yekutieli over all combinations',
  bonferroni: () => 'Bonferroni over all combinations looked at, as outcomes were not dealt anew',
};

/** How chance was reckoned with, in a few words. */
export function correctionText({ search }: Ledger): string {
  return CORRECTIONS[reckoning(search)](countOf(search.permutations, 'time'));
}

/** What the corrected p-values say, and what they do not. */
export function correctionSentences({ search, confirmation }: Ledger): string[] {
  const within = confirmation.from === null ? '' : ', within snapshots where there are several';
  const discovery = {
    'westfall-young': `how often, when outcomes are dealt anew among the accounts${within} (${countOf(search.permutations, 'time')}), the strongest of all combinations stands out as much as this one.`,
    'benjamini-yekutieli':
      'reporting what is at or below a limit keeps the expected share of false ones among the reported at that limit, whatever the combinations have to do with each other.',
    bonferroni:
      'the chance of the flag alone, times the number of combinations looked at; it cannot be too small.',
  }[reckoning(search)];
  return [
    `Corrected p of discovery: ${discovery} It pays for every combination that was looked at.`,
    `Corrected p of confirmation: on rows that the search never saw, the flag must be above the base rate and above what is left of it without any one of its conditions; the weakest of these counts, with Holm’s correction for all guesses carried on (${countText(search.carried)}). The chance of a single false flag among the confirmed ones is at most ${percentText(FALSE_REPORT)}.`,
    'Neither is the chance that a flag is false, and neither says how strong it is: rate and interval do. Rates where a flag was found are too good, since it was picked for them; use those of confirmation.',
    'A flag tells who leaves. It does not say why, nor that a call will keep them.',
  ];
}

/** "1 flag", "2 flags". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
