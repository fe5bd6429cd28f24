import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  backendLoaders,
  firstBackend,
  loadBackend,
  type TensorFlow,
} from '../../../src/models/neural-net/backend.js';

const [nativeLoader, wasmLoader, cpuLoader] = backendLoaders as [
  (typeof backendLoaders)[number],
  (typeof backendLoaders)[number],
  (typeof backendLoaders)[number],
];
const absent = {
  ...nativeLoader,
  load: () => Promise.reject(new Error("Cannot find package '@tensorflow/tfjs-node'")),
};

afterEach(() => vi.restoreAllMocks());

describe('firstBackend', () => {
  it('goes on to WebAssembly, silently and without leaving listeners, when tfjs-node does not load', async () => {
    const printed = [
      ...(['log', 'info', 'warn', 'error'] as const).map((method) => vi.spyOn(console, method)),
      vi.spyOn(process.stdout, 'write'),
      vi.spyOn(process.stderr, 'write'),
    ];
    const listeners = () =>
      ['uncaughtException', 'unhandledRejection'].map((event) => process.listenerCount(event));
    const before = [...listeners(), process.env['TF_CPP_MIN_LOG_LEVEL']];
    const { tf, name } = await firstBackend([absent, wasmLoader]);
    expect(name).toBe('tfjs-wasm');
    expect(tf.getBackend()).toBe('wasm');
    expect(printed.flatMap((spy) => spy.mock.calls)).toEqual([]);
    expect([...listeners(), process.env['TF_CPP_MIN_LOG_LEVEL']]).toEqual(before);
  });

  it('goes on when a backend loads but does not work, down to plain JavaScript without its banner', async () => {
    const broken = {
      ...nativeLoader,
      load: () => Promise.resolve({ tidy: () => 4 } as unknown as TensorFlow),
    };
    const warn = vi.spyOn(console, 'warn');
    const { tf, name } = await firstBackend([broken, cpuLoader]);
    expect(name).toBe('tfjs-cpu');
    expect(tf.tidy(() => tf.add(1, 2).dataSync()[0])).toBe(3);
    expect(warn).not.toHaveBeenCalled();
  });

  it('throws missing-tool with every reason when none loads', async () => {
    await expect(firstBackend([absent])).rejects.toMatchObject({
      code: 'missing-tool',
      message: expect.stringContaining("tfjs-node: Cannot find package '@tensorflow/tfjs-node'"),
    });
  });
});

it('loads once, in one thread where WebAssembly runs', async () => {
  const first = await loadBackend();
  expect(await loadBackend()).toBe(first);
  if (first.name !== 'tfjs-wasm') return;
  const { getThreadsCount } = await import('@tensorflow/tfjs-backend-wasm');
  expect(getThreadsCount()).toBe(1);
});
