import { expect, it } from 'vitest';
import { seededRandom } from '../../src/math/random.js';
import { customerRows, delimited, trainArgs } from './customers.js';
import { expectDone, makeWorkplace } from './workplace.js';

const place = makeWorkplace();

it('a table of 2,000 columns trains, is checked and scores', async () => {
  const random = seededRandom(1).fork('wide');
  const noise = (row: number, column: number) => (row === 0 ? `n${column}` : random.uniform().toFixed(3));
  const rows = customerRows(400).map((row, i) => [
    ...row,
    ...Array.from({ length: 1994 }, (_, j) => noise(i, j)),
  ]);
  place.write('wide.csv', delimited(rows));
  const trained = expectDone(await place.run(trainArgs('wide.csv', 'model', '--json', '--quiet')));
  const { drivers, notes } = JSON.parse(trained.stdout);
  expect(drivers[0].feature).toBe('use');
  expect(notes.map(({ kind }: { kind: string }) => kind)).toContain('family-left-out');
  expect(place.readJson('model/recipe.json').features).toHaveLength(1998);
  place.write('top.csv', delimited(rows.slice(0, 41)));
  const check = ['check', 'top.csv', '--target', 'churned', '--id', 'id', '--out', 'checked', '--json'];
  expect(JSON.parse(expectDone(await place.run(check)).stdout).columns).toHaveLength(2000);
  const score = ['score', 'wide.csv', '--model', 'model', '--out', 's.csv', '--json', '--quiet'];
  expect(JSON.parse(expectDone(await place.run(score)).stdout).scored).toBe(400);
});
