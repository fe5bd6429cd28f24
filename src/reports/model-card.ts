import { countedIn } from '../charts/counted.js';
import {
  countEstimate,
  countText,
  decimalEstimate,
  decimalText,
  percentText,
} from '../charts/figure-text.js';
import type { Card } from '../training/card.js';
import { auditBlocks, snapshotBlocks, tellingBlocks } from './company-markdown.js';
import { featureMeanings } from './company-words.js';
import { bullets, markdownTable, plain } from './markdown.js';
import { redFlagBlocks } from './red-flag-markdown.js';
import {
  baseRateSentence,
  calibrationName,
  calibrationSentence,
  candidateLabel,
  differenceSentence,
  headlines,
  leakAction,
  leakSigns,
  liftSentence,
  noteSentence,
  rankedCandidates,
  rowsSentence,
  splitSentence,
  verdictWords,
} from './training-words.js';

/**
 * `card.md`: the run on one page of Markdown, for people who review it; the verdict first.
 *
 * @example
 * await writeTextAtomically('card.md', modelCard(card));
 */
export function modelCard(card: Card): string {
  const { evaluation, data, company } = card;
  const { heading, sentence } = verdictWords(card.verdict);
  const signal = card.verdict.kind === 'signal';
  const blocks = [
    `# Churn model ${plain(card.name)}`,
    `**${plain(heading)}.** ${plain(sentence)}`,
    baseRateSentence(card),
    ...(signal
      ? [bullets(headlines(evaluation, countedIn(card)).map(({ figure, words }) => `**${figure}** ${words}`))]
      : []),
    ...(company !== null && signal ? tellingBlocks(company) : []),
    ...(company === null ? [] : auditBlocks(company)),
    ...redFlagBlocks(card),
    '## Candidates',
    'Held-back figures with 95 % intervals, the lowest log loss first.',
    candidatesTable(card),
    bullets(card.differences.map((one) => plain(differenceSentence(one, candidateLabel(card, one.against))))),
    '## Probabilities',
    `${calibrationSentence(evaluation)} Slope ${decimalEstimate(evaluation.calibrationSlope, 2)}, intercept ${decimalEstimate(evaluation.calibrationIntercept, 2)}. Calibration: ${calibrationName(card)}. Brier score ${decimalEstimate(evaluation.brier, 4)}.`,
    ...(signal ? actingBlocks(card) : []),
    '## The answer in disguise',
    bullets(
      card.leaks.map(
        (leak) =>
          `**${plain(leak.column)}** (${leakAction(leak)}, AUC alone ${decimalText(leak.auc)}): it ${leakSigns(leak)}. ${plain(leak.message)}`,
      ),
    ),
    '## Doubts',
    bullets(card.notes.map((note) => plain(noteSentence(note)))),
    '## How this was made',
    bullets([
      `Data: ${plain(data.file)}, SHA-256 \`${data.sha256}\`. ${rowsSentence(card)}`,
      `Outcome: ${plain(data.target)}, left = ${plain(data.positive)}. Account id: ${data.id === null ? 'none' : plain(data.id)}.`,
      plain(splitSentence(card)),
      `Options: ${plain(JSON.stringify(card.options))}. Seed ${card.seed}.`,
      `churnlab ${card.churnlabVersion}; neural nets on ${card.backend}; card format ${card.formatVersion}.`,
    ]),
    ...(company === null ? [] : snapshotBlocks(company)),
  ];
  return `${blocks.join('\n\n').replaceAll('\u00a0', ' ')}\n`;
}

/** What somebody would act on; left out where there is no signal, since a ranking made from noise misleads. */
function actingBlocks(card: Card): string[] {
  const { liftAt, profit } = card.evaluation;
  return [
    '## Lift',
    bullets(liftAt.map((one) => liftSentence(one, countedIn(card)))),
    `With ${countText(profit.contactCost)} per contact, ${countText(profit.saveValue)} per account saved and ${percentText(profit.saveRate)} of the churners contacted staying, the best is the riskiest ${percentText(profit.best.share)}: ${countEstimate(profit.best.profit)}.`,
    '## Drivers',
    driversTable(card),
  ];
}

function candidatesTable(card: Card): string {
  return markdownTable(
    ['Candidate', 'Settings', 'Log loss', 'AUC', 'Average precision', 'Brier', 'Calibration error'],
    rankedCandidates(card).map(({ name, label, settings, heldBack }) => [
      name === card.chosen ? `**${plain(label)}**` : plain(label),
      plain(settings),
      decimalEstimate(heldBack.logLoss, 4),
      decimalEstimate(heldBack.auc),
      decimalEstimate(heldBack.averagePrecision),
      decimalEstimate(heldBack.brier, 4),
      decimalEstimate(heldBack.calibrationError),
    ]),
  );
}

function driversTable(card: Card): string {
  const { drivers } = card;
  if (drivers.length === 0) return 'None.';
  const meanings = featureMeanings(card);
  return markdownTable(
    ['Column', 'Average push (log-odds)', 'Log loss added by shuffling'],
    drivers.map(({ feature, importance, permutationLoss }) => [
      plain(meanings.has(feature) ? `${feature}: ${meanings.get(feature)}` : feature),
      decimalText(importance),
      decimalEstimate(permutationLoss, 4),
    ]),
  );
}
