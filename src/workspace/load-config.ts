import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type AspectDefinition, aspectSchema, defineAspect } from '../contracts/aspect.js';
import { ChurnError } from '../errors.js';
import { defineWorkspace, parseConfig, type WorkspaceConfig } from './config.js';

const CONFIG_NAMES = [
  'churnlab.config.ts',
  'churnlab.config.mjs',
  'churnlab.config.js',
  'churnlab.config.json',
];
const ASPECT_FILE = /(?<!\.d)\.(?:ts|mjs|js)$/u;

/** A workspace's configuration as read. */
export interface LoadedConfig {
  readonly config: WorkspaceConfig;
  /** `null` where the folder has none and the defaults hold. */
  readonly file: string | null;
}

/**
 * Reads `churnlab.config.ts`, `.mjs`, `.js` or `.json` of a folder; without one the defaults hold.
 *
 * @throws ChurnError `bad-file` when it cannot be run or there are several, `bad-option` when it says something wrong
 */
export async function loadConfig(folder: string): Promise<LoadedConfig> {
  const found = CONFIG_NAMES.filter((name) => existsSync(join(folder, name)));
  if (found.length > 1) {
    throw new ChurnError('bad-file', `${folder} has several configurations: ${found.join(', ')}; keep one`);
  }
  const [file] = found;
  if (file === undefined) return { config: parseConfig({}, 'defaults'), file: null };
  return { config: parseConfig(await importDefault(join(folder, file)), file), file };
}

/**
 * The user's own aspects: the default exports of `aspects/*.ts`, `.mjs` and `.js` of a workspace, by file name.
 *
 * @throws ChurnError `bad-file` when one cannot be run, `bad-option` when it is no aspect
 */
export async function loadAspects(folder: string): Promise<AspectDefinition[]> {
  const place = join(folder, 'aspects');
  if (!existsSync(place)) return [];
  const aspects: AspectDefinition[] = [];
  for (const name of readdirSync(place)
    .filter((one) => ASPECT_FILE.test(one))
    .sort()) {
    const parsed = aspectSchema.safeParse(await importDefault(join(place, name)));
    if (!parsed.success) {
      const faults = parsed.error.issues.map(
        ({ path, message }) => `${path.join('.') || 'the aspect'}: ${message}`,
      );
      throw new ChurnError('bad-option', `aspects/${name}: ${faults.join('; ')}`, { file: name });
    }
    const twin = aspects.find(({ aspect }) => aspect === parsed.data.aspect);
    if (twin)
      throw new ChurnError(
        'bad-option',
        `aspects/${name}: there are two aspects "${twin.aspect}"; rename one`,
      );
    aspects.push(parsed.data);
  }
  return aspects;
}

async function importDefault(path: string): Promise<unknown> {
  const found = path.endsWith('.json') ? { default: await readJson(path) } : await importModule(path);
  if (found['default'] !== undefined) return found['default'];
  throw new ChurnError(
    'bad-file',
    `${basename(path)} has no default export; write: export default defineWorkspace({ … })`,
    { path },
  );
}

/** Runs TypeScript or JavaScript, in which `churnlab` offers `defineWorkspace` and `defineAspect` wherever the file lies. */
async function importModule(path: string): Promise<Record<string, unknown>> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(resolve(path), {
    virtualModules: { churnlab: { defineWorkspace, defineAspect } },
    fsCache: false,
    moduleCache: false,
    tryNative: false,
    interopDefault: false,
  });
  try {
    return await jiti.import<Record<string, unknown>>(resolve(path));
  } catch (error) {
    throw cannotRun(path, error);
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw cannotRun(path, error);
  }
}

function cannotRun(path: string, error: unknown): ChurnError {
  const cause = error instanceof Error ? error.message : String(error);
  return new ChurnError('bad-file', `${basename(path)} cannot be read: ${cause.split('\n', 1)[0]}`, { path });
}
