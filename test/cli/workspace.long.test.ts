import { readdirSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { expectDone, makeWorkplace } from './workplace.js';

const place = makeWorkplace();
const run = async (...args: string[]) => expectDone(await place.run(args));
const runJson = async (...args: string[]) => JSON.parse((await run(...args, '--json', '--quiet')).stdout);

beforeAll(async () => {
  await run(
    ...['simulate', '--scenario', 'many-sided', '--accounts', '300', '--months', '14', '--seed', '3'],
    ...['--out', 'company'],
  );
});

it('is predicted month by month', async () => {
  const args = ['--horizon', '30', '--folds', '1', '--time-budget', '1s', '--out', 'b.html'];
  const { folds, skipped } = await runJson('backtest', 'company', ...args);
  expect(folds.length + skipped.length).toBe(1);
  for (const { range, actual, inRange } of folds) {
    expect(range.low).toBeLessThanOrEqual(range.high);
    expect(inRange).toBe(actual >= range.low && actual <= range.high);
  }
  expect(place.has('b.html')).toBe(true);
});

it('keeps the features of untouched accounts when every table is full of malformed rows', async () => {
  const random = seededRandom(9).fork('malformed');
  const junk = [
    '',
    'x',
    '-1',
    '31/31/2024',
    '9999-12-31',
    '"',
    '\u0000',
    '1e999',
    '=1+1',
    'NaN',
    '💥',
    '2024-13-01',
  ];
  for (const name of readdirSync(place.path('company')).filter((file) => file.endsWith('.csv'))) {
    const text = place.read(`company/${name}`);
    const width = text.split('\n')[0]!.split(',').length;
    const rows = Array.from({ length: 1000 }, (_, i) =>
      // The first column names the row or its account: none of these is one of the company's.
      [`junk-${i}`, ...Array.from({ length: width - 1 }, () => junk[random.integer(junk.length)]!)].join(','),
    );
    place.write(`dirty/${name}`, `${text}${rows.join('\n')}\n`);
  }
  const { tables } = await runJson('check', 'dirty', '--out', 'dirty-checked');
  for (const { read, kept, rejected } of tables) expect(kept + rejected).toBe(read);
  expect(tables.every(({ rejected }: { rejected: number }) => rejected > 0)).toBe(true);
  const features = async (folder: string) => {
    await run('features', folder, '--as-of', '2023-09-01', '--out', `${folder}.csv`, '--quiet');
    return place
      .read(`${folder}.csv`)
      .split('\n')
      .filter((row) => !row.startsWith('junk-'));
  };
  expect(await features('dirty')).toEqual(await features('company'));
});
