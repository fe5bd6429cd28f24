import type { LeadTime } from '../../lead-time/lead-time.js';
import { actingText, leadSentence } from '../../reports/company-words.js';
import type { Block } from '../blocks.js';
import { resultTable } from '../result-table.js';
import { isListOf, isShaped } from '../shapes.js';

/** `measureLeadTimes`: how far ahead each indicator tells. */
export function leadTimeBlocks(value: unknown): Block[] | null {
  return isListOf(value, isLeadTime) ? [leadTable(value)] : null;
}

const isLeadTime = (value: unknown): value is LeadTime =>
  isShaped<LeadTime>(value, ['feature', 'tells', 'leaversHave', 'leadDays', 'daysToAct']);

/** The most days to act first. */
export function leadTable(leadTimes: readonly LeadTime[]): Block {
  const days = ({ daysToAct }: LeadTime) => daysToAct ?? Number.NEGATIVE_INFINITY;
  return resultTable(
    'How far ahead it tells, the most days to act first',
    [
      ['Indicator', 'text'],
      ['Left to act', 'number'],
      ['What it tells', 'sentence'],
    ],
    leadTimes
      .toSorted((a, b) => (days(a) === days(b) ? 0 : days(b) - days(a)))
      .map((lead) => [lead.description, actingText(lead), leadSentence(lead)]),
  );
}
