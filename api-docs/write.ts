/** Writes docs/api anew: npm run docs */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { currentPages } from './current-pages.js';

const folder = resolve(import.meta.dirname, '../docs/api');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of currentPages()) writeFileSync(join(folder, name), text);
