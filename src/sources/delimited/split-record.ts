const QUOTE = 0x22;
const CARRIAGE_RETURN = 0x0d;
export const LINE_FEED = 0x0a;

/** How a delimited file is written: the delimiter and the line end, as single bytes. */
export interface Dialect {
  readonly delimiter: number;
  /** LF (which covers CRLF), or CR for files that know no LF. */
  readonly newline: number;
}

/** Why a record could not be split, or that it could. */
export type RecordFault = 'none' | 'unfinished' | 'unclosed-quote' | 'text-after-quote';

/** The cells of one record, as positions into the bytes it was split from; reused from record to record. */
export class RecordCells {
  /** How many cells the record has, also those beyond the capacity. */
  count = 0;
  fault: RecordFault = 'none';
  /** Where the cell at fault begins. */
  faultAt = 0;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 for a quoted cell that holds doubled quotes. */
  readonly doubled: Uint8Array;

  constructor(readonly capacity: number) {
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.doubled = new Uint8Array(capacity);
  }
}

/**
 * Splits the record that begins at `start` and returns where the next one begins.
 *
 * RFC 4180, with three freedoms that real files take: a quote inside an unquoted cell is an ordinary
 * character, lines may end in LF, CRLF or (by dialect) CR, and quoted cells may hold anything.
 * `cells.fault` is `unfinished` when `end` came before the end of the record, outside or inside quotes
 * (the latter is told apart by `faultAt ≥ start`).
 */
export function splitRecord(
  bytes: Uint8Array,
  start: number,
  end: number,
  dialect: Dialect,
  cells: RecordCells,
): number {
  const { delimiter, newline } = dialect;
  const { starts, ends, doubled, capacity } = cells;
  cells.fault = 'none';
  cells.faultAt = -1;
  let at = start;
  let count = 0;
  for (;;) {
    let from = at;
    let to: number;
    let hasDoubled = 0;
    let byte = 0;
    if (at < end && bytes[at] === QUOTE) {
      from = at + 1;
      at = from;
      for (;;) {
        while (at < end && bytes[at] !== QUOTE) at++;
        if (at + 1 >= end) return unfinished(cells, from - 1);
        if (bytes[at + 1] !== QUOTE) break;
        hasDoubled = 1;
        at += 2;
      }
      to = at++;
      byte = bytes[at]!;
      if (byte === CARRIAGE_RETURN && newline === LINE_FEED) {
        if (at + 1 >= end) return unfinished(cells, from - 1);
        byte = bytes[++at]!;
        if (byte === delimiter) byte = 0;
      }
      if (byte !== delimiter && byte !== newline) {
        cells.fault = 'text-after-quote';
        cells.faultAt = from - 1;
        return at;
      }
    } else {
      while (at < end) {
        byte = bytes[at]!;
        if (byte === delimiter || byte === newline) break;
        at++;
      }
      if (at >= end) return unfinished(cells, -1);
      to = at;
      if (byte === newline && to > from && bytes[to - 1] === CARRIAGE_RETURN) to--;
    }
    if (count < capacity) {
      starts[count] = from;
      ends[count] = to;
      doubled[count] = hasDoubled;
    }
    count++;
    at++;
    if (byte === newline) {
      cells.count = count;
      return at;
    }
  }
}

function unfinished(cells: RecordCells, quoteAt: number): number {
  cells.fault = 'unfinished';
  cells.faultAt = quoteAt;
  return -1;
}

/** Turns `""` into `"` within `bytes[from … to)`, in place, and returns the new end. */
export function undoubleQuotes(bytes: Uint8Array, from: number, to: number): number {
  let write = from;
  for (let read = from; read < to; read++) {
    bytes[write++] = bytes[read]!;
    if (bytes[read] === QUOTE) read++;
  }
  return write;
}
