import { ChurnError } from '../errors.js';
import { readMemory } from './kernel/memory.js';

/** How often the kernel's memory is looked at. */
const PAUSE_MS = 250;

export interface MemoryWatch {
  /** The most that was seen, `null` where it cannot be measured. */
  peakBytes(): number | null;
  /** Looks once more and no longer. */
  stop(): Promise<void>;
}

/**
 * Watches the memory of a process, without what it has started.
 *
 * @param limitBytes above it `onLimit` is called, once
 * @throws ChurnError `bad-option` for a limit where memory cannot be measured
 */
export async function watchMemory(
  pid: number,
  limitBytes: number | null,
  onLimit: (bytes: number) => void,
): Promise<MemoryWatch> {
  let peak: number | null = null;
  const look = async (): Promise<void> => {
    const memory = await readMemory(pid);
    if (!memory) return;
    peak = Math.max(peak ?? 0, memory.peakBytes);
    if (limitBytes === null || memory.bytes <= limitBytes) return;
    clearInterval(timer);
    onLimit(memory.bytes);
  };
  const timer = setInterval(look, PAUSE_MS);
  await look();
  if (limitBytes !== null && peak === null) {
    clearInterval(timer);
    throw new ChurnError(
      'bad-option',
      'a limit of memory cannot be kept here: neither /proc nor ps tells it',
    );
  }
  return {
    peakBytes: () => peak,
    stop: async () => {
      clearInterval(timer);
      await look();
    },
  };
}
