/** Sends a message to all who listen. */
export type Publish = (type: string, content: object) => void;

/** Texts are sent together: once so many letters, or so many milliseconds, have gathered. */
const GATHERED_LETTERS = 1 << 15;
const GATHERED_MS = 50;

/** The message that tells a runner how many bytes were dropped until now. */
export const OUTPUT_LIMIT = 'churnlab_output_limit';

/** What one cell shows, on its way out. */
export interface CellPublisher {
  write(name: string, text: string): void;
  display(content: object, update: boolean): void;
  /** Sends what has gathered. */
  flush(): void;
}

/**
 * Publishes what one cell shows. Texts are gathered: a message for every line of a long listing is more than browsers,
 * and Jupyter's limit of messages a second, can take. Beyond `limitBytes` nothing is sent but how much was dropped,
 * at once and then whenever that has doubled.
 */
export function publishCell(publish: Publish, limitBytes: number): CellPublisher {
  let gathered = { name: '', text: '' };
  let sentAt = 0;
  let timer: NodeJS.Timeout | null = null;
  let bytes = 0;
  let dropped = 0;
  let told = 0;

  const drop = (size: number): void => {
    dropped += size;
    if (dropped < 2 * told) return;
    told = dropped;
    publish(OUTPUT_LIMIT, { droppedBytes: dropped });
  };
  const flush = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    sentAt = performance.now();
    const { name, text } = gathered;
    gathered = { name: '', text: '' };
    if (text !== '') publish('stream', { name, text });
    if (dropped > told) {
      told = dropped;
      publish(OUTPUT_LIMIT, { droppedBytes: dropped });
    }
  };
  const gather = (name: string, text: string): void => {
    if (name !== gathered.name) flush();
    gathered = { name, text: gathered.text + text };
    if (gathered.text.length >= GATHERED_LETTERS || performance.now() - sentAt > GATHERED_MS) flush();
    else timer ??= setTimeout(flush, GATHERED_MS);
  };
  return {
    flush,
    write: (name, text) => {
      const size = Buffer.byteLength(text);
      const room = limitBytes - bytes;
      bytes += size;
      if (size <= room) {
        gather(name, text);
        return;
      }
      if (room > 0)
        gather(
          name,
          Buffer.from(text)
            .subarray(0, room)
            .toString()
            .replace(/\ufffd$/, ''),
        );
      drop(size - Math.max(room, 0));
    },
    display: (content, update) => {
      flush();
      const size = limitBytes === Number.POSITIVE_INFINITY ? 0 : Buffer.byteLength(JSON.stringify(content));
      // An update takes the place of what was shown before.
      if (size > (update ? limitBytes : limitBytes - bytes)) {
        drop(size);
        return;
      }
      if (!update) bytes += size;
      publish(update ? 'update_display_data' : 'display_data', content);
    },
  };
}
