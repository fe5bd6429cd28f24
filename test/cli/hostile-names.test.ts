import { beforeAll, describe, expect, it } from 'vitest';
import { readTable } from '../../src/sources/read-table.js';
import { cellText } from '../../src/tables/raw-table.js';
import { customerRows, delimited, withColumn } from './customers.js';
import { expectDone, makeWorkplace } from './workplace.js';

const place = makeWorkplace();
const names = {
  id: `i"d'; DROP TABLE stored;--`,
  plan: '=1+1|😀',
  use: '<img src=x onerror="document.title=1">',
  age: '</script><script>alert(1)</script>',
  since: 'constructor',
  churned: 'gone; "really", 100 %?',
};
const ids = (row: number) => `${'=+-@'[row % 4]}HYPERLINK("http://x",${row})`;
const levels: Record<string, string> = {
  basic: '</script><b>',
  plus: "'); DROP TABLE x;--",
  pro: '__proto__',
};

/** The customers under names, ids and levels that attack whoever pastes them into SQL, HTML or a sheet. */
function hostileTable(): string[][] {
  const rows = withColumn(
    withColumn(customerRows(150), 'id', (_, row) => ids(row)),
    'plan',
    (cell) => levels[cell]!,
  );
  return [rows[0]!.map((name) => names[name as keyof typeof names]), ...rows.slice(1)];
}

async function idsIn(file: string): Promise<(string | null)[]> {
  const { raw } = await readTable(place.path(file));
  const column = raw.columns[0]!;
  return Array.from({ length: raw.rows }, (_, row) => cellText(column, row));
}

describe('column names, ids and levels full of quotes, SQL, HTML, formulas and emoji', () => {
  const flags = ['--target', names.churned, '--id', names.id];
  beforeAll(async () => {
    place.write('hostile.csv', delimited(hostileTable()));
    const args = ['train', 'hostile.csv', ...flags, '--out', 'model', '--time-budget', '1s', '--quiet'];
    expectDone(await place.run(args));
  });

  it('train a model that knows them by their names', () => {
    const { features } = place.readJson('model/recipe.json');
    expect(features.map(({ name }: { name: string }) => name)).toEqual([
      names.plan,
      names.use,
      names.age,
      names.since,
    ]);
    expect(place.readJson('model/card.json').data).toMatchObject({ target: names.churned, id: names.id });
  });

  it('appear in the reports as text, never as markup', async () => {
    const args = ['check', 'hostile.csv', ...flags, '--out', 'checked', '--quiet'];
    expectDone(await place.run(args));
    for (const file of ['model/report.html', 'checked/report.html']) {
      const page = place.read(file);
      expect(page.includes('&#60;img src=x onerror='), `${file} names the column`).toBe(true);
      for (const markup of ['<img src=x', '</script><script>alert', '</script><b>']) {
        expect(page.includes(markup), `${file} holds ${markup}`).toBe(false);
      }
    }
  });

  it.each(['csv', 'tsv', 'xlsx'])('come out of %s as text that no spreadsheet runs', async (format) => {
    const args = ['score', 'hostile.csv', '--model', 'model', '--out', `s.${format}`, '--quiet'];
    expectDone(await place.run(args));
    const written = await idsIn(`s.${format}`);
    expect(written).toHaveLength(150);
    expect(new Set(written)).toEqual(new Set(Array.from({ length: 150 }, (_, row) => `'${ids(row)}`)));
  });

  it.each(['parquet', 'jsonl', 'json'])('come out of %s as they went in', async (format) => {
    const args = ['score', 'hostile.csv', '--model', 'model', '--out', `s.${format}`, '--quiet'];
    expectDone(await place.run(args));
    expect(new Set(await idsIn(`s.${format}`))).toEqual(
      new Set(Array.from({ length: 150 }, (_, row) => ids(row))),
    );
  });
});
