import { spawnSync } from 'node:child_process';

/** The Python that has the reference libraries. */
export function python(): string {
  return process.env['CHURNLAB_PYTHON'] ?? 'python3';
}

/** Versions by library, as the script prints them when it is given no argument; none when it cannot run. */
export function pythonLibraries(script: string): Record<string, string> {
  const { status, stdout } = spawnSync(python(), [script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? JSON.parse(stdout) : {};
}
