import { beforeAll, describe, expect, it } from 'vitest';
import type { Fact } from '../../src/flags/ledger.js';
import { flagWorldRows } from '../training/flag-world.js';
import { delimited } from './customers.js';
import { ended, expectDone, makeWorkplace } from './workplace.js';

const place = makeWorkplace();
const FLAGS = ['flags', 't.csv', '--target', 'churned', '--id', 'id', '--permutations', '100'];

beforeAll(() => {
  place.write('t.csv', delimited(flagWorldRows(10_000, 1)));
  place.write('next.csv', delimited(flagWorldRows(10_000, 2)));
});

describe('flags', () => {
  it('finds the combination, writes ledger and report, and prints what it found', async () => {
    const run = expectDone(await place.run([...FLAGS, '--report', 'flags.html', '--quiet']));
    expect(run.stderr).toBe('');
    expect(run.stdout).toMatch(/^\d+ COMPOUND RED FLAGS? CONFIRMED\n/);
    expect(run.stdout).toContain('Ledger: flags.json\nReport: flags.html\n');
    const ledger = place.readJson('flags.json');
    const all = ledger.facts.filter(
      ({ status, conditions }: Fact) => status === 'confirmed' && conditions.length === 3,
    );
    const [first] = all;
    expect(first.conditions.map(({ feature }: { feature: string }) => feature).sort()).toEqual([
      'cases_28d',
      'csat',
      'days_since_login',
    ]);
    expect(first.confirmation.rate).toBeGreaterThan(0.35);
    expect(place.read('flags.html')).toContain('Red flags in <bdi>t.csv</bdi>');
  });

  it('prints the ledger as one JSON document, the same bytes again', async () => {
    const [one, two] = [
      await place.run([...FLAGS, '--json', '--out', 'one.json', '--quiet']),
      await place.run([...FLAGS, '--json', '--out', 'two.json', '--quiet']),
    ];
    expect(one.stdout).toBe(place.read('one.json'));
    expect(two.stdout).toBe(one.stdout);
  });

  it('sets aside what is handled and tests a flag of one’s own', async () => {
    const own = ['--handled', 'seats < 20', '--test', 'csat < 5 and cases_28d > 10'];
    expectDone(await place.run([...FLAGS, ...own, '--out', 'own.json', '--quiet']));
    const ledger = place.readJson('own.json');
    expect(ledger.handled).toMatchObject([{ expression: 'seats < 20' }]);
    expect(ledger.facts.map(({ expression }: Fact) => expression)).toContain('csat < 5 and cases_28d > 10');
  });

  it('retests a ledger on new data', async () => {
    expectDone(await place.run([...FLAGS, '--quiet']));
    const args = ['flags', 'next.csv', '--target', 'churned', '--id', 'id', '--retest', 'flags.json'];
    expectDone(await place.run([...args, '--out', 'again.json', '--quiet']));
    const [first] = place.readJson('again.json').facts;
    expect(first.retests).toMatchObject([{ verdict: 'alive', data: { file: 'next.csv' } }]);
    const known = await place.run([
      'flags',
      't.csv',
      '--target',
      'churned',
      '--retest',
      'flags.json',
      '--quiet',
    ]);
    expect(known.stderr).toMatch(/retest: needs data that the ledger has not seen; t\.csv already found/);
    expect(known.status).toBe(2);
  });
});

describe('wrong usage of flags', () => {
  it.each<[string, string[], RegExp]>([
    ['no target', ['flags', 't.csv'], /required option '--target <column>' not specified/],
    ['a depth of 5', [...FLAGS, '--depth', '5'], /needed: a whole number from 1 to 4/],
    ['no accounts to contact', [...FLAGS, '--capacity', '0'], /needed: a whole number above 0/],
    [
      'a correction that is not there',
      [...FLAGS, '--correction', 'bonferroni'],
      /westfall-young or benjamini-yekutieli/,
    ],
    [
      'a flag that cannot be read',
      [...FLAGS, '--handled', 'csat < 5 or seats < 20'],
      /flag: at character 10.*write two flags/,
    ],
    [
      'a flag on a column that is not there',
      [...FLAGS, '--handled', 'csatt < 5'],
      /"csatt" \(nearest: "csat"\)/,
    ],
    [
      'a search with a retest',
      [...FLAGS, '--retest', 'flags.json'],
      /--permutations does not fit: a retest searches nothing/,
    ],
    [
      'an option of dated tables',
      [...FLAGS, '--horizon', '30'],
      /--horizon does not fit: t\.csv is one table/,
    ],
  ])('%s: nothing on stdout, nothing written', async (_, args, message) => {
    const before = place.everything();
    const run = await place.run([...args, '--out', 'refused.json', '--quiet']);
    expect(run.stderr).toMatch(message);
    expect(run.stdout).toBe('');
    expect([1, 2]).toContain(run.status);
    expect(place.everything()).toEqual(before);
  });

  it('a place that cannot be written to is refused before the search', async () => {
    const run = await place.run([...FLAGS, '--out', 'nowhere/flags.json', '--quiet']);
    expect(run.stderr).toMatch(/^churnlab: cannot write nowhere\/flags\.json/);
    expect(run.status).toBe(1);
  });
});

describe('Ctrl-C during a search', () => {
  it('keeps what is proven', async () => {
    const child = place.start([
      ...FLAGS,
      '--permutations',
      '100000',
      '--depth',
      '4',
      '--out',
      'stopped.json',
    ]);
    const end = ended(child);
    child.stderr?.on('data', (text: string) => {
      if (text.includes('Looking for flags')) child.kill('SIGINT');
    });
    const run = await end;
    expect(run.stderr).toContain('Stopping; Ctrl-C again ends the program at once');
    expect(run.status).toBe(0);
    const { complete, permutations } = place.readJson('stopped.json').search;
    expect(complete && permutations > 0).toBe(false);
  });
});
