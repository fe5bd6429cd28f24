import { countText, decimalEstimate, percentEstimate, percentText } from '../charts/figure-text.js';
import type { CompanyCard } from '../training/company-card.js';
import {
  actingText,
  auditHeading,
  auditSentence,
  changeName,
  dataLeakAction,
  dataLeakPlace,
  daysText,
  embargoSentence,
  kindText,
  leadSentence,
  leavingSentence,
  partName,
  setApartSentence,
  unseenSentence,
  worthVerdict,
} from './company-words.js';
import { bullets, markdownTable, plain } from './markdown.js';
import { differenceText } from './training-words.js';

/** What dated tables tell that somebody might act on: worth of aspects, lead times, where the figures hold. */
export function tellingBlocks(company: CompanyCard): string[] {
  const { usage, aspects, leadTimes, reversals } = company;
  return [
    '## What each side of customer health is worth',
    plain(usage.sentence),
    'Left out: log loss of all aspects but this one less that of all, the least that it is worth. Alone: log loss of the aspect alone less that of the base rate, the most.',
    markdownTable(
      ['Aspect', 'Features', 'Left out', 'Alone', 'In short'],
      aspects.map((aspect) => [
        plain(aspect.title),
        countText(aspect.features),
        differenceText(aspect.without.logLoss, 4),
        differenceText(aspect.alone.logLoss, 4),
        worthVerdict(aspect),
      ]),
    ),
    '## How far ahead it tells',
    bullets(
      leadTimes
        .filter(({ tells }) => tells !== 'never')
        .map(
          (lead) =>
            `${plain(lead.description)} (${plain(lead.feature)}) ${leadSentence(lead)}. Facts arrive after ${daysText(lead.arrivalDays)}, the next snapshot comes after ${daysText(lead.flagDays)}; left to act: ${actingText(lead)}.`,
        ),
    ),
    '## Where it holds',
    plain(unseenSentence(company)),
    partsTable(company),
    'Facts that turn around:',
    bullets(reversals.map(({ message }) => `${plain(message)}.`)),
  ];
}

function partsTable({ unseenAccounts, groups }: CompanyCard): string {
  const unseen = { by: '', value: 'never seen in training', ...unseenAccounts };
  return markdownTable(
    ['Part', 'Rows', 'Accounts', 'Left', 'Predicted', 'Found', 'AUC'],
    [unseen, ...groups].map(({ by, value, rows, accounts, rate, predicted, churned, auc }) => [
      plain(`${by} ${value}`.trim()),
      countText(rows),
      countText(accounts),
      rows === 0 ? '–' : percentEstimate(rate),
      countText(predicted),
      countText(churned),
      auc === null ? '–' : decimalEstimate(auc),
    ]),
  );
}

/** Whether a feature could know the future: shown whatever the verdict. */
export function auditBlocks({ audit, dataLeaks }: CompanyCard): string[] {
  return [
    '## No fact from after the snapshot',
    `**${auditHeading(audit)}.** ${auditSentence(audit)}`,
    ...(audit.changed.length > 0 ? [`Features that moved: ${audit.changed.map(plain).join(', ')}.`] : []),
    bullets(
      audit.changes.map(
        ({ table, kind, rows }) => `${plain(table)}: ${countText(rows)} rows ${changeName(kind)}`,
      ),
    ),
    'Tables that know who left:',
    bullets(
      dataLeaks.map(
        (leak) =>
          `**${plain(dataLeakPlace(leak))}** (${plain(kindText(leak.kind))}; ${plain(dataLeakAction(leak))}): ${plain(leak.message)}`,
      ),
    ),
  ];
}

/** When accounts were looked at, and what each snapshot served for. */
export function snapshotBlocks(company: CompanyCard): string[] {
  return [
    '## Snapshots',
    plain(`${leavingSentence(company)} ${setApartSentence(company)} ${embargoSentence(company)}`),
    markdownTable(
      ['Snapshot', 'Accounts', 'Left', 'Share', 'Served'],
      company.snapshots.map(({ snapshotAt, accounts, left, part }) => [
        plain(snapshotAt),
        countText(accounts),
        countText(left),
        accounts === 0 ? '–' : percentText(left / accounts),
        partName(part),
      ]),
    ),
  ];
}
