import type { Card } from '../../training/card.js';
import { dataText, type Html, type HtmlPart, html } from '../html.js';
import { calibrationName, candidateLabel, rowsSentence, splitSentence } from '../training-words.js';
import { snapshotsPart } from './snapshots.js';

/** How the run was made, so that it can be made again. */
export async function makingSection(card: Card): Promise<Html> {
  const facts: [string, HtmlPart][] = [
    ['Data', html`${dataText(card.data.file)}: ${rowsSentence(card)}`],
    ['SHA-256', html`<code>${card.data.sha256}</code>`],
    ['Outcome', html`${dataText(card.data.target)}, left = ${dataText(card.data.positive)}`],
    ['Account id', card.data.id === null ? 'none; rows are numbered' : dataText(card.data.id)],
    ['Split', splitSentence(card)],
    ['Chosen', `${candidateLabel(card, card.chosen)}. Calibration: ${calibrationName(card)}.`],
    ['Seed', card.seed],
    ['Options', html`${Object.entries(card.options).map(optionLine)}`],
    [
      'Made by',
      `churnlab ${card.churnlabVersion}; neural nets on ${card.backend}; card format ${card.formatVersion}`,
    ],
  ];
  return html`<h2>How this was made</h2>
<dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>\n`)}</dl>
${card.company === null ? '' : await snapshotsPart(card.company)}
<p>The same ${card.company === null ? 'file' : 'tables'}, options and seed give the same model and the same page, byte for byte.</p>`;
}

function optionLine([name, value]: [string, unknown]): Html {
  return html`<code>${name}</code> ${dataText(JSON.stringify(value) ?? 'unset')}<br>`;
}
