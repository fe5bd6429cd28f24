import { describe, expect, it, vi } from 'vitest';
import { isRunning } from '../notebooks/processes.js';
import { ended, expectDone, makeWorkplace } from './workplace.js';

const place = makeWorkplace();

const cell = (source: string, tags: string[] = []) => ({
  cell_type: 'code',
  metadata: tags.length > 0 ? { tags } : {},
  source,
  outputs: [],
  execution_count: null,
});

function writeNotebook(name: string, cells: object[]): string {
  return place.write(name, JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
}

/** The outputs of the last cell. */
const shown = (name: string) => place.readJson(name).cells.at(-1).outputs;

const defining = cell(
  `import { z } from 'zod'; import { defineParameters } from 'churnlab';
   let parameters = defineParameters({
     accounts: z.int().default(800).describe('size of the company'), input: z.string().default(''),
   });`,
  ['parameters'],
);
const using = cell('console.log(parameters)');

let starts = 0;

/** Starts a run whose only cell writes the number of its kernel's process and of one that it starts, and loops. */
async function startEndless() {
  starts += 1;
  const file = `pids-${starts}`;
  writeNotebook('endless.ipynb', [
    cell(`import { spawn } from 'node:child_process'; import { writeFileSync } from 'node:fs';
      console.log('began');
      writeFileSync('${file}', process.pid + ' ' + spawn('sleep', ['1000']).pid);
      while (true) {}`),
  ]);
  const child = place.start(['notebooks', 'run', 'endless.ipynb']);
  const run = ended(child);
  const failed = run.then(({ stderr }) => Promise.reject(new Error(stderr)));
  const begun = vi.waitFor(() => expect(place.read(file)).toMatch(/^\d+ \d+$/), { timeout: 60_000 });
  failed.catch(() => {});
  await Promise.race([begun, failed]);
  return { child, run, pids: place.read(file).split(' ').map(Number) };
}

async function expectGone(pids: readonly number[]): Promise<void> {
  await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 10_000 });
}

describe('notebooks run', () => {
  it('gives a notebook fresh outputs, and sets parameters in another one', async () => {
    writeNotebook('sub/a.ipynb', [defining, using]);
    const plain = expectDone(await place.run(['notebooks', 'run', 'sub/a.ipynb']));
    expect(plain.stdout).toMatch(/^sub\/a\.ipynb: \d+\.\d s, \d+ MB\n$/);
    expect(shown('sub/a.ipynb')).toMatchObject([{ text: ["{ accounts: 800, input: '' }\n"] }]);
    const before = place.read('sub/a.ipynb');
    const options = ['--param', 'accounts=500', '--path', 'input=tables/x', '--out', 'results', '--json'];
    const changed = expectDone(await place.run(['notebooks', 'run', 'sub/a.ipynb', ...options]));
    expect(shown('results/a.ipynb')).toMatchObject([{ text: ["{ accounts: 500, input: '../tables/x' }\n"] }]);
    expect(JSON.parse(changed.stdout)).toMatchObject({
      runs: [{ file: 'sub/a.ipynb', out: 'results/a.ipynb', failure: null }],
    });
    expect(place.read('sub/a.ipynb')).toBe(before);
    expect(place.everything().filter((name) => name.startsWith('temporary/'))).toEqual([]);
  });

  it('leaves a notebook that fails as it is, keeps its error beside it, and runs the others', async () => {
    writeNotebook('bad.ipynb', [cell('\nthrow new RangeError("too far")')]);
    writeNotebook('good.ipynb', [cell('console.log(1)')]);
    const before = place.read('bad.ipynb');
    const run = await place.run(['notebooks', 'run', 'bad.ipynb', 'good.ipynb']);
    expect(run.status).toBe(1);
    expect(run.stderr).toBe(
      'bad.ipynb, cell 1, line 2: RangeError: too far\n' +
        '  throw new RangeError("too far")\n' +
        '  with its error: bad.failed.ipynb\n',
    );
    expect(place.read('bad.ipynb')).toBe(before);
    expect(shown('bad.failed.ipynb')).toMatchObject([{ output_type: 'error', ename: 'RangeError' }]);
    expect(shown('good.ipynb')).toMatchObject([{ text: ['1\n'] }]);
    writeNotebook('bad.ipynb', [cell('console.log(2)')]);
    expectDone(await place.run(['notebooks', 'run', 'bad.ipynb']));
    expect(place.has('bad.failed.ipynb')).toBe(false);
  });

  it('says which parameters there are when one is not known', async () => {
    writeNotebook('b.ipynb', [defining, using]);
    const run = await place.run(['notebooks', 'run', 'b.ipynb', '--param', 'acounts=5', '--out', 'c.ipynb']);
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/there is no parameter acounts.*\n {2}accounts \(800\): size of the company/);
    expect(place.has('c.ipynb')).toBe(false);
    expect(place.has('c.failed.ipynb')).toBe(true);
  });

  it.each([
    ['parameters without a place', ['b.ipynb', '--param', 'a=1'], 2, /--out says where it goes/],
    ['one file for two', ['b.ipynb', 'bad.ipynb', '--out', 'x.ipynb'], 2, /one file for 2 notebooks/],
    ['two of one name', ['b.ipynb', 'sub/../b.ipynb', '--out', 'x'], 2, /two notebooks would both be/],
    ['a parameter without a value', ['b.ipynb', '--param', 'a'], 2, /needed: name=value/],
    ['a size without a unit', ['b.ipynb', '--memory', '4'], 2, /such as 500m or 4g/],
    ['a notebook that is not there', ['none.ipynb'], 1, /none\.ipynb cannot be read/],
  ])('refuses %s', async (_, args, status, message) => {
    const run = await place.run(['notebooks', 'run', ...args]);
    expect(run.stderr).toMatch(message);
    expect([run.status, run.stdout]).toEqual([status, '']);
  });

  it('is interrupted by Ctrl-C: the notebook so far is kept, and no process', async () => {
    const { child, run, pids } = await startEndless();
    child.kill('SIGINT');
    const { status, stderr } = await run;
    expect(status).toBe(130);
    expect(stderr).toMatch(/^Stopping.*\nendless\.ipynb, cell 1: Interrupted: the run was interrupted\n/);
    expect(shown('endless.failed.ipynb')).toMatchObject([{ text: ['began\n'] }, { ename: 'Interrupted' }]);
    await expectGone(pids);
  });

  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'leaves no process and no file when it is ended by %s',
    async (signal) => {
      const { child, run, pids } = await startEndless();
      child.kill(signal);
      await run;
      await expectGone(pids);
      expect(place.everything().filter((name) => name.startsWith('temporary/'))).toEqual([]);
    },
  );
});

describe('notebooks install', () => {
  it('registers the kernel where Jupyter looks', async () => {
    const run = expectDone(await place.run(['notebooks', 'install', '--prefix', 'my env', '--json']));
    const { folder } = JSON.parse(run.stdout);
    expect(folder).toBe(place.path('my env/share/jupyter/kernels/churnlab'));
    expect(place.readJson('my env/share/jupyter/kernels/churnlab/kernel.json').language).toBe('typescript');
    const own = { JUPYTER_DATA_DIR: place.path('data') };
    expectDone(await place.run(['notebooks', 'install'], own));
    const doctor = await place.run(['notebooks', 'doctor'], own);
    expect(doctor.stdout).toMatch(/^ok {6}kernel: .*imports churnlab/m);
    expect(doctor.stdout).toMatch(/^ok {6}registration: /m);
  });
});
