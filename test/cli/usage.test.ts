import { describe, expect, it } from 'vitest';
import { VERSION } from '../../src/version.js';
import { customerRows, delimited, trainArgs } from './customers.js';
import { ended, makeWorkplace } from './workplace.js';

const place = makeWorkplace();
place.write('t.csv', delimited(customerRows(30)));

const wrong: [string, string[], RegExp][] = [
  ['no command', [], /^Usage: churnlab/],
  ['a command that is not there', ['scoer'], /unknown command 'scoer'.*\n.*score/],
  ['an option that is not there', [...trainArgs('t.csv'), '--tree', '3'], /unknown option '--tree'/],
  ['train without a target', ['train', 't.csv'], /required option '--target <column>' not specified/],
  ['train without an input', ['train', '--target', 'churned'], /missing required argument 'input'/],
  ['two inputs', [...trainArgs('t.csv'), 'u.csv'], /too many arguments/],
  ['score without a model', ['score', 't.csv', '--out', 's.csv'], /required option '--model <folder>'/],
  ['score without a place', ['score', 't.csv', '--model', 'm'], /required option '--out <file>'/],
  ['a seed that is no whole number', trainArgs('t.csv', 'm', '--seed', '1.5'), /whole number/],
  ['no time at all', trainArgs('t.csv', 'm', '--time-budget', '0s'), /duration above 0/],
  [
    'a share above 1',
    trainArgs('t.csv', 'm', '--save-rate', '30'),
    /save rate must lie in \[0, 1\], found 30/,
  ],
  ['a name that leads elsewhere', trainArgs('t.csv', 'm', '--name', '../x'), /a name that a folder may have/],
  ['one column as target and id', ['train', 't.csv', '--target', 'churned', '--id', 'churned'], /both name/],
  ['a sheet of a csv', trainArgs('t.csv', 'm', '--sheet', 'Q1'), /sheet "Q1" asked of t\.csv/],
];

describe('wrong usage', () => {
  it.each(wrong)('%s: exit 2, nothing on stdout, nothing written', async (_, args, message) => {
    const before = place.everything();
    const run = await place.run(args);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect(run.stdout).toBe('');
    expect(run.status).toBe(2);
    expect(place.everything()).toEqual(before);
  });
});

describe('help', () => {
  it.each(['--help', 'train --help', 'help score'])('%s: exit 0, on stdout', async (line) => {
    const run = await place.run(line.split(' '));
    expect(run.stdout).toMatch(/^Usage: churnlab/);
    expect([run.status, run.stderr]).toEqual([0, '']);
  });

  it('--version prints the version alone', async () => {
    expect(await place.run(['--version'])).toEqual({ status: 0, stdout: `${VERSION}\n`, stderr: '' });
  });

  it('is no fault of ours when nobody reads it to the end', async () => {
    const child = place.start(['check', 't.csv', '--json', '--out', 'checked']);
    child.stdout?.destroy();
    const run = await ended(child);
    expect(run.stderr).toBe('Reading t.csv\n');
    expect(run.status).toBe(0);
    expect(place.has('checked/report.html')).toBe(true);
  });
});
