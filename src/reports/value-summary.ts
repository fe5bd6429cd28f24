import { countText, decimalText, percentText } from '../charts/figure-text.js';
import { moneyEstimate, moneyFigure, moneyText } from '../charts/money-text.js';
import {
  assumptionText,
  changeText,
  churnText,
  figureText,
  inputName,
  inputText,
} from '../charts/value-words.js';
import { assumptionKeys } from '../value/assumptions.js';
import type { ChangeWorth } from '../value/change-worth.js';
import type { ChurnChange } from '../value/churn-change.js';
import type { Sensitivity } from '../value/sensitivity.js';
import type { TodaysWorth, ValueResult } from '../value/value-of-churn.js';
import { alignRows, type ConsoleOptions, displayWidth, type Ink, makeInk, wrapText } from './console-text.js';
import { claimSentence, monthsText } from './value-claims.js';

/**
 * What churn is worth, for the terminal: the headline first, then changes, contacts, sensitivity, claims, assumptions.
 *
 * @example
 * console.log(valueSummary(value, { width: 80 }));
 */
export function valueSummary(
  result: ValueResult,
  { width = 100, colour = false }: ConsoleOptions = {},
): string {
  const ink = makeInk(colour);
  const list = (lines: readonly string[]) => lines.map((line) => `- ${wrapText(line, width, '  ')}`);
  return [
    headlineBlock(result, ink, width),
    changesBlock(result, ink, width),
    [ink.bold('Contacts'), wrapText(contactSentence(result), width)].join('\n'),
    ...result.sensitivity.map((one) => sensitivityBlock(one, result, ink, width)),
    [
      ink.bold('Outside claims, held against these numbers'),
      ...list(result.claims.map((one) => claimSentence(one, result))),
    ].join('\n'),
    [ink.bold('Assumptions, each to be replaced by your own'), ...list(assumptionLines(result))].join('\n'),
  ]
    .join('\n\n')
    .replaceAll('\u00a0', ' ');
}

function headlineBlock(result: ValueResult, ink: Ink, width: number): string {
  const { gains, heading, sentence } = valueHeadline(result);
  const title = heading.toUpperCase().replaceAll('\u00a0', ' ');
  return `${(gains ? ink.good : ink.warn)(title)}\n${wrapText(sentence, width)}`;
}

/** What the first change is worth, as a heading and what explains it. */
export function valueHeadline({ changes, today, facts }: ValueResult): {
  gains: boolean;
  heading: string;
  sentence: string;
} {
  const { change, customerBaseGainCents, horizons } = changes[0]!;
  const { currency, accounts, monthlyLogoChurn } = facts;
  const gains = customerBaseGainCents.value >= 0;
  const last = horizons.at(-1)!;
  const amount = moneyText(Math.abs(customerBaseGainCents.value), currency);
  const sentences = [
    `That is the change in the present value of today’s ${countText(accounts)} accounts: ${moneyEstimate(customerBaseGainCents, currency)}.`,
    `Revenue over ${last.months} months changes by ${moneyEstimate(last.revenueCents, currency)}, company value at their end by ${moneyEstimate(last.companyValueCents, currency)}.`,
    `Today ${churnText(monthlyLogoChurn.value)} of accounts leave in a month (${churnText(monthlyLogoChurn.low)} to ${churnText(monthlyLogoChurn.high)});`,
    `an account pays for ${monthsText(today.lifetimeMonths)} and is worth ${moneyEstimate(today.accountValueCents, currency)}.`,
    'Intervals come from the measured churn alone.',
  ];
  return {
    gains,
    heading: `${changeText(change)} ${gains ? 'is worth' : 'costs'} ${amount}`,
    sentence: sentences.join(' '),
  };
}

function changesBlock({ changes, today, facts: { currency } }: ValueResult, ink: Ink, width: number): string {
  const tables = fittingTables(changes, width, (some) => changeRows(some, today, currency));
  const bounded = changes.filter((one) => one.bounded).map(({ change }) => shortChange(change));
  return [
    ink.bold(`What changes of churn are worth, in ${currency}`),
    tables.map(([header, ...lines]) => [ink.dim(header!), ...lines].join('\n')).join('\n\n'),
    ...(bounded.length > 0 ? [`${bounded.join(', ')}: more than there is; churn stops at its bound.`] : []),
  ].join('\n');
}

/** One table where all changes fit beside each other, else several of as many as fit. */
function fittingTables(
  changes: readonly ChangeWorth[],
  width: number,
  rows: (some: readonly ChangeWorth[]) => string[][],
): string[][] {
  for (let columns = changes.length; columns > 0; columns--) {
    const table = alignRows(rows(changes.slice(0, columns)));
    if (columns === 1 || table.every((line) => displayWidth(line) <= width)) {
      return [table, ...fittingTables(changes.slice(columns), width, rows)];
    }
  }
  return [];
}

function changeRows(changes: readonly ChangeWorth[], today: TodaysWorth, currency: string): string[][] {
  const money = (cents: number | null) => (cents === null ? 'endless' : moneyFigure(cents, currency));
  const months = (value: number | null) => (value === null ? 'endless' : decimalText(value, 1));
  const row = (name: string, now: string, cell: (one: ChangeWorth) => string) => [
    name,
    now,
    ...changes.map(cell),
  ];
  const spans = changes[0]!.horizons.map((one) => one.months);
  return [
    row('', 'today', ({ change }) => shortChange(change)),
    row('Churn a month', '', (one) => churnText(one.monthlyLogoChurn.value)),
    row('Months that an account pays', months(today.lifetimeMonths.value), (one) =>
      months(one.lifetimeMonths.value),
    ),
    row('Account, undiscounted', money(today.lifetimeValueCents.value), (one) =>
      money(one.lifetimeValueCents.value),
    ),
    row('Account, present value', money(today.accountValueCents.value), (one) =>
      money(one.accountValueCents.value),
    ),
    row('Today’s customers, more', '', (one) => money(one.customerBaseGainCents.value)),
    ...spans.map((span, i) =>
      row(`Revenue over ${span} months, more`, '', (one) => money(one.horizons[i]!.revenueCents.value)),
    ),
    ...spans.map((span, i) =>
      row(`Company after ${span} months, more`, '', (one) => money(one.horizons[i]!.companyValueCents.value)),
    ),
    row('Replacing leavers, a year, less', '', (one) => money(one.replacementSavedCents.value)),
  ];
}

/** A change as a column's head: "−5 %", "−1 point". */
function shortChange({ kind, amount }: ChurnChange): string {
  const figure = decimalText(100 * amount, 1).replace(/\.0$/, '');
  const sign = amount > 0 ? '+' : '';
  return `${sign}${figure} ${kind === 'relative' ? '%' : kind === 'points' ? 'pt' : 'pt kept/year'}`;
}

/** What a contact may cost, and from which save rate it pays. */
export function contactSentence({ contact, assumptions, facts: { currency } }: ValueResult): string {
  const { listPrecision, saveRate, contactCostCents } = assumptions;
  const { value: needed } = contact.breakEvenSaveRate;
  const cost = moneyText(contactCostCents.value, currency);
  const pays =
    needed === null || needed > 1
      ? `At ${cost} a contact cannot pay for itself.`
      : `At ${cost} a contact pays from a save rate of ${percentText(needed)}, and brings ${moneyEstimate(contact.profitCents, currency)} at the assumed one.`;
  return (
    `With ${percentText(listPrecision.value)} of the list about to leave and ${percentText(saveRate.value)} of them saved, ` +
    `each saved account bringing ${moneyEstimate(contact.savedValueCents, currency)}, ` +
    `a contact may cost up to ${moneyEstimate(contact.breakEvenCostCents, currency)}. ${pays}`
  );
}

function sensitivityBlock(
  { figure, cents, rows }: Sensitivity,
  { assumptions, facts: { currency } }: ValueResult,
  ink: Ink,
  width: number,
): string {
  const at = (input: number, name: (typeof rows)[number]['input']) =>
    inputText(name, input, { assumptions, currency });
  const lines = alignRows(
    rows.map(({ input, low, high }) => [
      `  ${inputName(input)}`,
      `${at(low.input, input)}: ${moneyFigure(low.cents, currency)}`,
      `${at(high.input, input)}: ${moneyFigure(high.cents, currency)}`,
    ]),
  );
  const title = `${figureText(figure)}: ${moneyText(cents, currency)}; at each input’s low and high end:`;
  return [ink.bold(wrapText(title, width)), ...lines].join('\n');
}

function assumptionLines({ assumptions, facts: { currency } }: ValueResult): string[] {
  return assumptionKeys.map((key) => {
    const { value, low, high, unit, source } = assumptions[key];
    const text = (figure: number) => assumptionText(figure, unit, currency);
    const range = low === high ? '' : ` (${text(low)} to ${text(high)})`;
    return `${key} ${text(value)}${range}: ${source}`;
  });
}
