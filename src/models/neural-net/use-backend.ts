import { ChurnError } from '../../errors.js';
import { loadBackend } from './backend.js';
import type { FittedNeuralNet } from './model.js';

/**
 * Settles what neural nets are trained on in this process, before the first one is: a notebook whose figures
 * others shall get too names the backend that works everywhere. Without it the fastest that works is taken.
 *
 * It has a file of its own so that the public types do not draw in those of TensorFlow.js, which a notebook's kernel
 * would have to read.
 *
 * @throws ChurnError `missing-tool` when it does not work here; `bad-option` when another one is in use already
 * @example
 * await useBackend('tfjs-wasm');
 */
export async function useBackend(name: FittedNeuralNet['backend']): Promise<void> {
  const inUse = (await loadBackend(name)).name;
  if (inUse === name) return;
  throw new ChurnError(
    'bad-option',
    `useBackend: ${inUse} is in use in this process already; name ${name} before the first net is trained`,
  );
}
