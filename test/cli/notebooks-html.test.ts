import { mkdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { formatNotebook } from '../../src/notebooks/notebook.js';
import { notebookOf, prints } from '../notebooks/review/notebooks.js';
import { expectDone, makeWorkplace } from './workplace.js';

const place = makeWorkplace();
for (const name of ['a.ipynb', 'in/a.ipynb', 'b.ipynb']) {
  place.write(name, formatNotebook(notebookOf({ source: 'auc', outputs: [prints(`AUC in ${name}`)] })));
}

it('notebooks html writes each page beside its notebook', async () => {
  const run = expectDone(await place.run(['notebooks', 'html', 'a.ipynb', 'in/a.ipynb']));
  expect(run.stdout).toBe('Page: a.html\nPage: in/a.html\n');
  expect(place.read('in/a.html')).toMatch(/<title>a<\/title>[\s\S]*AUC in in\/a\.ipynb/);
});

it('notebooks html writes where it is told, a file or a folder that is there', async () => {
  mkdirSync(place.path('pages'));
  expectDone(await place.run(['notebooks', 'html', 'a.ipynb', '--out', 'page.html']));
  const run = expectDone(
    await place.run(['notebooks', 'html', 'a.ipynb', 'b.ipynb', '--out', 'pages', '--json']),
  );
  expect(JSON.parse(run.stdout)).toEqual({
    pages: [
      { notebook: 'a.ipynb', page: 'pages/a.html' },
      { notebook: 'b.ipynb', page: 'pages/b.html' },
    ],
  });
  expect(place.read('page.html')).toBe(place.read('pages/a.html'));
});

it.each([
  ['one file', ['a.ipynb', 'b.ipynb', '--out', 'one.html']],
  ['one folder, under one name', ['a.ipynb', 'in/a.ipynb', '--out', 'in']],
])('notebooks html refuses to write two pages to %s', async (_, args) => {
  const before = place.everything();
  const run = await place.run(['notebooks', 'html', ...args]);
  expect(run.stderr).toMatch(/^churnlab: two notebooks would be written to .+; --out may name a folder/);
  expect([run.status, run.stdout]).toEqual([2, '']);
  expect(place.everything()).toEqual(before);
});
