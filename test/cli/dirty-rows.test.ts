import { beforeAll, describe, expect, it } from 'vitest';
import { customerRows, delimited, trainArgs } from './customers.js';
import { expectDone, makeWorkplace } from './workplace.js';

const place = makeWorkplace();

/** 120 customers and a repeat, with every fault that a row can have and a column that is always missing. */
function dirtyTable(): Buffer {
  const rows = customerRows(120).map((row, i) => [...row, i === 0 ? 'fax' : '', i === 0 ? 'note' : 'fine']);
  rows.push([...rows[100]!]);
  rows[5]!.push('one', 'more');
  rows[17]!.splice(4);
  rows[31]![2] = 'Infinity';
  rows[32]![2] = '-inf';
  rows[33]![2] = '1e999';
  rows[40]![3] = 'forty';
  rows[50]![5] = '';
  rows[60]![0] = 'NA';
  rows[70]![7] = 'NOT-UTF8';
  rows[80]![7] = 'x'.repeat(1_000_000);
  const [before, after] = delimited(rows).split('NOT-UTF8');
  return Buffer.concat([Buffer.from(before!), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(after!)]);
}

/** Row (from 1 below the header), column and reason of every line of a rejects file. */
function rejectsIn(file: string): string[] {
  const lines = place.read(file).trimEnd().split('\n').slice(1);
  return lines.map((line) => {
    const [row, column] = line.split(',');
    return [row, column, line.split(',').at(-1)].join(' ');
  });
}

const unreadable = [
  '5  has 10 cells where the header has 8',
  '17  has 4 cells where the header has 8',
  '31 use not a finite number',
  '32 use not a finite number',
  '33 use not a finite number',
  '40 age not a number',
];

describe('a table with every fault that a row can have', () => {
  let card: ReturnType<typeof JSON.parse>;
  beforeAll(async () => {
    place.write('dirty.csv', dirtyTable());
    card = JSON.parse(
      expectDone(await place.run(trainArgs('dirty.csv', 'model', '--json', '--quiet'))).stdout,
    );
  });

  it('trains on the rest and names each row that it could not use', () => {
    expect(rejectsIn('model/rejects.csv')).toEqual([
      ...unreadable,
      '50 churned outcome is missing',
      '60 id id is missing',
      '70 note is not valid UTF-8',
      '121  repeats row 100 exactly',
    ]);
    expect(card.data).toMatchObject({ read: 121, kept: 111, rejected: 10, duplicates: 1 });
    expect(card.split.trainingRows + card.split.heldBackRows).toBe(111);
  });

  it('leaves the column that is always missing out, and keeps no cell of a megabyte in what people read', () => {
    expect(place.readJson('model/recipe.json').leftOut).toContainEqual({
      name: 'fax',
      reason: 'all-missing',
    });
    for (const file of ['card.json', 'card.md', 'report.html']) {
      expect(place.read(`model/${file}`)).not.toContain('x'.repeat(1000));
    }
  });

  it('is checked to the rejects that training finds', async () => {
    const args = ['check', 'dirty.csv', '--target', 'churned', '--id', 'id', '--out', 'checked', '--json'];
    const checked = JSON.parse(expectDone(await place.run([...args, '--quiet'])).stdout);
    expect(place.read('checked/rejects.csv')).toBe(place.read('model/rejects.csv'));
    expect([checked.read, checked.kept, checked.rejected]).toEqual([121, 111, 10]);
  });

  it('scores every row that can be read, those without outcome and repeats too', async () => {
    const args = ['score', 'dirty.csv', '--model', 'model', '--out', 's.csv', '--json', '--quiet'];
    const result = JSON.parse(expectDone(await place.run(args)).stdout);
    expect(result).toMatchObject({ read: 121, scored: 113, rejected: 8, rejectsFile: 's.csv.rejects.csv' });
    expect(rejectsIn('s.csv.rejects.csv')).toEqual([
      ...unreadable,
      '60 id id is missing',
      '70 note is not valid UTF-8',
    ]);
  });

  it('evaluates on the rows whose outcome is known', async () => {
    const args = ['evaluate', 'dirty.csv', '--model', 'model', '--json', '--quiet'];
    const result = JSON.parse(expectDone(await place.run(args)).stdout);
    expect([result.read, result.rejected, result.evaluation.rows]).toEqual([121, 8, 113]);
  });

  it('takes away the rejects of an earlier run when there are none', async () => {
    place.write(
      'clean.csv',
      delimited(customerRows(5).map((row, i) => [...row, i ? '' : 'fax', i ? 'fine' : 'note'])),
    );
    const args = ['score', 'clean.csv', '--model', 'model', '--out', 's.csv', '--json', '--quiet'];
    const result = JSON.parse(expectDone(await place.run(args)).stdout);
    expect(result).toMatchObject({ read: 5, scored: 5, rejected: 0, rejectsFile: null });
    expect(place.has('s.csv.rejects.csv')).toBe(false);
  });
});
