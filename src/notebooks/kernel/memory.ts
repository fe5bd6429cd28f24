import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What a process holds in memory now, and the most it ever has, as far as the system tells. */
export interface Memory {
  readonly bytes: number;
  readonly peakBytes: number;
}

/**
 * Reads the memory of a process: from `/proc` on Linux, elsewhere from `ps`, which knows no peak.
 *
 * @returns `null` where neither works, and for a process that has ended
 */
export async function readMemory(pid: number): Promise<Memory | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => null);
  if (status !== null) return memoryOfStatus(status);
  const listed = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => null);
  const bytes = 1024 * Number(listed?.stdout.trim() || Number.NaN);
  return Number.isNaN(bytes) ? null : { bytes, peakBytes: bytes };
}

/** Reads `/proc/…/status`; a process that is ending has no such lines any more. */
export function memoryOfStatus(status: string): Memory | null {
  const [bytes, peakBytes] = ['VmRSS', 'VmHWM'].map((name) => {
    const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
    return kibibytes === undefined ? null : 1024 * Number(kibibytes);
  });
  return bytes == null || peakBytes == null ? null : { bytes, peakBytes };
}
