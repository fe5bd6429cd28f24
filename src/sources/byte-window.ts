import { isUtf8 } from 'node:buffer';

const START_BYTES = 4 << 20;

/** No record may be longer: a file without line ends is no table, and memory stays flat. */
export const LONGEST_RECORD_BYTES = 64 << 20;

/**
 * The part of a byte stream that is being split into records: `bytes[start … end)` is unread.
 *
 * It grows when a single record does not fit, by doubling, so that a long record is scanned at most twice over.
 */
export class ByteWindow {
  bytes = Buffer.allocUnsafeSlow(START_BYTES);
  start = 0;
  end = 0;
  /** The stream has no more bytes; the window ends in a line end. */
  isEnded = false;
  /** Every complete line in the window is valid UTF-8. */
  isClean = true;
  private readonly pieces: AsyncIterator<Buffer>;
  private pending: Buffer = Buffer.alloc(0);

  /** `lineEnd` is put after the last byte, so that a last line without one needs no special care. */
  constructor(
    stream: AsyncIterable<Buffer>,
    private readonly lineEnd: number,
  ) {
    this.pieces = stream[Symbol.asyncIterator]();
  }

  get isFull(): boolean {
    return this.end - this.start >= LONGEST_RECORD_BYTES;
  }

  /** Makes more bytes available behind the unread ones; false when there are none. */
  async fill(): Promise<boolean> {
    if (this.isEnded) return false;
    this.makeRoom();
    while (this.end < this.bytes.length - 1 && !this.isEnded) {
      if (this.pending.length === 0) await this.nextPiece();
      const taken = this.pending.copy(this.bytes, this.end, 0, this.bytes.length - 1 - this.end);
      this.pending = this.pending.subarray(taken);
      this.end += taken;
    }
    if (this.isEnded) this.bytes[this.end++] = this.lineEnd;
    const lastLineEnd = this.bytes.subarray(0, this.end).lastIndexOf(this.lineEnd);
    this.isClean = isUtf8(this.bytes.subarray(this.start, Math.max(this.start, lastLineEnd + 1)));
    return true;
  }

  /** Stops reading. */
  async close(): Promise<void> {
    await this.pieces.return?.();
  }

  private makeRoom(): void {
    const unread = this.end - this.start;
    const isCrowded = unread * 2 > this.bytes.length;
    const length = isCrowded ? Math.min(this.bytes.length * 2, LONGEST_RECORD_BYTES + 1) : this.bytes.length;
    const target = length > this.bytes.length ? Buffer.allocUnsafeSlow(length) : this.bytes;
    this.bytes.copy(target, 0, this.start, this.end);
    this.bytes = target;
    this.start = 0;
    this.end = unread;
  }

  private async nextPiece(): Promise<void> {
    const { value, done } = await this.pieces.next();
    if (done) this.isEnded = true;
    else this.pending = value;
  }
}
