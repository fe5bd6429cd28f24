import { isMissingLevel, isMissingText } from '../cleaning/missing.js';
import { type DateOrder, parseDate } from '../cleaning/parse-date.js';
import { parseNumber } from '../cleaning/parse-number.js';
import type { CellKind } from '../contracts/contract.js';
import type { ToUtc } from './time-zone.js';

/** Why a text is not what its column holds. */
export class Unreadable {
  constructor(readonly reason: string) {}
}

/** A text as a column's kind has it: flags are 1 and 0, instants milliseconds since 1970 UTC; `null` is missing. */
export type CellReading = string | number | null | Unreadable;

/** How the texts of one column are read. */
export interface CellManner {
  readonly kind: CellKind;
  /** Words such as `NA` in an optional text may be answers; in an id they are not. */
  readonly isId: boolean;
  readonly keepsNA: boolean;
  readonly order: DateOrder;
  readonly decimalComma: boolean;
  readonly toUtc: ToUtc;
}

const YES = new Set(['true', 'yes', 'y', 't', '1']);
const NO = new Set(['false', 'no', 'n', 'f', '0']);
/** A time of day followed by its zone; a date's own `-31` is none. */
const ZONED = /:\d{2}[\d.,\s]*(?:[ap]m)?\s*(?:z|utc|gmt|[+-]\d{2}(?::?\d{2})?)\s*$/iu;

/** Reads one text. */
export function readCell(text: string, manner: CellManner): CellReading {
  switch (manner.kind) {
    case 'text':
      return isMissing(text, manner) ? null : text.trim();
    case 'choice':
      return isMissingText(text)
        ? null
        : text
            .trim()
            .toLowerCase()
            .replace(/[\s-]+/gu, '_');
    case 'flag':
      return isMissingText(text) ? null : readFlag(text);
    case 'instant':
      return isMissingText(text) ? null : readInstant(text, manner);
    default:
      return isMissingText(text) ? null : readNumber(text, manner.decimalComma);
  }
}

function isMissing(text: string, { isId, keepsNA }: CellManner): boolean {
  return isId ? isMissingText(text) : isMissingLevel(text, keepsNA);
}

function readFlag(text: string): CellReading {
  const word = text.trim().toLowerCase();
  if (YES.has(word)) return 1;
  return NO.has(word) ? 0 : new Unreadable('is neither yes nor no');
}

function readInstant(text: string, { order, toUtc }: CellManner): CellReading {
  const shown = parseDate(text, order);
  if (Number.isNaN(shown)) {
    return new Unreadable(
      order === 'ymd'
        ? 'is no date such as 2024-01-31'
        : `is no date in the order of its column (${order === 'dmy' ? 'day first' : 'month first'})`,
    );
  }
  return ZONED.test(text) ? shown : toUtc(shown);
}

function readNumber(text: string, decimalComma: boolean): CellReading {
  const value = parseNumber(text, { decimalComma });
  if (Number.isFinite(value)) return value;
  return new Unreadable(Number.isNaN(value) ? 'is no number' : 'is not finite');
}
