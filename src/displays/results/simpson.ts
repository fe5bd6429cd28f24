import { decimalText, signedText } from '../../charts/figure-text.js';
import { describeReversal } from '../../journey/reversal-words.js';
import type { Reversal, SimpsonCheck } from '../../journey/simpson.js';
import { countOf, pText } from '../../reports/flag-words.js';
import { type Block, heading, listBlocks, paragraph } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isShaped } from '../shapes.js';

/** `simpsonCheck`: facts that turn around inside stages or segments. */
export function simpsonBlocks(value: unknown, rows: number): Block[] | null {
  if (!isShaped<SimpsonCheck>(value, ['reversals', 'looked']) || !Array.isArray(value.reversals)) return null;
  const { reversals, looked } = value;
  const among = `among ${countOf(looked, 'comparison')}; p is corrected for all of them.`;
  if (reversals.length === 0)
    return [heading('No fact turns around beyond doubt'), paragraph(`None ${among}`)];
  return [
    heading(`${countOf(reversals.length, 'fact')} ${reversals.length === 1 ? 'turns' : 'turn'} around`),
    paragraph(`Found ${among}`),
    reversalsTable(reversals, rows),
    ...listBlocks('In words', reversals.slice(0, rows).map(describeReversal)),
  ];
}

function reversalsTable(reversals: readonly Reversal[], most: number): Block {
  return resultTable(
    'Difference in churn rate where the fact holds, in percentage points; 95 % intervals in brackets',
    [
      ['Fact', 'text'],
      ['Parted by', 'text'],
      ['Over all', 'number'],
      ['Inside, on average', 'number'],
      ['Turns in', 'text'],
      ['Corrected p', 'number'],
    ],
    reversals.map(({ fact, stratum, overall, adjusted, turnsIn, p }) => [
      fact,
      stratum,
      pointsText(overall),
      pointsText(adjusted),
      turnsIn.length === 0 ? 'no level alone' : turnsIn.join(', '),
      pText(p),
    ]),
    most,
  );
}

/** `−5.0 (−6.1 to −3.9)`. */
function pointsText({ difference, low, high }: Reversal['overall']): string {
  if (Number.isNaN(difference)) return '–';
  return `${signedText(100 * difference, 1)} (${decimalText(100 * low, 1)} to ${decimalText(100 * high, 1)})`;
}
