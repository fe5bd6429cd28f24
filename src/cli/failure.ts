import { CommanderError } from 'commander';
import { ChurnError } from '../index.js';

/** 0 help and version, 1 the input is at fault, 2 wrong usage, 70 a fault of churnlab's own. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (!(error instanceof ChurnError)) return 70;
  if (error.code === 'bad-option') return 2;
  return error.code === 'internal' ? 70 : 1;
}

/** One clear message; the stack of a fault of our own under `--debug`. */
export function messageOf(error: unknown, debug: unknown): string {
  if (error instanceof ChurnError && error.code !== 'internal') return `churnlab: ${error.message}`;
  const fault = error instanceof Error ? error : new Error(String(error));
  return debug
    ? (fault.stack ?? fault.message)
    : `churnlab: a fault of ours: ${fault.message}; run again with --debug for the stack`;
}
