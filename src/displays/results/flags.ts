import { countText, decimalText, percentText } from '../../charts/figure-text.js';
import { reachText } from '../../charts/flag-returns.js';
import type { FlagFigures } from '../../flags/figures.js';
import type { Fact, Ledger } from '../../flags/ledger.js';
import {
  bestFlagSentence,
  correctionText,
  countOf,
  factsOf,
  flagsFinding,
  flagsHeading,
  flagsRemarks,
  partRowsText,
  pText,
  rateText,
  retestText,
  reversalSentence,
  searchSentence,
  whyText,
} from '../../reports/flag-words.js';
import { type Block, heading, listBlocks, paragraph } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isShaped } from '../shapes.js';

/** Single conditions that are listed; the ledger holds them all. */
const MOST_TRIGGERS = 5;

/** `findTableFlags`, `findCompanyFlags`, `readLedger`: what was confirmed on which figures, and what did not hold. */
export function flagsBlocks(value: unknown, rows: number): Block[] | null {
  if (!isShaped<Ledger>(value, ['kind', 'facts', 'search', 'triggers']) || value.kind !== 'churnlab-flags') {
    return null;
  }
  const confirmed = factsOf(value, 'confirmed');
  const finding = flagsFinding(value);
  return [
    heading(flagsHeading(value)),
    paragraph(
      [capital(finding), bestFlagSentence(value), ...flagsRemarks(value)]
        .filter((sentence) => sentence !== null)
        .join(' '),
    ),
    ...(confirmed.length === 0 ? [] : [confirmedTable(confirmed, value, rows)]),
    ...listBlocks('Where a flag turns around', confirmed.flatMap(reversals)),
    ...listBlocks('Retests', confirmed.flatMap(lastRetest)),
    ...failedTable(factsOf(value, 'failed'), rows),
    ...listBlocks(
      'Retired flags: do not use them any more',
      factsOf(value, 'retired').map((fact) => `${fact.expression}: ${whyText(fact)}`),
    ),
    ...triggersTable(value),
    ...returnsText(value),
    paragraph(searchText(value)),
  ];
}

/** `flagFigures`: one flag's figures, in a sentence. */
export function figuresBlocks(value: unknown): Block[] | null {
  const names = ['accounts', 'churned', 'rate', 'low', 'high', 'baseRate', 'lift', 'p'] as const;
  if (!isShaped<FlagFigures>(value, names) || names.some((name) => typeof value[name] !== 'number'))
    return null;
  return [
    paragraph(
      `${countText(value.churned)} of ${countText(value.accounts)} left, ${rateText(value)}: ${decimalText(value.lift, 2)} times ` +
        `the base rate of ${percentText(value.baseRate)} (p ${pText(value.p)}).`,
    ),
  ];
}

function confirmedTable(facts: readonly Fact[], { capacity, confirmation }: Ledger, most: number): Block {
  return resultTable(
    `Confirmed flags, most worth contacting first when ${countOf(capacity, 'account')} can be contacted; on ${countOf(confirmation.rows, 'row')} that the search did not see`,
    [
      ['Flag', 'sentence'],
      ...FIGURE_COLUMNS,
      ['p, found', 'number'],
      ['p, confirmed', 'number'],
      ['Valid until', 'text'],
    ],
    facts.map(({ expression, confirmation: figures, discovery, expiresOn }) => [
      expression,
      ...figureCells(figures),
      pText(discovery.correctedP),
      pText(figures.correctedP),
      expiresOn ?? '–',
    ]),
    most,
  );
}

const FIGURE_COLUMNS = [
  ['Left', 'number'],
  ['Rate (95 % interval)', 'number'],
  ['Base rate', 'number'],
  ['Lift', 'number'],
] as const;

const figureCells = (figures: FlagFigures): string[] => [
  `${countText(figures.churned)} of ${countText(figures.accounts)}`,
  rateText(figures),
  percentText(figures.baseRate),
  decimalText(figures.lift, 2),
];

const reversals = ({ expression, groups }: Fact): string[] =>
  groups
    .filter(({ verdict }) => verdict === 'reversed')
    .map((group) => `${expression}: ${reversalSentence(group)}`);

const lastRetest = ({ expression, retests }: Fact): string[] =>
  retests.slice(-1).map((retest) => `${expression}: ${retestText(retest)}`);

function failedTable(facts: readonly Fact[], most: number): Block[] {
  if (facts.length === 0) return [];
  return [
    resultTable(
      'Guesses that did not hold on new rows',
      [
        ['Guess', 'sentence'],
        ['Rate, found', 'number'],
        ['Rate, new rows', 'number'],
        ['Why', 'sentence'],
      ],
      facts.map((fact) => [
        fact.expression,
        rateText(fact.discovery),
        rateText(fact.confirmation),
        whyText(fact),
      ]),
      most,
    ),
  ];
}

function triggersTable({ triggers }: Ledger): Block[] {
  if (triggers.length === 0) return [];
  return [
    resultTable(
      `Single conditions, the riskiest of ${countText(triggers.length)}`,
      [['Condition', 'text'], ...FIGURE_COLUMNS, ['Corrected p', 'number']],
      triggers
        .slice(0, MOST_TRIGGERS)
        .map(({ expression, figures, correctedP }) => [
          expression,
          ...figureCells(figures),
          pText(correctedP),
        ]),
    ),
  ];
}

function returnsText({ triggerReturns, flagReturns }: Ledger): Block[] {
  const curves = [
    { name: 'triggers', steps: triggerReturns },
    { name: 'flags', steps: flagReturns },
  ].filter(({ steps }) => steps.length > 0);
  if (curves.length === 0) return [];
  return [paragraph(`Crossed off one after the other, ${curves.map(reachText).join('; ')}.`)];
}

function searchText(ledger: Ledger): string {
  const { data, discovery, confirmation, seed } = ledger;
  return (
    `${data.file}: searched ${partRowsText(discovery)}; confirmed on ${partRowsText(confirmation)}. ` +
    `${searchSentence(ledger)} ${correctionText(ledger)}. Seed ${seed}.`
  );
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
