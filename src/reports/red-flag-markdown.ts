import { countedIn, countedTitle } from '../charts/counted.js';
import { countText, percentEstimate, percentText } from '../charts/figure-text.js';
import type { Card } from '../training/card.js';
import { publishedFacts } from '../training/group-calibration.js';
import { featureMeanings } from './company-words.js';
import { flagsRemarks, flagsSentence } from './flag-words.js';
import { bullets, markdownTable, plain } from './markdown.js';
import {
  confirmationSentence,
  flagWords,
  insideName,
  insideSentence,
  insideVerdict,
  NO_SEARCH,
} from './red-flag-words.js';

/** Confirmed flags with the figures that confirmed them, and whether the probabilities are right inside. */
export function redFlagBlocks(card: Card): string[] {
  const meanings = featureMeanings(card);
  const facts = publishedFacts(card.flags);
  return [
    '## Red flags',
    card.flags === null
      ? NO_SEARCH
      : plain([flagsSentence(card.flags), ...flagsRemarks(card.flags)].join(' ')),
    ...(facts.length === 0
      ? []
      : [
          bullets(
            facts.map(
              (fact) =>
                `**${plain(flagWords(fact, meanings))}**: ${confirmationSentence(fact, countedIn(card))}.`,
            ),
          ),
        ]),
    ...(card.insideFlags.length === 0 ? [] : [plain(insideSentence(card)), insideTable(card, meanings)]),
  ];
}

function insideTable(card: Card, meanings: ReadonlyMap<string, string>): string {
  return markdownTable(
    ['Inside', countedTitle(countedIn(card)), 'Mean before', 'Mean after', 'Left', 'In short'],
    card.insideFlags.map((group) => [
      plain(insideName(group, card.flags, meanings)),
      countText(group.rows),
      percentText(group.meanBefore),
      percentText(group.meanAfter),
      percentEstimate(group.rate),
      `${insideVerdict(group)}${group.shifted ? '' : ' (not shifted)'}`,
    ]),
  );
}
