import { expect, it } from 'vitest';
import { formatNotebook } from '../../src/notebooks/notebook.js';
import { notebookOf, prints } from '../notebooks/review/notebooks.js';
import { makeWorkplace } from './workplace.js';

const place = makeWorkplace();
const write = (name: string, seed: number, auc: number) => {
  const source = `const seed = ${seed};\nfit(seed)`;
  place.write(name, formatNotebook(notebookOf({ source, outputs: [prints(`AUC ${auc}\n`)] })));
};
write('before.ipynb', 7, 0.848);
write('after.ipynb', 8, 0.851);

it('notebooks diff shows sources by line and outputs by meaning, and exits with 1', async () => {
  const run = await place.run(['notebooks', 'diff', 'before.ipynb', 'after.ipynb']);
  expect(run).toEqual({
    status: 1,
    stdout: [
      '--- before.ipynb',
      '+++ after.ipynb',
      '',
      'cell 1 changed: const seed = 8;',
      '  - const seed = 7;',
      '  + const seed = 8;',
      '    fit(seed)',
      '  ≠ AUC 0.848 → 0.851',
      '',
    ].join('\n'),
    stderr: '',
  });
});

it('notebooks diff says nothing when nothing differs beyond the tolerance, and exits with 0', async () => {
  write('close.ipynb', 7, 0.8485);
  const run = await place.run(['notebooks', 'diff', 'before.ipynb', 'close.ipynb', '--tolerance', '0.01']);
  expect(run).toEqual({ status: 0, stdout: '', stderr: '' });
});

it('notebooks diff tells programs the same', async () => {
  const run = await place.run(['notebooks', 'diff', 'before.ipynb', 'after.ipynb', '--json']);
  expect(JSON.parse(run.stdout)).toMatchObject({
    before: 'before.ipynb',
    after: 'after.ipynb',
    tolerance: 1e-9,
    cells: [{ cell: 0, change: 'changed', outputs: [{ kind: 'number', message: 'AUC 0.848 → 0.851' }] }],
  });
  expect(run.status).toBe(1);
});
