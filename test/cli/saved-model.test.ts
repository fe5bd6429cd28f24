import { createHash } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { customerRows, delimited, trainArgs } from './customers.js';
import { expectDone, expectRefusal, makeWorkplace } from './workplace.js';

const place = makeWorkplace();
const score = ['score', 't.csv', '--model', 'broken', '--out', 's.csv'];

/** Changes a file of the broken copy. */
function change(name: string, edit: (text: string) => string): void {
  const text = place.read(`broken/${name}`);
  const edited = edit(text);
  if (edited === text) throw new Error(`nothing changed in ${name}`);
  place.write(`broken/${name}`, edited);
}

/** Changes a file and writes the checksum that fits it, as somebody who means it would. */
function forge(name: string, edit: (text: string) => string): void {
  const sum = (text: string) => createHash('sha256').update(text).digest('hex');
  const before = sum(place.read(`broken/${name}`));
  change(name, edit);
  change('checksums.txt', (sums) => sums.replace(before, sum(place.read(`broken/${name}`))));
}

const faults: [string, () => void, RegExp][] = [
  [
    'a number changed',
    () => change('model.json', (text) => text.replace(/"baseRate":0\.\d/, '"baseRate":0.9')),
    /broken\/model\.json was changed after it was saved/,
  ],
  [
    'a word changed in the card',
    () => change('card.json', (text) => text.replace('"read": 100', '"read": 900')),
    /broken\/card\.json was changed after it was saved/,
  ],
  [
    'broken JSON',
    () => change('recipe.json', (text) => text.slice(0, 200)),
    /broken\/recipe\.json is not JSON/,
  ],
  [
    'a newer format',
    () => change('model.json', (text) => text.replace('"formatVersion":1', '"formatVersion":7')),
    /broken\/model\.json has format 7; this churnlab reads up to 1: update churnlab/,
  ],
  ['no recipe', () => rmSync(place.path('broken/recipe.json')), /broken\/recipe\.json cannot be read/],
  ['no flags', () => rmSync(place.path('broken/flags.json')), /broken\/flags\.json cannot be read/],
  ['no checksums', () => rmSync(place.path('broken/checksums.txt')), /broken\/checksums\.txt cannot be read/],
  [
    'no model',
    () => rmSync(place.path('broken/model.json')),
    /broken is not a saved model: it has no model\.json/,
  ],
  [
    'a forged field',
    () =>
      forge('model.json', (text) => text.replace('{"formatVersion"', '{"run":"rm -rf /","formatVersion"')),
    /broken\/model\.json does not fit its schema at ""/,
  ],
  [
    'a forged number that is no number',
    () => forge('model.json', (text) => text.replace(/"baseRate":[\d.]+/, '"baseRate":"high"')),
    /broken\/model\.json does not fit its schema at "baseRate"/,
  ],
];

describe('a saved model with a fault is refused, each with its own words', () => {
  beforeAll(async () => {
    place.write('t.csv', delimited(customerRows(100)));
    expectDone(await place.run(trainArgs('t.csv', 'model', '--quiet')));
  });

  it.each(faults)('%s', async (_, spoil, message) => {
    rmSync(place.path('broken'), { recursive: true, force: true });
    cpSync(place.path('model'), place.path('broken'), { recursive: true });
    spoil();
    await expectRefusal(place, score, message);
  });

  it('a folder that is not there, for score and evaluate alike', async () => {
    await expectRefusal(
      place,
      ['score', 't.csv', '--model', 'none', '--out', 's.csv'],
      /none is not a saved model/,
    );
    await expectRefusal(place, ['evaluate', 't.csv', '--model', 'none'], /none is not a saved model/);
  });

  it('and the same rows score with the model as it was saved', async () => {
    expectDone(await place.run(['score', 't.csv', '--model', 'model', '--out', 's.csv', '--quiet']));
    expect(place.read('s.csv').trimEnd().split('\n')).toHaveLength(101);
  });

  it('names every required column that a table lacks, with the nearest names', async () => {
    const [header, ...rows] = customerRows(20);
    place.write(
      'other.csv',
      delimited([header!.map((name) => ({ use: 'Use %', since: 'joined' })[name] ?? name), ...rows]),
    );
    await expectRefusal(
      place,
      ['score', 'other.csv', '--model', 'model', '--out', 'other.out.csv'],
      /2 columns are missing: .*"use" \(nearest: "Use %"\).*"since"/,
    );
  });

  it('has nothing to score in a table whose rows all fail', async () => {
    const rows = customerRows(20).map((row, i) => (i === 0 ? row : row.slice(0, 3)));
    place.write('ragged.csv', delimited(rows));
    await expectRefusal(
      place,
      ['score', 'ragged.csv', '--model', 'model', '--out', 'ragged.out.csv'],
      /ragged\.csv has no row that can be scored \(20 rejected\)/,
    );
  });
});
