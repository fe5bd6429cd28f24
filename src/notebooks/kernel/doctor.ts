import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { loadBackend } from '../../models/neural-net/backend.js';
import { VERSION } from '../../version.js';
import { collectOutputs } from '../outputs.js';
import { type Kernel, startKernel } from './kernel.js';
import { kernelEntry } from './kernel-entry.js';
import { jupyterDataFolder, KERNEL_NAME } from './kernel-spec.js';

/** One thing that notebooks need, or that is good to know. */
export interface InstallationCheck {
  readonly name: string;
  /** `remark`: not there, and not needed to run notebooks. */
  readonly state: 'ok' | 'not ok' | 'remark';
  /** What was found. */
  readonly found: string;
  /** What to do about it, `null` when it is ok. */
  readonly fix: string | null;
}

type Result = Omit<InstallationCheck, 'name'>;

const ok = (found: string): Result => ({ state: 'ok', found, fix: null });
const notOk = (found: string, fix: string): Result => ({ state: 'not ok', found, fix });
const remark = (found: string, fix: string): Result => ({ state: 'remark', found, fix });

/**
 * Looks over what notebooks need: Node, the built library, ZeroMQ, the kernel itself, TensorFlow.js, Jupyter and the
 * registration of the kernel there. Nothing is changed.
 *
 * @example
 * for (const { name, state, found } of await checkInstallation()) console.log(`${state} ${name}: ${found}`);
 */
export async function checkInstallation(): Promise<InstallationCheck[]> {
  const jupyter = await findJupyter();
  const checks: [name: string, check: () => Result | Promise<Result>][] = [
    ['Node.js', () => checkNode(process.versions.node)],
    ['library', checkLibrary],
    ['ZeroMQ', checkZeromq],
    ['kernel', checkKernel],
    ['neural nets', checkBackend],
    ['Jupyter', () => checkJupyter(jupyter)],
    [
      'registration',
      async () => checkRegistration(await findRegistration(jupyter !== null), jupyter !== null),
    ],
  ];
  const results: InstallationCheck[] = [];
  for (const [name, check] of checks) results.push({ name, ...(await check()) });
  return results;
}

/** The oldest Node.js that `package.json` allows is 20.19. */
export function checkNode(version: string): Result {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 19)
    ? ok(version)
    : notOk(`${version}, needed: 20.19 or later`, 'install a newer Node.js from https://nodejs.org');
}

/** A checkout, unlike a package, has sources that may be newer than what was built from them. */
function checkLibrary(): Result {
  const built = dirname(dirname(dirname(kernelEntry())));
  const sources = join(dirname(built), 'src');
  if (!existsSync(kernelEntry())) return notOk(`${kernelEntry()} is not there`, 'npm run build');
  if (!existsSync(sources)) return ok(`${VERSION}, ${built}`);
  // Every build ends by writing the compiled loops; the compiler leaves alone what has not changed.
  const last = statSync(join(built, 'kernels', 'boosting.wasm'), { throwIfNoEntry: false });
  const builtAt = last?.mtimeMs ?? 0;
  const newer = readdirSync(sources, { recursive: true, encoding: 'utf8' }).find(
    (name) => name.endsWith('.ts') && statSync(join(sources, name)).mtimeMs > builtAt,
  );
  return newer === undefined
    ? ok(`${VERSION}, ${built}`)
    : notOk(
        `src/${newer} is newer than what was built`,
        'npm run build, and restart kernels that are running',
      );
}

async function checkZeromq(): Promise<Result> {
  try {
    const { version } = await import('zeromq');
    return ok(version);
  } catch (fault) {
    return notOk(messageOf(fault), 'npm rebuild zeromq');
  }
}

/** In an empty folder, as notebooks may lie anywhere. */
async function checkKernel(): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'churnlab-doctor-'));
  const started = performance.now();
  let kernel: Kernel | null = null;
  try {
    kernel = await startKernel(folder);
    const answers = [
      await answerOf(kernel, '1 + 1'),
      await answerOf(kernel, "import { VERSION } from 'churnlab'; console.log(VERSION)"),
    ];
    if (answers.join() !== `2,${VERSION}`) {
      return notOk(`1 + 1 and the library's version gave ${answers.join(' and ')}`, 'npm ci');
    }
    return ok(`tslab answers and imports churnlab, in ${secondsSince(started)}`);
  } catch (fault) {
    return notOk(messageOf(fault), 'npm ci');
  } finally {
    await kernel?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function answerOf(kernel: Kernel, code: string): Promise<string> {
  const collector = collectOutputs();
  const outputs = collector.nextCell();
  await kernel.request('execute_request', { code }, collector.add);
  const [first] = outputs;
  if (first?.output_type === 'error') return `${first.ename}: ${first.evalue}`;
  return first?.output_type === 'stream' ? first.text.trim() : 'nothing';
}

async function checkBackend(): Promise<Result> {
  try {
    return ok(`TensorFlow.js on ${(await loadBackend()).name}`);
  } catch (fault) {
    return notOk(messageOf(fault), 'npm ci');
  }
}

/** What the Jupyter on `PATH` says about itself. */
async function findJupyter(): Promise<string | null> {
  for (const [program, title] of [
    ['jupyter-lab', 'JupyterLab'],
    ['jupyter-notebook', 'Jupyter Notebook'],
    ['jupyter-server', 'Jupyter Server'],
  ] as const) {
    const version = await output(program, ['--version']);
    if (version !== null) return `${title} ${version.trim()}`;
  }
  return null;
}

const checkJupyter = (jupyter: string | null): Result =>
  jupyter === null
    ? remark('not on PATH', 'only the browser needs it: pip install jupyterlab; VS Code brings its own')
    : ok(jupyter);

const specSchema = z.looseObject({ argv: z.array(z.string()) });
const listSchema = z.looseObject({
  kernelspecs: z.record(z.string(), z.looseObject({ resource_dir: z.string() })),
});

/** A registered kernel: its folder, and the programs that it starts. */
export interface Registration {
  readonly folder: string;
  readonly argv: readonly string[];
}

/** Jupyter itself knows where it looks; without one, this user's folder is where it would. */
async function findRegistration(hasJupyter: boolean): Promise<Registration | null> {
  const listed = hasJupyter ? await output('jupyter-kernelspec', ['list', '--json']) : null;
  const folder =
    listed === null
      ? join(jupyterDataFolder(), 'kernels', KERNEL_NAME)
      : listSchema.parse(JSON.parse(listed)).kernelspecs[KERNEL_NAME]?.resource_dir;
  const file = folder && join(folder, 'kernel.json');
  if (!file || !existsSync(file)) return null;
  return { folder, argv: specSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).argv };
}

/** Whether Jupyter would start this installation's kernel, with a Node.js that is there. */
export function checkRegistration(registration: Registration | null, hasJupyter: boolean): Result {
  const fix = 'churnlab notebooks install (with --prefix, for the Jupyter of one Python environment)';
  const amiss = hasJupyter ? notOk : remark;
  if (!registration) return amiss('none: Jupyter does not know the kernel', fix);
  const { folder, argv } = registration;
  const [node = '', entry = ''] = argv;
  if (!existsSync(node)) return amiss(`${folder} starts ${node}, which is not there`, fix);
  if (entry !== kernelEntry()) return amiss(`${folder} starts another installation, ${entry}`, fix);
  return ok(folder);
}

/** `null` for a program that is not there or fails. */
async function output(program: string, args: string[]): Promise<string | null> {
  const run = promisify(execFile)(program, args, { timeout: 30_000 });
  return run.then(
    ({ stdout }) => stdout,
    () => null,
  );
}

const secondsSince = (started: number): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
const messageOf = (fault: unknown): string => (fault instanceof Error ? fault.message : String(fault));
