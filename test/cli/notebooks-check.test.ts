import { expect, it } from 'vitest';
import { formatNotebook } from '../../src/notebooks/notebook.js';
import { notebookOf, prints } from '../notebooks/review/notebooks.js';
import { expectRefusal, makeWorkplace } from './workplace.js';

const place = makeWorkplace();
const source = "console.log('AUC', 0.848);";
place.write('good.ipynb', formatNotebook(notebookOf({ source, outputs: [prints('AUC 0.848\n')] })));
place.write('stale.ipynb', formatNotebook(notebookOf({ source, outputs: [prints('AUC 0.851\n')] })));

it('notebooks check says what is wrong with each notebook, changes none, and exits with 1', async () => {
  const before = place.everything();
  const run = await place.run(['notebooks', 'check', 'good.ipynb', 'stale.ipynb']);
  expect(run).toEqual({
    status: 1,
    stdout: 'good.ipynb: ok\nstale.ipynb: 1 finding\n  cell 1: stale: AUC 0.851 → 0.848\n',
    stderr: 'Running good.ipynb\nRunning stale.ipynb\n',
  });
  expect(place.everything()).toEqual(before);
});

it('notebooks check is content within the tolerance, and tells programs the same', async () => {
  const run = await place.run([
    'notebooks',
    'check',
    'stale.ipynb',
    '--tolerance',
    '0.01',
    '--json',
    '--quiet',
  ]);
  expect([run.status, run.stderr]).toEqual([0, '']);
  expect(JSON.parse(run.stdout)).toEqual({
    tolerance: 0.01,
    notebooks: [{ file: 'stale.ipynb', findings: [] }],
  });
});

it('notebooks check refuses what is no notebook', async () => {
  place.write('text.ipynb', 'text');
  await expectRefusal(place, ['notebooks', 'check', 'text.ipynb'], /text\.ipynb is no JSON/);
});

it.each(['1', 'much', '-1'])('notebooks check refuses a tolerance of %s', async (tolerance) => {
  const run = await place.run(['notebooks', 'check', 'good.ipynb', `--tolerance=${tolerance}`]);
  expect(run.stderr).toMatch(
    /'--tolerance <share>' argument '.+' is invalid\. needed: a (?:share below 1|number)/,
  );
  expect([run.status, run.stdout]).toEqual([2, '']);
});
