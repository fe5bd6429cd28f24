import { moneyEstimate, moneyFigure, moneyText } from '../../charts/money-text.js';
import {
  assumptionText,
  changeText,
  churnText,
  figureText,
  inputName,
  inputText,
} from '../../charts/value-words.js';
import type { Estimate } from '../../evaluation/evaluation.js';
import { claimSentence, monthsText } from '../../reports/value-claims.js';
import { contactSentence, valueHeadline } from '../../reports/value-summary.js';
import { assumptionKeys } from '../../value/assumptions.js';
import type { Sensitivity } from '../../value/sensitivity.js';
import type { ValueResult } from '../../value/value-of-churn.js';
import { type Block, heading, listBlocks, paragraph } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isShaped } from '../shapes.js';

/** `valueOfChurn`: the headline, every change, contacts, what the figures hang on, claims, assumptions. */
export function valueBlocks(value: unknown): Block[] | null {
  if (!isShaped<ValueResult>(value, ['facts', 'assumptions', 'today', 'changes', 'contact', 'sensitivity'])) {
    return null;
  }
  const headline = valueHeadline(value);
  return [
    heading(headline.heading),
    paragraph(headline.sentence),
    changesTable(value),
    paragraph(contactSentence(value)),
    ...value.sensitivity.map((one) => sensitivityTable(one, value)),
    ...listBlocks(
      'Outside claims, held against these numbers',
      value.claims.map((one) => claimSentence(one, value)),
    ),
    assumptionsTable(value),
  ];
}

function changesTable({ changes, facts: { currency } }: ValueResult): Block {
  const last = changes[0]!.horizons.at(-1)!.months;
  const money = (estimate: Estimate) => moneyEstimate(estimate, currency).replace(`\u00a0${currency}`, '');
  return resultTable(
    `What changes of churn are worth, in ${currency}, 95 % intervals in brackets`,
    [
      ['Change', 'text'],
      ['Churn a month', 'number'],
      ['An account pays for', 'number'],
      ['Today’s customers, more', 'number'],
      [`Revenue over ${last} months, more`, 'number'],
      [`Company after ${last} months, more`, 'number'],
    ],
    changes.map(({ change, bounded, monthlyLogoChurn, lifetimeMonths, customerBaseGainCents, horizons }) => [
      `${changeText(change)}${bounded ? ' (stopped at its bound)' : ''}`,
      churnEstimate(monthlyLogoChurn),
      monthsText(lifetimeMonths),
      money(customerBaseGainCents),
      money(horizons.at(-1)!.revenueCents),
      money(horizons.at(-1)!.companyValueCents),
    ]),
  );
}

const churnEstimate = ({ value, low, high }: Estimate): string =>
  `${churnText(value)} (${churnText(low)} to ${churnText(high)})`;

function sensitivityTable(
  { figure, cents, rows }: Sensitivity,
  { assumptions, facts: { currency } }: ValueResult,
): Block {
  return resultTable(
    `${figureText(figure)}: ${moneyText(cents, currency)}; at each input’s low and high end, in ${currency}`,
    [
      ['Input', 'text'],
      ['Low end', 'number'],
      ['Figure there', 'number'],
      ['High end', 'number'],
      ['Figure there', 'number'],
    ],
    rows.map(({ input, low, high }) => [
      inputName(input),
      ...[low, high].flatMap((end) => [
        inputText(input, end.input, { assumptions, currency }),
        moneyFigure(end.cents, currency),
      ]),
    ]),
  );
}

function assumptionsTable({ assumptions, facts: { currency } }: ValueResult): Block {
  return resultTable(
    'Assumptions, each to be replaced by your own',
    [
      ['Assumption', 'text'],
      ['Value', 'number'],
      ['Low', 'number'],
      ['High', 'number'],
      ['Source', 'sentence'],
    ],
    assumptionKeys.map((key) => {
      const { value, low, high, unit, source } = assumptions[key];
      return [key, ...[value, low, high].map((figure) => assumptionText(figure, unit, currency)), source];
    }),
  );
}
