import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { customerRows, delimited, trainArgs } from './customers.js';
import { expectDone, makeWorkplace } from './workplace.js';

const place = makeWorkplace();

describe('the same data, options and seed', () => {
  beforeAll(async () => {
    place.write('t.csv', delimited(customerRows(80)));
    const here = { TZ: 'America/New_York', LC_ALL: 'C' };
    const elsewhere = { TZ: 'Asia/Kolkata', LC_ALL: 'de_DE.UTF-8', LANG: 'de_DE.UTF-8' };
    expectDone(await place.run(trainArgs('t.csv', 'first'), here));
    expectDone(await place.run(trainArgs('t.csv', 'second'), elsewhere));
  });

  it('give the same bytes in every file, wherever the machine stands and whatever it speaks', () => {
    const files = readdirSync(place.path('first'), { recursive: true, encoding: 'utf8' }).sort();
    expect(readdirSync(place.path('second'), { recursive: true, encoding: 'utf8' }).sort()).toEqual(files);
    expect(files).toEqual(expect.arrayContaining(['model.json', 'recipe.json', 'card.json', 'report.html']));
    const differing = files.filter(
      (name) => name !== 'charts' && place.read(`first/${name}`) !== place.read(`second/${name}`),
    );
    expect(differing).toEqual([]);
  });

  it('give the same scores', async () => {
    for (const [out, TZ] of [
      ['a.csv', 'Pacific/Auckland'],
      ['b.csv', 'America/Los_Angeles'],
    ] as const) {
      expectDone(await place.run(['score', 't.csv', '--model', 'first', '--out', out, '--quiet'], { TZ }));
    }
    expect(place.read('a.csv')).toBe(place.read('b.csv'));
  });
});
