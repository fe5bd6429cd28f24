import { readFileSync, writeFileSync } from 'node:fs';

/** Linux counts this process's peak memory anew after this; elsewhere nothing happens. */
export function resetPeak(): void {
  if (process.platform === 'linux') writeFileSync('/proc/self/clear_refs', '5');
}

/** Most resident memory since the last reset; `NaN` where the system does not say. */
export function peakMegabytes(): number {
  return statusMegabytes('VmHWM');
}

/** Resident memory now; `NaN` where the system does not say. */
export function residentMegabytes(): number {
  return statusMegabytes('VmRSS');
}

function statusMegabytes(name: string): number {
  if (process.platform !== 'linux') return Number.NaN;
  const line = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(line?.[1]) * 1.024e-3;
}
