import { beforeAll, describe, expect, it } from 'vitest';
import { api, compileExamples, examples } from './compile.js';

const functions = api.filter(({ kind }) => kind === 'function').map(({ name }) => name);
let complaints: string[] = [];
beforeAll(() => {
  complaints = compileExamples();
});

const complaintsAbout = (module: string): string =>
  complaints.filter((line) => line.startsWith(`${module}.ts(`)).join('\n');

// That they run and give what they say is a matter of the long tests.
describe('the examples of doc comments', () => {
  it.each(functions)('%s has one that uses it', (name) => {
    const own = examples.filter(({ entry }) => entry.name === name);
    expect(own.some(({ code }) => new RegExp(`\\b${name}\\b`).test(code))).toBe(true);
  });

  it.each(examples)('$name has the right types', ({ name }) => {
    expect(complaintsAbout(name)).toBe('');
  });

  it('compile beside their prelude', () => {
    expect(complaintsAbout('prelude') + complaintsAbout('run')).toBe('');
  });
});
