import { expect, it } from 'vitest';
import { loadBackend } from '../../../src/models/neural-net/backend.js';
import { useBackend } from '../../../src/models/neural-net/use-backend.js';

it('useBackend takes the one that is named, and no second one', async () => {
  await useBackend('tfjs-cpu');
  expect((await loadBackend()).name).toBe('tfjs-cpu');
  await useBackend('tfjs-cpu');
  await expect(useBackend('tfjs-wasm')).rejects.toThrow('tfjs-cpu is in use in this process already');
});
