import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { apiPages, readStages } from './pages.js';
import { readApi } from './read-api.js';
import { readGiven } from './read-given.js';

/** The pages of docs/api as the source stands, by file name. */
export function currentPages(): Map<string, string> {
  const architecture = readFileSync(resolve(import.meta.dirname, '../docs/architecture.md'), 'utf8');
  return apiPages(readApi(), readStages(architecture), readGiven());
}
