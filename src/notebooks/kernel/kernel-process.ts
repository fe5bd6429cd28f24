import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTemporaryFolder, removeTemporary } from '../../sources/temporary-files.js';
import { kernelEntry } from './kernel-entry.js';
import { killGroup } from './kill-group.js';

/** A running kernel's process and where to reach it. */
export interface KernelProcess {
  readonly child: ChildProcess;
  readonly shell: string;
  readonly iopub: string;
  /** Signs and checks every message. */
  readonly key: string;
  /** What the process itself wrote, at most the last 2,000 characters; cells write elsewhere. */
  lastWords(): string;
  /** Ends the process and all that it started, whatever it is doing, and waits until it is gone. */
  kill(): Promise<void>;
}

/**
 * Starts the tslab of this installation as a Jupyter kernel for TypeScript in the folder `cwd`.
 *
 * Its sockets, and the temporary files of its cells, live in a private temporary folder: kernels that start together
 * cannot take each other's ports, and nothing is left. The process ends with ours even when ours is killed: its
 * standard input is a lifeline. It leads a group of its own, which ends with it.
 *
 * @param outputBytes what a cell may show; the rest is dropped, and told by messages `churnlab_output_limit`
 */
export async function startKernelProcess(cwd: string, outputBytes: number): Promise<KernelProcess> {
  const folder = await makeTemporaryFolder();
  const temporary = join(folder, 'temporary');
  await mkdir(temporary);
  const connection = {
    transport: 'ipc',
    ip: join(folder, 'socket'),
    shell_port: 1,
    iopub_port: 2,
    stdin_port: 3,
    control_port: 4,
    hb_port: 5,
    key: randomUUID(),
    signature_scheme: 'hmac-sha256',
  };
  await writeFile(join(folder, 'connection.json'), JSON.stringify(connection));
  const connectionFile = join(folder, 'connection.json');
  const child = spawn(process.execPath, [kernelEntry(), connectionFile, '--runner', String(outputBytes)], {
    cwd,
    detached: process.platform !== 'win32',
    stdio: ['pipe', 'pipe', 'pipe'],
    // Colour codes, which test runners ask for, do not belong in a notebook.
    env: { ...process.env, FORCE_COLOR: undefined, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  });
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve()).once('exit', () => resolve());
  });
  let words = '';
  const listen = (text: Buffer): void => {
    words = (words + text.toString()).slice(-2000);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  return {
    child,
    shell: `ipc://${connection.ip}:${connection.shell_port}`,
    iopub: `ipc://${connection.ip}:${connection.iopub_port}`,
    key: connection.key,
    lastWords: () => words.trim(),
    kill: async () => {
      if (child.pid !== undefined) killGroup(child.pid);
      await ended;
      await removeTemporary(folder);
    },
  };
}
