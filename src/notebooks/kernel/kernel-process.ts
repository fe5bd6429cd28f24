import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A running kernel's process and where to reach it. */
export interface KernelProcess {
  readonly child: ChildProcess;
  readonly shell: string;
  readonly iopub: string;
  /** Signs and checks every message. */
  readonly key: string;
  /** What the process itself wrote, at most the last 2,000 characters; cells write elsewhere. */
  lastWords(): string;
  /** Ends the process, whatever it is doing, and waits until it is gone. */
  kill(): Promise<void>;
}

/**
 * Starts the tslab of this installation as a Jupyter kernel for TypeScript in the folder `cwd`.
 *
 * Its sockets live in a private temporary folder, so kernels that start together cannot take each other's
 * ports. The process ends with ours even when ours is killed: its standard input is a lifeline.
 */
export async function startKernelProcess(cwd: string): Promise<KernelProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'churnlab-kernel-'));
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
  const child = spawn(process.execPath, kernelArguments(join(folder, 'connection.json')), {
    cwd,
    stdio: ['pipe', 'pipe', 'pipe'],
    // Colour codes, which test runners ask for, do not belong in a notebook.
    env: { ...process.env, FORCE_COLOR: undefined },
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
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function kernelArguments(connectionFile: string): string[] {
  const tslab = createRequire(import.meta.url).resolve('tslab/package.json');
  const preparation = `data:text/javascript,${encodeURIComponent(prepareTslab(tslab))}`;
  return [
    '--import',
    preparation,
    join(dirname(tslab), 'bin', 'tslab'),
    'kernel',
    `--config-path=${connectionFile}`,
  ];
}

/**
 * What runs in the kernel's process before tslab does, against three of its troubles (1.0.22):
 * - a file that appears in a watched folder, such as `node_modules`, while the kernel lives makes every later
 *   cell fail with "Unexpected pending rebuildTimer" (tslab issue 97): nothing is watched;
 * - the 513th message of a cell that does not await fails, and tslab with it, as zeromq then waits for the
 *   event loop, and subscribers miss what exceeds 1,000 unsent messages: sending never waits, nothing is dropped;
 * - a kernel outlives a parent that is killed, for ever when a cell loops: a thread of its own waits for the end
 *   of standard input and then kills the process.
 */
const prepareTslab = (tslabPath: string): string => `
  import { createRequire } from 'node:module';
  import { isMainThread, Worker } from 'node:worker_threads';
  if (isMainThread) {
    const require = createRequire(${JSON.stringify(tslabPath)});
    const { sys } = require('@tslab/typescript-for-tslab');
    sys.watchFile = sys.watchDirectory = () => ({ close() {} });
    const zeromq = require('zeromq');
    const { Publisher } = zeromq;
    zeromq.Publisher = class extends Publisher {
      constructor() {
        super({ sendTimeout: 0, sendHighWaterMark: 0 });
      }
    };
    new Worker(
      "const end = () => process.kill(process.pid, 'SIGKILL');" +
        "new (require('node:net').Socket)({ fd: 0 }).on('error', end).on('close', end).resume();",
      { eval: true, execArgv: [] },
    ).unref();
  }
`;
