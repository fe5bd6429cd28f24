import { beforeAll, describe, expect, it } from 'vitest';
import { companyCsv, simulateCompany } from '../../src/simulation/company.js';
import { readTable } from '../../src/sources/read-table.js';
import { openSink } from '../../src/sources/writing/sink.js';
import { cellText } from '../../src/tables/raw-table.js';
import { delimited } from './customers.js';
import { expectDone, makeWorkplace } from './workplace.js';

const place = makeWorkplace();
const company = simulateCompany({ accounts: 1200, seed: 3 });
const cells = [
  company.columns.map(({ name }) => name),
  ...Array.from({ length: company.rows }, (_, row) =>
    company.columns.map((column) => column.cells[row] ?? ''),
  ),
];

interface Scored {
  readonly id: string;
  readonly p: number;
  readonly rank: number;
  readonly reasons: string;
}

/** A table of scores, in file order. */
async function scoresIn(file: string): Promise<Scored[]> {
  const { raw } = await readTable(place.path(file));
  const at = (name: string, row: number) =>
    cellText(raw.columns.find((column) => column.name === name)!, row)!;
  return Array.from({ length: raw.rows }, (_, row) => ({
    id: at('account_id', row),
    p: Number(at('churn_probability', row)),
    rank: Number(at('risk_rank', row)),
    reasons: at('reasons', row),
  }));
}

/** Each id's probability; repeats of an account have the same. */
const byId = (rows: readonly Scored[]) => new Map(rows.map(({ id, p }) => [id, p]));

async function score(input: string, out: string) {
  const args = ['score', input, '--model', 'model', '--out', out, '--json', '--quiet'];
  return JSON.parse(expectDone(await place.run(args)).stdout);
}

/** The company's columns, typed as numbers where every cell is one or missing; a lone `-` is missing too. */
async function writeTyped(file: string): Promise<void> {
  const columns = company.columns.map(({ name, cells: asWritten }) => {
    // Our writer would take a lone dash in a sheet for the start of a formula.
    const texts = asWritten.map((text) => (text === '-' ? null : text));
    const isNumber = texts.every((text) => text === null || /^-?\d+(\.\d+)?$/.test(text));
    return { name, texts, kind: isNumber ? ('number' as const) : ('text' as const) };
  });
  const sink = await openSink(place.path(file), columns);
  await sink.append(
    columns.map(({ kind, texts }) =>
      kind === 'text'
        ? texts
        : Float64Array.from(texts, (text) => (text === null ? Number.NaN : Number(text))),
    ),
  );
  await sink.finish();
}

describe('train, score and evaluate on the simulated company', () => {
  let card: ReturnType<typeof JSON.parse>;
  let expected: Scored[];

  beforeAll(async () => {
    place.write('company.csv', companyCsv(company));
    const args = ['train', 'company.csv', '--target', 'churned', '--id', 'account_id', '--out', 'model'];
    card = JSON.parse(expectDone(await place.run([...args, '--time-budget', '1s', '--json'])).stdout);
    await score('company.csv', 'scores.csv');
    expected = await scoresIn('scores.csv');
  });

  it('finds the signal, and leaves the planted leak out by name', () => {
    expect(card.verdict.kind).toBe('signal');
    expect(card.evaluation.auc.value).toBeGreaterThan(0.72);
    expect(card.leaks).toMatchObject([{ column: 'offboarding_ticket', action: 'left-out' }]);
    expect(card.evaluation.expectedCount.ratio.value).toBeCloseTo(1, 0);
    expect(place.readJson('model/card.json')).toEqual((({ folder, ...rest }) => rest)(card));
  });

  it('counts: read = kept + rejected, and the planted faults are the rejects', () => {
    const { malformedRows, duplicateRows } = company.truth;
    const planted = new Set([...malformedRows, ...duplicateRows].map((row) => row + 1));
    const rejected = place.read('model/rejects.csv').trimEnd().split('\n').slice(1);
    expect(new Set(rejected.map((line) => Number(line.split(',')[0])))).toEqual(planted);
    expect(card.data.read).toBe(company.rows);
    expect(card.data.kept + card.data.rejected).toBe(company.rows);
    expect(card.split.trainingRows + card.split.heldBackRows).toBe(card.data.kept);
  });

  it('ranks 1 to n by falling probability, each row with reasons', () => {
    expect(expected.map(({ rank }) => rank)).toEqual(expected.map((_, i) => i + 1));
    expected.forEach(({ p, reasons }, i) => {
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(expected[i - 1]?.p ?? 1);
      expect(reasons).toMatch(/ (is|missing)/);
    });
  });

  it('expects as many leavers as the probabilities sum to', async () => {
    const result = await score('company.csv', 'again.csv');
    const sum = expected.reduce((total, { p }) => total + p, 0);
    expect(result.expectedChurners).toBeCloseTo(sum, 6);
    expect(result.read).toBe(result.scored + result.rejected);
    expect(place.read('again.csv')).toBe(place.read('scores.csv'));
  });

  it.each(['semicolons.csv', 'tabs.tsv', 'typed.parquet', 'typed.jsonl', 'typed.xlsx'])(
    'gives the same scores from %s, written in the same format',
    async (file) => {
      if (file.startsWith('typed')) await writeTyped(file);
      else place.write(file, delimited(cells, file.endsWith('.tsv') ? '\t' : ';'));
      await score(file, `scores-of-${file}`);
      const found = await scoresIn(`scores-of-${file}`);
      const near = ({ p, ...rest }: Scored) => ({ ...rest, p: expect.closeTo(p, 12) });
      expect(found).toEqual(expected.map(near));
    },
  );

  it('ignores extra columns, their order, the outcome, and scores levels and gaps it never saw', async () => {
    const known = cells[0]!.filter((name) => !['churned', 'offboarding_ticket'].includes(name));
    const pick = [...known].reverse().map((name) => cells[0]!.indexOf(name));
    const rows = cells.map((row, i) => [i === 0 ? 'extra' : String(i), ...pick.map((at) => row[at]!)]);
    const strange = rows[1]!.map((cell, at) => {
      const name = rows[0]![at]!;
      if (name === 'segment' || name === 'contract') return 'never seen';
      return name === 'account_id' ? 'STRANGE' : name === 'extra' ? cell : '';
    });
    place.write('reordered.csv', delimited([...rows, strange]));
    await score('reordered.csv', 'reordered.scores.csv');
    const found = byId(await scoresIn('reordered.scores.csv'));
    expect(found.get('STRANGE')).toBeGreaterThan(0);
    found.delete('STRANGE');
    expect([...found].sort()).toEqual([...byId(expected)].sort());
  });

  it('evaluates on labelled rows, as people read it and as JSON', async () => {
    const args = ['evaluate', 'company.csv', '--model', 'model'];
    const run = expectDone(await place.run(args));
    expect(run.stdout).toMatch(/^SIGNAL\n/);
    const { verdict, evaluation, read, rejected } = JSON.parse(
      expectDone(await place.run([...args, '--json', '--quiet'])).stdout,
    );
    expect([verdict.kind, read - rejected]).toEqual(['signal', evaluation.rows]);
    expect(evaluation.auc.value).toBeGreaterThan(card.evaluation.auc.value - 0.05);
  });

  it('keeps still with --quiet, and says what it does without', async () => {
    const args = ['score', 'company.csv', '--model', 'model', '--out', 's.csv'];
    expect((await place.run([...args, '--quiet'])).stderr).toBe('');
    expect(expectDone(await place.run(args)).stdout).toMatch(/rows scored.*\nScores: s\.csv\n$/);
  });
});
