import { countedIn } from '../../charts/counted.js';
import { countText, decimalEstimate, decimalText } from '../../charts/figure-text.js';
import {
  auditHeading,
  auditSentence,
  dataLeakAction,
  dataLeakPlace,
  worthVerdict,
} from '../../reports/company-words.js';
import { redFlagLines } from '../../reports/red-flag-words.js';
import {
  candidateLabel,
  differenceSentence,
  differenceText,
  leakAction,
  leakSigns,
  noteSentence,
  rankedCandidates,
  rowsSentence,
  splitSentence,
  verdictWords,
} from '../../reports/training-words.js';
import type { Card } from '../../training/card.js';
import type { CompanyCard } from '../../training/company-card.js';
import type { Training } from '../../training/learn.js';
import { type Block, heading, listBlocks, paragraph } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isShaped } from '../shapes.js';
import { headlineList } from './evaluation.js';
import { leadTable } from './lead-times.js';

/** `train`, `trainCompany`, or a card: the verdict first; of a model without signal no figures to act on. */
export function trainingBlocks(value: unknown): Block[] | null {
  if (isShaped<Training>(value, ['model', 'recipe', 'card', 'rejects'])) return trainingBlocks(value.card);
  if (!isShaped<Card>(value, ['verdict', 'candidates', 'evaluation', 'differences', 'split', 'drivers'])) {
    return null;
  }
  const { verdict, evaluation, differences, company, leaks, notes, data, seed } = value;
  const { heading: title, sentence } = verdictWords(verdict);
  const signal = verdict.kind === 'signal';
  return [
    heading(title),
    paragraph(sentence),
    ...(signal ? [headlineList(evaluation, countedIn(value))] : []),
    candidatesTable(value),
    ...listBlocks(
      'Beyond the simple models?',
      differences.map((one) => differenceSentence(one, candidateLabel(value, one.against))),
    ),
    ...(company !== null && signal ? tellingBlocks(company) : []),
    ...listBlocks('Red flags', redFlagLines(value)),
    ...(company === null ? [] : auditBlocks(company)),
    ...listBlocks(
      'The answer in disguise?',
      leaks.map(
        (leak) =>
          `${leak.column} (${leakAction(leak)}; AUC alone ${decimalText(leak.auc)}): it ${leakSigns(leak)}. ${leak.message}`,
      ),
    ),
    ...listBlocks('Doubts', notes.map(noteSentence)),
    paragraph(`${data.file}: ${rowsSentence(value)} ${splitSentence(value)} Seed ${seed}.`),
  ];
}

function candidatesTable(card: Card): Block {
  return resultTable(
    `Candidates on ${countText(card.evaluation.rows)} held-back ${countedIn(card)}, 95 % intervals in brackets`,
    [
      ['Candidate', 'text'],
      ['Log loss', 'number'],
      ['AUC', 'number'],
      ['Brier', 'number'],
      ['Calibration error', 'number'],
    ],
    rankedCandidates(card).map(({ name, label, heldBack }) => [
      name === card.chosen ? `${label} (chosen)` : label,
      decimalEstimate(heldBack.logLoss, 4),
      decimalEstimate(heldBack.auc),
      decimalEstimate(heldBack.brier, 4),
      decimalEstimate(heldBack.calibrationError),
    ]),
  );
}

function tellingBlocks({ usage, aspects, leadTimes }: CompanyCard): Block[] {
  return [
    heading('What each side of customer health is worth'),
    paragraph(usage.sentence),
    resultTable(
      'Log loss: left out against all, alone against the base rate; 95 % intervals in brackets',
      [
        ['Aspect', 'text'],
        ['Left out', 'number'],
        ['Alone', 'number'],
        ['Verdict', 'text'],
      ],
      aspects.map((aspect) => [
        aspect.title,
        differenceText(aspect.without.logLoss, 4),
        differenceText(aspect.alone.logLoss, 4),
        worthVerdict(aspect),
      ]),
    ),
    ...(leadTimes.length === 0 ? [] : [leadTable(leadTimes)]),
  ];
}

function auditBlocks({ audit, dataLeaks }: CompanyCard): Block[] {
  return [
    heading(auditHeading(audit)),
    paragraph(auditSentence(audit)),
    ...listBlocks(
      'Tables that know who left',
      dataLeaks.map((leak) => `${dataLeakPlace(leak)} (${dataLeakAction(leak)}): ${leak.message}`),
    ),
  ];
}
