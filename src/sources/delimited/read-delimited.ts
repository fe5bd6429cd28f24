import { isUtf8 } from 'node:buffer';
import type { RawTable } from '../../tables/raw-table.js';
import { badFile } from '../bad-file.js';
import { ByteWindow, LONGEST_RECORD_BYTES } from '../byte-window.js';
import { ReadCount } from '../read-count.js';
import type { Source, SourceFormat } from '../source.js';
import { textBytes, textHead } from '../text-bytes.js';
import { TextChunk } from '../text-chunk.js';
import { decodeCell, invalidCell, isBlankLine, nextLine, rawText, undoubleCells } from './cells.js';
import { type Sniffed, sniffDelimited } from './sniff.js';
import { RecordCells, splitRecord } from './split-record.js';

/**
 * Opens a csv, tsv or gzipped file. Every column is text; blank lines are no records.
 *
 * The records are split here and not by DuckDB's reader. Tried with 1.5.6 (`read_csv`, `store_rejects`,
 * one thread): kept rows carry no record number, rejects carry the line and not the record, and a quote that
 * is never closed swallows the rest of the file without a reject, so that read = kept + rejected fails.
 */
export async function openDelimited(
  path: string,
  format: SourceFormat,
  options: { delimiter?: string },
): Promise<Source> {
  const gzip = format === 'csv.gz';
  const prefersTab = format === 'tsv' || path.toLowerCase().endsWith('.tsv.gz');
  const sniffed = sniffDelimited(path, await textHead(path, gzip), { ...options, prefersTab });
  let count = new ReadCount();
  return {
    path,
    format,
    columnNames: sniffed.columnNames,
    notes: sniffed.notes,
    chunks: () => {
      count = new ReadCount();
      return readChunks(path, gzip, sniffed, count);
    },
    rejects: () => count.listed,
    get rejectCount() {
      return count.rejected;
    },
    get readCount() {
      return count.read;
    },
    close: async () => {},
  };
}

async function* readChunks(
  path: string,
  gzip: boolean,
  sniffed: Sniffed,
  count: ReadCount,
): AsyncGenerator<RawTable> {
  const window = new ByteWindow(textBytes(path, gzip), sniffed.dialect.newline);
  const reader = new RecordReader(path, window, sniffed, count);
  try {
    await window.fill();
    window.start += sniffed.skip;
    for (;;) {
      reader.read();
      if (reader.chunk.isFull) yield reader.chunk.take();
      else if (!(await window.fill())) break;
    }
    if (reader.chunk.rows > 0) yield reader.chunk.take();
  } finally {
    await window.close();
  }
}

/** Moves records from the window into the chunk, or onto the list of rejects. */
class RecordReader {
  readonly chunk: TextChunk;
  private readonly cells: RecordCells;
  private isPastHeader = false;

  constructor(
    private readonly path: string,
    private readonly window: ByteWindow,
    private readonly sniffed: Sniffed,
    private readonly count: ReadCount,
  ) {
    this.chunk = new TextChunk(sniffed.columnNames);
    this.cells = new RecordCells(sniffed.columnNames.length);
  }

  /** Until the chunk is full or the window holds no whole record any more. */
  read(): void {
    const { window, cells, chunk, sniffed } = this;
    while (!chunk.isFull) {
      const start = window.start;
      const next = splitRecord(window.bytes, start, window.end, sniffed.dialect, cells);
      if (cells.fault === 'none') {
        window.start = next;
        if (!isBlankLine(cells, start)) this.take(start, next);
      } else if (!this.rejectBrokenQuote(next)) {
        return;
      }
    }
  }

  private take(start: number, next: number): void {
    if (!this.isPastHeader) {
      this.isPastHeader = true;
      return;
    }
    const { bytes, isClean } = this.window;
    this.count.read++;
    if (this.cells.count !== this.sniffed.columnNames.length) {
      this.rejectRagged(start, next);
    } else if (!isClean && !isUtf8(bytes.subarray(start, next))) {
      this.rejectEncoding();
    } else {
      undoubleCells(bytes, this.cells);
      this.chunk.add(this.count.read, bytes, this.cells.starts, this.cells.ends, next - start);
    }
  }

  private rejectRagged(start: number, next: number): void {
    const found = `${this.cells.count} ${this.cells.count === 1 ? 'cell' : 'cells'}`;
    this.count.reject(
      `has ${found} where the header has ${this.sniffed.columnNames.length}`,
      rawText(this.window.bytes, start, next),
    );
  }

  private rejectEncoding(): void {
    const cell = invalidCell(this.window.bytes, this.cells);
    const value = decodeCell(this.window.bytes, this.cells, cell);
    this.count.reject('is not valid UTF-8', value, this.sniffed.columnNames[cell]!);
  }

  /**
   * Rejects a record whose quotes are broken; false when more bytes may mend it.
   *
   * Reading goes on after the line on which the broken cell opens: a stray quote costs one line, not all
   * lines up to the next quote.
   */
  private rejectBrokenQuote(foundAt: number): boolean {
    const { window, cells, sniffed } = this;
    const isInQuotes = cells.faultAt >= 0;
    const isFinal = window.isEnded || window.isFull;
    if (cells.fault === 'unfinished' && !(isFinal && isInQuotes)) {
      if (!window.isFull) return false;
      const limit = LONGEST_RECORD_BYTES >> 20;
      throw badFile(this.path, `has a line longer than ${limit} MB after row ${this.count.read}`);
    }
    const next = nextLine(window.bytes, cells.faultAt, window.end, sniffed.dialect.newline);
    if (next < 0 && !isFinal) return false;
    this.count.read++;
    const isOnOneLine = cells.fault === 'text-after-quote' && (next < 0 || foundAt < next);
    this.count.reject(
      isOnOneLine ? 'has text after the closing quote of a cell' : 'opens a quoted cell that is never closed',
      rawText(window.bytes, window.start, next < 0 ? window.end : next),
    );
    window.start = next < 0 ? window.end : next;
    return true;
  }
}
