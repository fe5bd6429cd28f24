import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeTextAtomically } from '../../sources/writing/atomic-writes.js';
import { kernelEntry } from './kernel-entry.js';

/** Under which name Jupyter and notebooks know the kernel. */
export const KERNEL_NAME = 'churnlab';
/** `metadata.kernelspec` of notebooks for it. */
export const KERNEL_SPEC = {
  name: KERNEL_NAME,
  display_name: 'TypeScript (churnlab)',
  language: 'typescript',
} as const;

/** What Jupyter reads from `kernel.json`. */
export interface KernelJson {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: 'signal';
}

/** The kernel of this installation, run by the Node that is running now. */
export function kernelJson(): KernelJson {
  const { display_name, language } = KERNEL_SPEC;
  const argv = [process.execPath, kernelEntry(), '{connection_file}'];
  return { argv, display_name, language, interrupt_mode: 'signal' };
}

/**
 * Registers the kernel with Jupyter (Lab, Notebook, VS Code). Python is not needed.
 *
 * @param prefix a Python environment that only its own Jupyter looks into; without it, all of this user's do
 * @returns the folder that was written
 * @throws ChurnError `write-failed`
 *
 * @example
 * await installKernel('.venv'); // .venv/share/jupyter/kernels/churnlab
 */
export async function installKernel(prefix?: string): Promise<string> {
  const data = prefix === undefined ? jupyterDataFolder() : join(resolve(prefix), 'share', 'jupyter');
  const folder = join(data, 'kernels', KERNEL_NAME);
  await mkdir(folder, { recursive: true });
  await writeTextAtomically(join(folder, 'kernel.json'), `${JSON.stringify(kernelJson(), null, 2)}\n`);
  return folder;
}

/**
 * Where Jupyter keeps what belongs to this user.
 *
 * @see https://docs.jupyter.org/en/latest/use/jupyter-directories.html
 */
export function jupyterDataFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env['JUPYTER_DATA_DIR']) return env['JUPYTER_DATA_DIR'];
  if (platform === 'darwin') return join(home, 'Library', 'Jupyter');
  if (platform !== 'win32') return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'jupyter');
  return env['APPDATA'] ? join(env['APPDATA'], 'jupyter') : join(home, '.jupyter', 'data');
}
