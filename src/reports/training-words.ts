import { type Counted, countedIn } from '../charts/counted.js';
import {
  countText,
  decimalEstimate,
  decimalText,
  percentEstimate,
  percentInterval,
  percentText,
  signedText,
} from '../charts/figure-text.js';
import type { Estimate, Evaluation, PairedDifference } from '../evaluation/evaluation.js';
import type { Card, LeakSuspicion } from '../training/card.js';
import { snapshotSplitSentence } from './company-words.js';

/** A headline figure: the number, and what it says to somebody who looks after customers. */
export interface Headline {
  readonly figure: string;
  readonly words: string;
}

/** The verdict as a heading and what explains it: a sentence "No signal: nothing …" is parted at its colon. */
export function verdictWords({ kind, sentence }: Card['verdict']): { heading: string; sentence: string } {
  const [, heading, rest] = /^((?:no )?signal[^:]{0,20}): (.+)$/is.exec(sentence) ?? [];
  if (heading === undefined || rest === undefined) {
    return { heading: kind === 'signal' ? 'Signal' : 'No signal', sentence };
  }
  return { heading, sentence: rest.charAt(0).toUpperCase() + rest.slice(1) };
}

/** The share contacted in headlines, where the evaluation has it. */
const HEADLINE_SHARE = 0.1;

/** The four figures that a reader should take away, each with its 95 % interval. */
export function headlines(
  { liftAt, baseRate, auc, expectedCount }: Evaluation,
  counted: Counted = 'accounts',
): Headline[] {
  const top = liftAt.find(({ share }) => share === HEADLINE_SHARE) ?? liftAt.at(-1);
  const share = percentText(top?.share ?? 0);
  return [
    ...(top
      ? [
          {
            figure: percentText(top.rate.value),
            words: `of the ${share} riskiest ${counted} left (${percentInterval(top.rate)}), against ${percentText(baseRate)} overall`,
          },
          {
            figure: percentText(top.captured.value),
            words: `of all who left were among those ${share} (${percentInterval(top.captured)}); picked at random it would be ${share}`,
          },
        ]
      : []),
    {
      figure: percentText(auc.value),
      words: `of the time, ${{ accounts: 'an account', rows: 'a row' }[counted]} that left was ranked riskier than one that stayed (${percentInterval(auc)}); a coin manages 50\u00a0%`,
    },
    {
      figure: `${countText(expectedCount.predicted)} : ${countText(expectedCount.actual)}`,
      words: `leavers predicted and found; predicted ÷ found is ${decimalEstimate(expectedCount.ratio, 2)}`,
    },
  ];
}

/** How far predicted chances are from what came to pass, in percentage points. */
export function calibrationSentence({ calibrationError: { value, low, high } }: Evaluation): string {
  const points = (share: number) => decimalText(share * 100, 1);
  return `Predicted chances and what came to pass differ by ${points(value)} percentage points on average (95 % interval ${points(low)} to ${points(high)}).`;
}

/** How the chosen model's probabilities were calibrated. */
export function calibrationName({ calibration: { kind } }: Pick<Card, 'calibration'>): string {
  return {
    none: 'none needed',
    platt: 'Platt scaling',
    beta: 'beta calibration',
    isotonic: 'isotonic regression',
  }[kind];
}

/** "better beyond doubt" only where the whole interval of the difference lies on the better side. */
export function differenceVerdict({ low, high }: Estimate): string {
  if (high < 0) return 'better beyond doubt';
  return low > 0 ? 'worse beyond doubt' : 'no clear difference';
}

/** A difference with its interval, signs shown. */
export function differenceText({ value, low, high }: Estimate, digits: number): string {
  return `${signedText(value, digits)} (${signedText(low, digits)} to ${signedText(high, digits)})`;
}

/** The final model's log loss against another candidate's, in words. */
export function differenceSentence(difference: PairedDifference, label: string): string {
  return `Against the ${label.toLowerCase()}: ${differenceVerdict(difference.logLoss)}; log loss ${differenceText(difference.logLoss, 4)}, AUC ${differenceText(difference.auc, 3)}.`;
}

/** The label of a candidate, its name where the card has no such candidate. */
export function candidateLabel({ candidates }: Pick<Card, 'candidates'>, name: string): string {
  return candidates.find((candidate) => candidate.name === name)?.label ?? name;
}

/** Candidates with the lowest held-back log loss first. */
export function rankedCandidates({ candidates }: Pick<Card, 'candidates'>): Card['candidates'] {
  return [...candidates].sort((a, b) => a.heldBack.logLoss.value - b.heldBack.logLoss.value);
}

/** How the data was divided for an honest test. */
export function splitSentence({ split, company }: Pick<Card, 'split' | 'company'>): string {
  if (company !== null) return snapshotSplitSentence(split, company);
  const how = {
    stratified: 'at random, with as many leavers in each part',
    group: `so that no value of ${split.column} is on both sides`,
    time: `by time, with everything from ${split.heldBackFrom} in ${split.column} held back`,
  }[split.kind];
  return `${countText(split.trainingRows)} accounts to learn from, ${countText(split.heldBackRows)} held back for the test and used once; divided ${how}. Settings chosen over ${split.folds} folds of the first part.`;
}

/** What was read, and what became of it. */
export function rowsSentence({ data }: Pick<Card, 'data'>): string {
  return `${countText(data.read)} rows read, ${countText(data.kept)} kept, ${countText(data.rejected)} rejected, ${countText(data.duplicates)} exact copies.`;
}

/** The signs of a leak, in words. */
export function leakSigns({ signs }: Pick<LeakSuspicion, 'signs'>): string {
  const words = {
    skill: 'predicts too well alone',
    missingness: 'is missing where accounts left',
    'pure-level': 'has values found only among those who left',
    name: 'sounds like the outcome',
  };
  return signs.map((sign) => words[sign]).join(', ');
}

/** What became of a suspected leak. */
export function leakAction({ action }: Pick<LeakSuspicion, 'action'>): string {
  return action === 'left-out' ? 'left out' : 'kept, as allowed';
}

/** A doubt in a sentence that names its column once. */
export function noteSentence({ column, message }: Card['notes'][number]): string {
  return column === undefined || message.includes(column) ? message : `${column}: ${message}`;
}

/** Churn rate overall, with the counts. */
export function baseRateSentence({ evaluation, company }: Pick<Card, 'evaluation' | 'company'>): string {
  const { churned, rows, baseRate } = evaluation;
  return `${countText(churned)} of the ${countText(rows)} held-back ${countedIn({ company })} left (${percentText(baseRate)}).`;
}

/** Rate and capture at one share, in a line. */
export function liftSentence(
  { share, accounts, rate, captured }: Evaluation['liftAt'][number],
  counted: Counted,
): string {
  return `Riskiest ${percentText(share)} (${countText(accounts)} ${counted}): ${percentEstimate(rate)} left; ${percentEstimate(captured)} of all leavers.`;
}
