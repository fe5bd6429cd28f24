import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILD, compileExamples, examples, runNode } from './compile.js';
import { difference, expectedOf, type Outcome } from './examples.js';

const work = mkdtempSync(join(tmpdir(), 'churnlab-examples-'));
let outcomes: Record<string, Outcome> = {};
beforeAll(() => {
  compileExamples();
  const out = join(work, 'outcomes.json');
  const { status, stderr } = runNode([join(BUILD, 'run.js'), join(BUILD, 'list.json'), out], work);
  if (status !== 0) throw new Error(`the examples did not run: ${stderr}`);
  outcomes = JSON.parse(readFileSync(out, 'utf8'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the examples of doc comments', () => {
  it.each(examples)('$name runs, and gives what it says', (example) => {
    const { shown, error } = outcomes[example.name] ?? { shown: [], error: 'it was not run' };
    expect(error).toBeNull();
    const differences = expectedOf(example).map((expected, index) => difference(expected, shown[index]));
    expect(differences.filter((text) => text !== null).join('\n')).toBe('');
  });
});
