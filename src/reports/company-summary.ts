import { countText, decimalEstimate, percentEstimate, signedText } from '../charts/figure-text.js';
import type { CompanyCard } from '../training/company-card.js';
import {
  actingText,
  auditHeading,
  auditSentence,
  dataLeakAction,
  dataLeakPlace,
  kindText,
  leadSentence,
} from './company-words.js';
import { listBlock } from './console-blocks.js';
import { alignRows, type Ink, wrapText } from './console-text.js';
import { differenceText } from './training-words.js';

/** Lead times that the terminal lists; the report holds them all. */
const MOST_LEADS = 5;

/** Whether tables may show all their figures. */
const isWide = (width: number) => width >= 94;

/** What dated tables tell that somebody might act on, for the terminal. */
export function tellingSummary(company: CompanyCard, ink: Ink, width: number): (string | null)[] {
  return [
    aspectsBlock(company, ink, width),
    leadsBlock(company, ink, width),
    partsBlock(company, ink, width),
  ];
}

function aspectsBlock({ usage, aspects }: CompanyCard, ink: Ink, width: number): string {
  const [header, ...lines] = alignRows([
    ['  Aspect', 'left out', 'alone'],
    ...aspects.map(({ title, without, alone }) => [
      `  ${title}`,
      differenceText(without.logLoss, 4),
      isWide(width) ? differenceText(alone.logLoss, 4) : signedText(alone.logLoss.value, 4),
    ]),
  ]);
  return [
    ink.bold('What each side of customer health is worth'),
    wrapText(usage.sentence, width),
    ink.dim(wrapText('Log loss: left out against all, alone against the base rate', width)),
    ink.dim(header!),
    ...lines,
  ].join('\n');
}

function leadsBlock({ leadTimes }: CompanyCard, ink: Ink, width: number): string | null {
  const lines = leadTimes
    .filter(({ daysToAct }) => daysToAct !== null)
    .sort((a, b) => b.daysToAct! - a.daysToAct!)
    .slice(0, MOST_LEADS)
    .map((lead) => `${lead.description}: ${leadSentence(lead)}; left to act: ${actingText(lead)}`);
  return listBlock('How far ahead it tells, the most days to act first', lines, ink, width);
}

function partsBlock({ unseenAccounts, groups }: CompanyCard, ink: Ink, width: number): string {
  const unseen = { by: '', value: 'never seen in training', ...unseenAccounts };
  const [header, ...lines] = alignRows([
    ['  Held-back part', ...(isWide(width) ? ['rows'] : []), 'left', 'predicted', 'found', 'AUC'],
    ...[unseen, ...groups].map(({ by, value, rows, rate, predicted, churned, auc }) => [
      `  ${by} ${value}`.replace(/^ +/, '  '),
      ...(isWide(width) ? [countText(rows)] : []),
      rows === 0 ? '–' : percentEstimate(rate),
      countText(predicted),
      countText(churned),
      auc === null ? '–' : decimalEstimate(auc),
    ]),
  ]);
  return [ink.bold('Where it holds'), ink.dim(header!), ...lines].join('\n');
}

/** Whether a feature could know the future, for the terminal: shown whatever the verdict. */
export function auditSummary({ audit, dataLeaks }: CompanyCard, ink: Ink, width: number): (string | null)[] {
  const heading = auditHeading(audit);
  return [
    `${audit.passed ? ink.bold(heading) : ink.warn(heading.toUpperCase())}\n${wrapText(auditSentence(audit), width)}`,
    listBlock(
      'Tables that know who left',
      dataLeaks.map(
        (leak) => `${dataLeakPlace(leak)} (${kindText(leak.kind)}; ${dataLeakAction(leak)}): ${leak.message}`,
      ),
      ink,
      width,
    ),
  ];
}
