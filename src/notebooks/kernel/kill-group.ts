/**
 * Kills a process and, where it leads a group of its own, all that it started and that still lives, also when it has
 * itself ended already.
 */
export function killGroup(pid: number): void {
  for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It leads no group, or is gone.
    }
  }
}
