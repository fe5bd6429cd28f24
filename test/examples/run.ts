/** Runs the compiled examples named by the first file, in this folder, and writes what they showed to the second. */
import { readFileSync, writeFileSync } from 'node:fs';
import { closeGiven } from './prelude.js';

const [list, out] = process.argv.slice(2) as [string, string];
const outcomes: Record<string, { shown: unknown[]; error: string | null }> = {};
for (const name of JSON.parse(readFileSync(list, 'utf8')) as string[]) outcomes[name] = await outcomeOf(name);
await closeGiven();
writeFileSync(out, JSON.stringify(outcomes));
process.exit(0);

async function outcomeOf(name: string): Promise<{ shown: unknown[]; error: string | null }> {
  try {
    const { shown } = (await import(`./${name}.js`)) as { shown: unknown[] };
    return { shown: shown.map((value) => plain(value)), error: null };
  } catch (error) {
    return { shown: [], error: String((error as Error).stack) };
  }
}

/** As JSON has it; typed arrays as arrays, and what JSON does not know as its name. */
function plain(value: unknown): unknown {
  if (value === undefined) return 'undefined';
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(value as unknown[], plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
