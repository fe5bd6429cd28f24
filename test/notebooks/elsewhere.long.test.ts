import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { checkNotebook } from '../../src/notebooks/review/check-notebook.js';

afterEach(() => vi.unstubAllEnvs());

/** The ones that are full of days, months and amounts. */
const FILES = [
  '01-meet-the-data',
  '02-how-much-do-we-lose',
  '06-what-is-it-worth',
  '07-bring-your-own-tables',
];

it.each(FILES)('%s gives the committed outputs at the other end of the world too', async (file) => {
  vi.stubEnv('TZ', 'Pacific/Auckland');
  vi.stubEnv('LC_ALL', 'de_DE.UTF-8');
  vi.stubEnv('LANG', 'de_DE.UTF-8');
  const path = join(import.meta.dirname, '..', '..', 'notebooks', `${file}.ipynb`);
  expect(await checkNotebook(path, { timeoutSeconds: 280 })).toEqual([]);
});
