import { isUtf8 } from 'node:buffer';
import type { Note } from '../../tables/raw-table.js';
import { badFile } from '../bad-file.js';
import { tidyColumnNames } from '../column-names.js';
import { CONTENT_NAMES, contentOf } from '../detect-format.js';
import type { Head } from '../text-bytes.js';
import { decodeCell, isBlankLine, nextLine } from './cells.js';
import { type Dialect, LINE_FEED, RecordCells, splitRecord } from './split-record.js';

const CARRIAGE_RETURN = 0x0d;
const TAB = 0x09;
const COMMA = 0x2c;
const CANDIDATES = [COMMA, 0x3b, TAB, 0x7c];
const JUDGED_RECORDS = 1000;
const PLAIN_NUMBER = /^[-+]?\d+(?:[.,]\d+)?$/u;

/** All that is learned of a delimited file before it is read. */
export interface Sniffed {
  readonly dialect: Dialect;
  /** Bytes before the header: Excel's `sep=;` line. */
  readonly skip: number;
  readonly columnNames: readonly string[];
  readonly notes: readonly Note[];
}

/**
 * Finds out how a delimited file is written, from its head: the line end, the delimiter whose cells are most
 * even from record to record (outside quotes), and the header, which is always the first line.
 *
 * @throws ChurnError `bad-file` when there is no text, no header or no row after it.
 */
export function sniffDelimited(
  path: string,
  head: Head,
  options: { delimiter?: string; prefersTab: boolean },
): Sniffed {
  const content = contentOf(head.bytes);
  if (content !== 'text')
    throw badFile(path, `holds ${CONTENT_NAMES[content]} where a table as text is needed`);
  const newline =
    head.bytes.includes(LINE_FEED) || !head.bytes.includes(CARRIAGE_RETURN) ? LINE_FEED : CARRIAGE_RETURN;
  const bytes = head.isWhole ? Buffer.concat([head.bytes, Buffer.of(newline)]) : head.bytes;
  const told = /^sep=([,;\t|])\r?[\r\n]/iu.exec(bytes.toString('latin1', 0, 8));
  const skip = told ? told[0].length : 0;
  const delimiter =
    options.delimiter?.charCodeAt(0) ??
    told?.[1]?.charCodeAt(0) ??
    mostEvenDelimiter(bytes, skip, newline, options.prefersTab);
  const dialect = { delimiter, newline };
  const header = readHeader(path, bytes, skip, dialect);
  if (head.isWhole && isBlankFrom(bytes, header.end)) throw badFile(path, 'has a header and no rows');
  const { names, notes } = tidyColumnNames(header.cells);
  return { dialect, skip, columnNames: names, notes: [...notes, ...doubts(bytes, header.cells)] };
}

function mostEvenDelimiter(bytes: Buffer, skip: number, newline: number, prefersTab: boolean): number {
  const scores = CANDIDATES.map((delimiter) => {
    const score = evenness(bytes, skip, { delimiter, newline });
    return delimiter === TAB && prefersTab ? score * 2 : score;
  });
  const best = Math.max(...scores);
  if (best === 0) return prefersTab ? TAB : COMMA;
  return CANDIDATES[scores.indexOf(best)]!;
}

/**
 * The share of records with as many cells as the header, weighted by the logarithm of that number: a decimal
 * comma cannot win against the semicolon of the header, nor a stray bar in a text against twenty commas.
 */
function evenness(bytes: Buffer, skip: number, dialect: Dialect): number {
  const cells = new RecordCells(1);
  let at = skip;
  let headerCells = 0;
  let even = 0;
  let judged = 0;
  while (judged < JUDGED_RECORDS) {
    const next = splitRecord(bytes, at, bytes.length, dialect, cells);
    if (cells.fault === 'unfinished' && cells.faultAt < 0) break;
    if (cells.fault === 'none' && isBlankLine(cells, at)) {
      at = next;
      continue;
    }
    judged++;
    if (headerCells === 0) headerCells = cells.fault === 'none' ? cells.count : -1;
    if (cells.fault === 'none' && cells.count === headerCells) even++;
    at = cells.fault === 'none' ? next : nextLine(bytes, cells.faultAt, bytes.length, dialect.newline);
    if (at < 0) break;
  }
  return headerCells < 2 ? 0 : (even / judged) * Math.log(headerCells);
}

function readHeader(
  path: string,
  bytes: Buffer,
  skip: number,
  dialect: Dialect,
): { cells: string[]; end: number } {
  const counted = new RecordCells(1);
  let at = skip;
  for (;;) {
    if (at >= bytes.length) throw badFile(path, 'is empty: it has no line with text');
    const end = splitRecord(bytes, at, bytes.length, dialect, counted);
    if (counted.fault === 'text-after-quote') {
      throw badFile(path, 'has a header with text after the closing quote of a name');
    }
    if (counted.fault === 'unfinished') {
      const why = counted.faultAt < 0 ? 'is longer than 1 MB' : 'has a quoted name that is never closed';
      throw badFile(path, `has no readable header: the first line ${why}`);
    }
    if (isBlankLine(counted, at)) {
      at = end;
      continue;
    }
    const cells = new RecordCells(counted.count);
    splitRecord(bytes, at, bytes.length, dialect, cells);
    return { cells: Array.from({ length: cells.count }, (_, index) => decodeCell(bytes, cells, index)), end };
  }
}

function isBlankFrom(bytes: Buffer, at: number): boolean {
  return bytes.subarray(at).every((byte) => byte === LINE_FEED || byte === CARRIAGE_RETURN);
}

function doubts(bytes: Buffer, header: readonly string[]): Note[] {
  const notes: Note[] = [];
  const numbers = header.filter((name) => PLAIN_NUMBER.test(name.trim())).length;
  if (numbers * 2 >= header.length) {
    notes.push({
      kind: 'header-doubtful',
      message: `${numbers} of ${header.length} column names are numbers: the first line must hold the names, not data`,
    });
  }
  const lastLineEnd = Math.max(bytes.lastIndexOf(LINE_FEED), bytes.lastIndexOf(CARRIAGE_RETURN));
  if (!isUtf8(bytes.subarray(0, lastLineEnd + 1))) {
    notes.push({
      kind: 'not-utf8',
      message:
        'some bytes are not valid UTF-8 and their rows are rejected; if the file comes from Excel, save it as "CSV UTF-8"',
    });
  }
  return notes;
}
