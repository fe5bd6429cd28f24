import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ChurnError } from '../../errors.js';

/** TensorFlow.js as a value, loaded when the first net is trained and not before. */
export type TensorFlow = typeof import('@tensorflow/tfjs');
type WasmBackend = typeof import('@tensorflow/tfjs-backend-wasm');

/** `import()` of these CommonJS packages takes four times as long: 0.8 s against 0.2 s. */
const requireHere = createRequire(import.meta.url);

/** TensorFlow.js with a backend set and tried. */
export interface Backend {
  readonly tf: TensorFlow;
  /** What the arithmetic runs on; the same seed gives the same bits on the same one only. */
  readonly name: 'tfjs-node' | 'tfjs-wasm' | 'tfjs-cpu';
}

/** One way to get TensorFlow.js; `load` rejects or throws where it cannot work. */
export interface BackendLoader {
  readonly name: Backend['name'];
  load(): Promise<TensorFlow>;
}

/** From the fastest to the one that always works. */
export const backendLoaders: readonly BackendLoader[] = [
  { name: 'tfjs-node', load: loadNative },
  { name: 'tfjs-wasm', load: loadWasm },
  { name: 'tfjs-cpu', load: loadCpu },
];

let loaded: Promise<Backend> | null = null;

/**
 * The fastest TensorFlow.js that works here: the native one (`@tensorflow/tfjs-node`, an optional
 * dependency that may be absent), else WebAssembly, else plain JavaScript. Loaded once per process.
 *
 * TensorFlow.js is put in its production mode, which silences its advertisement and its checks for NaN.
 *
 * @param only the one to try, unless one is loaded already
 * @throws ChurnError `missing-tool` when none works
 */
export function loadBackend(only?: Backend['name']): Promise<Backend> {
  loaded ??= firstBackend(backendLoaders.filter(({ name }) => only === undefined || name === only));
  return loaded;
}

/** The first backend that loads and multiplies rightly; why an earlier one failed stays untold. */
export async function firstBackend(loaders: readonly BackendLoader[]): Promise<Backend> {
  const failures: string[] = [];
  for (const { name, load } of loaders) {
    try {
      const tf = await load();
      tryArithmetic(tf);
      return { tf, name };
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new ChurnError(
    'missing-tool',
    `loadBackend: no TensorFlow.js backend works; reinstall with npm ci (${failures.join('; ')})`,
  );
}

async function loadNative(): Promise<TensorFlow> {
  return quietNative(() => {
    const tf = requireHere('@tensorflow/tfjs-node') as TensorFlow;
    tf.enableProdMode();
    if (tf.getBackend() !== 'tensorflow') throw new Error('the native backend is not in use');
    // On Node 23 and later tfjs-node 4 loads, but its operations throw.
    tryArithmetic(tf);
    return tf;
  });
}

/** Runs `work` with libtensorflow's information lines off; it reads the level once, at its first line. */
function quietNative<T>(work: () => T): T {
  const before = process.env['TF_CPP_MIN_LOG_LEVEL'];
  process.env['TF_CPP_MIN_LOG_LEVEL'] = before ?? '2';
  try {
    return work();
  } finally {
    if (before === undefined) delete process.env['TF_CPP_MIN_LOG_LEVEL'];
  }
}

/** One thread: TensorFlow.js has no WebAssembly threads under Node, and sums in a fixed order. */
async function loadWasm(): Promise<TensorFlow> {
  const tf = loadPlain();
  const { setWasmPaths } = requireHere('@tensorflow/tfjs-backend-wasm') as WasmBackend;
  setWasmPaths(join(dirname(requireHere.resolve('@tensorflow/tfjs-backend-wasm')), '/'));
  return withoutCrashListeners(() => withBackend(tf, 'wasm'));
}

/**
 * Runs `work` and takes off the listeners that it left: the WebAssembly module's glue code rethrows every
 * uncaught error of the whole process, which would then exit with code 7.
 */
async function withoutCrashListeners<T>(work: () => Promise<T>): Promise<T> {
  const errors = process.listeners('uncaughtException');
  const rejections = process.listeners('unhandledRejection');
  try {
    return await work();
  } finally {
    for (const listener of process.listeners('uncaughtException')) {
      if (!errors.includes(listener)) process.off('uncaughtException', listener);
    }
    for (const listener of process.listeners('unhandledRejection')) {
      if (!rejections.includes(listener)) process.off('unhandledRejection', listener);
    }
  }
}

async function loadCpu(): Promise<TensorFlow> {
  return withBackend(loadPlain(), 'cpu');
}

function loadPlain(): TensorFlow {
  const tf = requireHere('@tensorflow/tfjs') as TensorFlow;
  tf.enableProdMode();
  return tf;
}

async function withBackend(tf: TensorFlow, backend: string): Promise<TensorFlow> {
  if (!(await tf.setBackend(backend))) throw new Error(`backend ${backend} does not start`);
  return tf;
}

/** @throws Error when relu(2 · 3 − 1) is not 5 */
function tryArithmetic(tf: TensorFlow): void {
  const result = tf.tidy(() => {
    const [a, b] = [tf.tensor2d([[2]]), tf.tensor2d([[3]])];
    return tf.fused.matMul({ a, b, bias: tf.tensor1d([-1]), activation: 'relu' }).dataSync()[0];
  });
  if (result !== 5) throw new Error(`wrong arithmetic: relu(2 · 3 − 1) gave ${result}`);
}
