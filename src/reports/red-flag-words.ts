import { type Counted, countedIn } from '../charts/counted.js';
import { countText, decimalText, percentEstimate, percentText } from '../charts/figure-text.js';
import type { Fact } from '../flags/ledger.js';
import { describeCondition } from '../models/condition.js';
import type { Card } from '../training/card.js';
import { publishedFacts } from '../training/group-calibration.js';
import { featureMeanings } from './company-words.js';

type Flags = Pick<Card, 'flags' | 'insideFlags'>;

/** A flag's conditions with the meaning of each feature in place of its name, as far as it is known. */
export function flagWords({ conditions }: Fact, meanings: ReadonlyMap<string, string>): string {
  return conditions
    .map((condition) => {
      const [gist] = meanings.get(condition.feature)?.split(';') ?? [condition.feature];
      return describeCondition({ ...condition, feature: gist! });
    })
    .join(' and ');
}

/** What became of the rows that raise a flag, where it was confirmed. */
export function confirmationSentence({ confirmation }: Fact, counted: Counted): string {
  const { accounts, rate, low, high, baseRate, lift } = confirmation;
  return `${percentEstimate({ value: rate, low, high })} of ${countText(accounts)} ${counted} left, ${decimalText(lift, 1)} times the ${percentText(baseRate)} of all`;
}

/** Every confirmed flag with its figures, a line each. */
export function redFlagLines(card: Card): string[] {
  const meanings = featureMeanings(card);
  return publishedFacts(card.flags).map(
    (fact) => `${flagWords(fact, meanings)}: ${confirmationSentence(fact, countedIn(card))}.`,
  );
}

/** What is said where there were too few rows to find and confirm anything. */
export const NO_SEARCH = 'There are too few rows to look for red flags and to confirm them.';

/** In how many groups the probabilities are right. */
export function insideSentence({ insideFlags }: Pick<Flags, 'insideFlags'>): string {
  const right = insideFlags.filter(({ agrees }) => agrees).length;
  return `In ${countText(right)} of ${countText(insideFlags.length)} groups the mean chance after the shifts lies within the 95 % interval of what came to pass on held-back rows; by chance alone one group in twenty does not.`;
}

/** A flag by its words, a stage or segment by its name. */
export function insideName(
  { name, kind }: Card['insideFlags'][number],
  flags: Card['flags'],
  meanings: ReadonlyMap<string, string>,
): string {
  if (kind !== 'flag') return name;
  const fact = publishedFacts(flags).find(({ expression }) => expression === name);
  return fact === undefined ? name : flagWords(fact, meanings);
}

/** Whether mean and rate agree, in a word or two. */
export function insideVerdict({
  agrees,
  meanAfter,
  rate,
}: Pick<Card['insideFlags'][number], 'agrees' | 'meanAfter' | 'rate'>): string {
  if (agrees) return 'agree';
  return meanAfter > rate.value ? 'too high' : 'too low';
}
