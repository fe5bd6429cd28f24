import { describe, expect, it } from 'vitest';
import { inferColumns } from '../../src/cleaning/infer-types.js';
import { permutation, seededRandom } from '../../src/math/random.js';
import { type RawTable, takeRawRows } from '../../src/tables/raw-table.js';
import { hasRealData, realTable, textColumn, textTable } from './text-table.js';

const guess = (cells: readonly (string | null)[], name = 'x') => inferColumns(textColumn(cells, name))[0]!;
const typeOf = (cells: readonly (string | null)[], name = 'x') => guess(cells, name).type;
const repeat = (times: number, ...cells: string[]) => Array.from({ length: times }, () => cells).flat();
const counted = (length: number, cell: (i: number) => string) => Array.from({ length }, (_, i) => cell(i));

describe('inferColumns: types', () => {
  it.each([
    ['number', ['1', '2.5', 'NA', null, ' ']],
    ['number', ['0', '1', '0', '1']],
    ['category', ['Yes', 'No', '']],
    ['category', ['None', 'Gold', 'Gold']],
    ['category', ['02134', '90210', '10001']],
    ['instant', ['2024-01-31', '2024-02-01', '-']],
    ['instant', ['31/01/2024', '01/02/2024']],
    ['ambiguous-date', ['01/02/2024', '03/04/2024']],
    ['constant', ['1', '1.0', '1']],
    ['constant', ['Gold', ' Gold']],
    ['all-missing', [' ', 'NA', null, 'None']],
    ['all-missing', []],
  ])('takes %s for %j', (type, cells) => {
    expect(typeOf(cells)).toBe(type);
  });

  it('needs 95 % of the non-missing cells to be numbers, and counts the others', () => {
    expect(guess([...repeat(19, '1', '2'), 'x', 'y', ...repeat(50, 'NA')])).toMatchObject({
      type: 'number',
      missing: 50,
      unreadable: 2,
      distinct: 2,
    });
    expect(typeOf([...repeat(18, '1', '2'), 'x', 'y'])).toBe('category');
  });

  it('counts what is not finite as an unreadable number', () => {
    expect(guess([...repeat(20, '1', '2'), 'inf', '1e999'])).toMatchObject({ type: 'number', unreadable: 2 });
    expect(typeOf(repeat(20, 'inf'))).toBe('constant');
  });

  it('keeps a single value with gaps, as the gaps may tell something', () => {
    expect(typeOf(['1', '1', ''])).toBe('number');
    expect(typeOf(['a', 'a', ''])).toBe('category');
  });

  it('takes columns that the file typed as they are', () => {
    const raw: RawTable = {
      rows: 3,
      rowNumbers: Float64Array.of(1, 2, 3),
      columns: [
        { kind: 'number', name: 'n', values: Float64Array.of(1, Number.NaN, Number.POSITIVE_INFINITY) },
        { kind: 'instant', name: 't', values: Float64Array.of(0, 1, Number.NaN) },
      ],
    };
    expect(inferColumns(raw)).toMatchObject([
      { type: 'number', missing: 1, unreadable: 1, distinct: 1 },
      { type: 'instant', missing: 1, unreadable: 0, distinct: 2 },
    ]);
  });
});

describe('inferColumns: ids', () => {
  const shuffled = [...permutation(100, seededRandom(3))];

  it('finds distinct texts, rising whole numbers and numbers named as ids', () => {
    expect(typeOf(counted(20, (i) => `account ${i}`))).toBe('id-like');
    expect(typeOf(counted(20, (i) => String(3 * i)))).toBe('id-like');
    expect(typeOf(counted(20, (i) => String(-i)))).toBe('id-like');
    expect(
      typeOf(
        shuffled.map((i) => String(i)),
        'customerID',
      ),
    ).toBe('id-like');
  });

  it('keeps distinct numbers that are none', () => {
    expect(
      typeOf(
        shuffled.map((i) => String(i)),
        'salary',
      ),
    ).toBe('number');
    expect(typeOf(counted(100, (i) => String(i + 0.5)))).toBe('number');
    expect(
      typeOf(
        repeat(20, '1', '2', '3').map((text, i) => `${text}${i % 7}`),
        'area_id',
      ),
    ).toBe('number');
    expect(typeOf(counted(19, (i) => `account ${i}`))).toBe('category');
    expect(typeOf(counted(50, (i) => new Date(i * 1e8).toISOString()))).toBe('instant');
  });

  it('looks at the given rows in file order', () => {
    const raw = textColumn(counted(100, String));
    expect(inferColumns(raw, shuffled)[0]!.type).toBe('id-like');
    expect(inferColumns(raw, [1, 2, 3])[0]!).toMatchObject({ type: 'number', rows: 3, distinct: 3 });
  });
});

describe('inferColumns: doubts', () => {
  it('says how it reads thousands that could be decimals', () => {
    const found = guess(['1,234', '950']);
    expect(found.reading).toEqual({ kind: 'number', decimalComma: false });
    expect(found.notes).toMatchObject([{ kind: 'ambiguous-decimal', column: 'x' }]);
    expect(found.notes[0]!.message).toContain('1,234');
  });

  it('follows the decimal comma that other columns prove, and still says so', () => {
    const raw = textTable(
      ['revenue', 'price'],
      [
        ['1.234', '12,50'],
        ['950', '8,00'],
      ],
    );
    const [revenue, price] = inferColumns(raw);
    expect(revenue!.reading).toEqual({ kind: 'number', decimalComma: true });
    expect(revenue!.notes.map((note) => note.kind)).toEqual(['ambiguous-decimal']);
    expect(price!.notes).toEqual([]);
  });

  it('reports ambiguous and mixed dates', () => {
    expect(guess(['01/02/2024', '03/04/2024']).notes).toMatchObject([{ kind: 'ambiguous-date' }]);
    const mixed = guess([...repeat(40, '31/01/2024'), '12/31/2024']);
    expect(mixed.notes.map((note) => note.kind)).toEqual(['mixed-dates', 'unreadable-cells']);
    expect(mixed).toMatchObject({ reading: { kind: 'instant', order: 'dmy' }, unreadable: 1 });
  });

  it('notes a frequent word that is read as missing, and one that is kept', () => {
    const missing = guess([...repeat(19, '5'), '?']);
    expect(missing.notes).toMatchObject([
      { kind: 'missing-word', message: expect.stringContaining('"?" in 1 of 20') },
    ]);
    expect(guess([...repeat(39, '5'), '?']).notes).toEqual([]);
    const kept = guess(['None', 'Gold', 'Silver']);
    expect(kept.notes[0]!.message).toContain('kept as an answer');
    expect(kept.missing).toBe(0);
    expect(guess(['NA', 'DE', 'US', 'ZA'], 'country')).toMatchObject({ missing: 0, distinct: 4 });
  });
});

describe.skipIf(!hasRealData)('inferColumns: real tables', () => {
  const types = (file: string) =>
    Object.fromEntries(inferColumns(realTable(file)).map((c) => [c.name, c.type]));

  it('telco: blanks in TotalCharges are missing numbers', () => {
    const raw = realTable('telco/telco.csv');
    const found = inferColumns(raw);
    expect(found.find((column) => column.name === 'TotalCharges')).toMatchObject({
      type: 'number',
      missing: 11,
      unreadable: 0,
      distinct: 6530,
    });
    expect(found.filter((column) => column.type === 'id-like').map((column) => column.name)).toEqual([
      'customerID',
    ]);
    const shuffled = takeRawRows(raw, permutation(raw.rows, seededRandom(1)));
    expect(inferColumns(shuffled)).toEqual(found);
  });

  it('bank-records: two ids, and distinct salaries stay numbers', () => {
    expect(types('bank-records/bank-records.csv')).toMatchObject({
      RowNumber: 'id-like',
      CustomerId: 'id-like',
      Surname: 'category',
      EstimatedSalary: 'number',
      Balance: 'number',
    });
  });

  it('ravenstack: date-times without seconds', () => {
    expect(types('ravenstack/ravenstack_support_tickets.csv')).toMatchObject({
      submitted_at: 'instant',
      closed_at: 'instant',
    });
  });
});
