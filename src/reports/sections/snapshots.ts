import { countText, percentText } from '../../charts/figure-text.js';
import { snapshotsChart } from '../../charts/snapshots.js';
import type { CompanyCard } from '../../training/company-card.js';
import { chartFigure } from '../chart-figure.js';
import { leavingSentence, partName, setApartSentence } from '../company-words.js';
import { dataTable } from '../data-table.js';
import { dataText, type Html, html } from '../html.js';

/** When accounts were looked at, what each snapshot served for, and the features that described them. */
export async function snapshotsPart(company: CompanyCard): Promise<Html> {
  const { snapshots, features, observedUntil } = company;
  return html`<h3>Snapshots</h3>
<p>${leavingSentence(company)} The records end before ${observedUntil.slice(0, 10)}. ${setApartSentence(company)}</p>
${await chartFigure(snapshotsChart(company))}
<details><summary>${snapshots.length} snapshots in numbers</summary>${snapshotsTable(snapshots)}</details>
<details><summary>${countText(features.length)} features and what they mean</summary>${featuresTable(features)}</details>`;
}

function snapshotsTable(snapshots: CompanyCard['snapshots']): Html {
  return dataTable(
    'Snapshots in the order of time',
    [
      { title: 'Snapshot' },
      { title: 'Accounts', kind: 'number' },
      { title: 'Left', kind: 'number' },
      { title: 'Share that left', kind: 'number' },
      { title: 'Served' },
    ],
    snapshots.map(({ snapshotAt, accounts, left, part }) => ({
      cells: [
        snapshotAt,
        countText(accounts),
        countText(left),
        accounts === 0 ? '–' : percentText(left / accounts),
        partName(part),
      ],
    })),
  );
}

function featuresTable(features: CompanyCard['features']): Html {
  return dataTable(
    'Features as of each snapshot',
    [{ title: 'Feature' }, { title: 'Aspect' }, { title: 'Unit' }, { title: 'Meaning' }],
    features.map(({ name, title, unit, description }) => ({
      cells: [html`<code>${name}</code>`, dataText(title), dataText(unit), dataText(description)],
    })),
  );
}
