import { type Card, cardSchema } from '../../src/training/card.js';
import { hostileLedger, seedFact, seedLedger } from '../flags/ledger-fixture.js';
import { HOSTILE, noSignalCard, signalCard } from './card-fixture.js';

const inside: Card['insideFlags'] = [
  {
    name: seedFact.expression,
    kind: 'flag',
    shifted: true,
    rows: 58,
    churned: 24,
    meanBefore: 0.093,
    meanAfter: 0.418,
    rate: { value: 24 / 58, low: 0.296, high: 0.542 },
    agrees: true,
  },
  {
    name: 'enterprise',
    kind: 'segment',
    shifted: false,
    rows: 212,
    churned: 31,
    meanBefore: 0.214,
    meanAfter: 0.212,
    rate: { value: 31 / 212, low: 0.105, high: 0.2 },
    agrees: false,
  },
];

/** A run that confirmed one flag, raised by the first of its riskiest accounts. */
export function flaggedCard(): Card {
  const card = signalCard({ flags: seedLedger(), insideFlags: inside });
  return {
    ...card,
    topAccounts: card.topAccounts.map((account, i) => ({
      ...account,
      flags: i === 0 ? [seedFact.expression] : [],
    })),
  };
}

/** No signal over all, and one confirmed flag. */
export function quietFlaggedCard(): Card {
  return { ...noSignalCard(), flags: seedLedger(), insideFlags: inside.slice(0, 1) };
}

/** Flags whose names attack whatever shows them. */
export function hostileFlaggedCard(): Card {
  const flags = hostileLedger();
  const expressions = flags.facts.map(({ expression }) => expression);
  const card = signalCard({
    flags,
    insideFlags: [
      ...expressions.map((name) => ({ ...inside[0]!, name })),
      { ...inside[1]!, name: HOSTILE.script },
      { ...inside[1]!, name: HOSTILE.pipes },
      { ...inside[1]!, name: HOSTILE.terminal },
    ],
  });
  return cardSchema.parse({
    ...card,
    topAccounts: card.topAccounts.map((account) => ({ ...account, flags: expressions })),
  });
}
