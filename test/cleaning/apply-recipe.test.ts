import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyRecipe,
  type CleanedTable,
  fitRecipe,
  recipeSchema,
  requireColumns,
} from '../../src/cleaning/recipe.js';
import { type RawTable, takeRawRows } from '../../src/tables/raw-table.js';
import { takeRows } from '../../src/tables/table.js';
import { hasRealData, realTable, textTable } from './text-table.js';

const names = ['id', 'plan', 'seats', 'signup'];
const training = textTable(names, [
  ['a', 'Gold', '1', '1970-01-02'],
  ['b', 'Silver', '3', '1970-01-03'],
  ['c', 'Gold', '5', '1970-01-05'],
]);
const recipe = fitRecipe(training, { id: 'id', target: null });
const cells = (cleaned: CleanedTable) =>
  cleaned.table.columns.map((column) => (column.kind === 'number' ? [...column.values] : [...column.codes]));

describe('applyRecipe', () => {
  it('gives typed columns with gaps, and the ids; by hand', () => {
    const cleaned = applyRecipe(
      recipe,
      textTable(names, [
        ['x', ' Silver', ' 2.5', '1970-01-01T12:00'],
        ['NA', 'Iron', '-', ''],
        ['z', null, null, null],
      ]),
    );
    expect(cells(cleaned)).toEqual([
      [1, -1, -1],
      [2.5, Number.NaN, Number.NaN],
      [0.5, Number.NaN, Number.NaN],
    ]);
    expect(cleaned.ids).toEqual(['x', null, 'z']);
    expect([...cleaned.kept]).toEqual([0, 1, 2]);
    expect(cleaned.rejects).toEqual([]);
    expect(cleaned.notes.map((note) => note.kind)).toEqual(['unseen-level', 'missing-id']);
  });

  it('rejects a row once, for its first cell that cannot be read', () => {
    const cleaned = applyRecipe(
      recipe,
      textTable(names, [
        ['x', 'Gold', 'many', 'never'],
        ['y', 'Gold', '1', '1970-01-01'],
        ['z', 'Gold', '1e999', ''],
        ['v', 'Gold', '', '1970-02-30'],
      ]),
    );
    expect(cleaned.rejects).toEqual([
      { rowNumber: 1, column: 'seats', value: 'many', reason: 'not a number' },
      { rowNumber: 3, column: 'seats', value: '1e999', reason: 'not a finite number' },
      { rowNumber: 4, column: 'signup', value: '1970-02-30', reason: 'not a date' },
    ]);
    expect([...cleaned.kept]).toEqual([1]);
    expect(cleaned.ids).toEqual(['y']);
    expect(cells(cleaned)).toEqual([[0], [1], [0]]);
  });

  it('cuts the value of a reject to 200 characters', () => {
    const [reject] = applyRecipe(recipe, textTable(names, [['x', '', 'y'.repeat(1_000_000), '']])).rejects;
    expect(reject!.value).toHaveLength(200);
  });

  it('takes typed columns where training had text, in any order, with others beside them', () => {
    const typed: RawTable = {
      rows: 2,
      rowNumbers: Float64Array.of(1, 2),
      columns: [
        { kind: 'instant', name: 'signup', values: Float64Array.of(86_400_000, Number.NaN) },
        { kind: 'number', name: 'extra', values: Float64Array.of(7, 7) },
        { kind: 'number', name: 'seats', values: Float64Array.of(2, Number.POSITIVE_INFINITY) },
        { kind: 'number', name: 'id', values: Float64Array.of(101, 102) },
        { kind: 'text', name: 'plan', codes: Int32Array.of(0, 0), levels: ['Gold'] },
      ],
    };
    const cleaned = applyRecipe(recipe, typed);
    expect(cells(cleaned)).toEqual([[0], [2], [1]]);
    expect(cleaned.ids).toEqual(['101']);
    expect(cleaned.rejects).toEqual([
      { rowNumber: 2, column: 'seats', value: 'Infinity', reason: 'not a finite number' },
    ]);
  });

  it('reads the number 1 as the level "1", and any spelling of true', () => {
    const mixed = textTable(
      ['code', 'trial'],
      [
        ['1', 'TRUE'],
        ['A', 'FALSE'],
        ['B', 'TRUE'],
      ],
    );
    const learned = fitRecipe(mixed, { id: null, target: null });
    const typed: RawTable = {
      rows: 1,
      rowNumbers: Float64Array.of(1),
      columns: [
        { kind: 'number', name: 'code', values: Float64Array.of(1) },
        { kind: 'text', name: 'trial', codes: Int32Array.of(0), levels: ['true'] },
      ],
    };
    expect(cells(applyRecipe(learned, typed))).toEqual([[0], [1]]);
  });

  it('rejects dates in a column of numbers, and numbers in one of dates', () => {
    const swapped: RawTable = {
      ...takeRawRows(training, [0]),
      columns: [
        ...takeRawRows(training, [0]).columns.slice(0, 2),
        { kind: 'instant', name: 'seats', values: Float64Array.of(0) },
        { kind: 'number', name: 'signup', values: Float64Array.of(5) },
      ],
    };
    expect(applyRecipe(recipe, swapped).rejects).toEqual([
      { rowNumber: 1, column: 'seats', value: '1970-01-01T00:00:00.000Z', reason: 'not a number' },
    ]);
  });

  it("counts dates back from the row's own time", () => {
    const timed = textTable(
      ['when', 'signup'],
      [
        ['1970-01-11', '1970-01-01'],
        ['1970-01-11', '1970-01-12'],
        ['', '1970-01-01'],
      ],
    );
    const learned = fitRecipe(timed, { id: null, target: null, time: 'when' });
    expect(cells(applyRecipe(learned, timed))).toEqual([[10, -1, Number.NaN]]);
    expect(applyRecipe(learned, textTable(['when', 'signup'], [['soon', '1970-01-01']])).rejects).toEqual([
      { rowNumber: 1, column: 'when', value: 'soon', reason: 'not a date' },
    ]);
    expect(() => requireColumns(learned, ['signup'])).toThrow(/"when"/);
  });

  it('puts unseen levels into (other) where training made it', () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`city ${i % 40}`, i < 40 ? 'x' : 'y']);
    rows.push(...Array.from({ length: 20 }, () => ['big', 'x']));
    const learned = fitRecipe(textTable(['city', 'y'], rows), { id: null, target: 'y' });
    const cleaned = applyRecipe(learned, textTable(['city'], [['big'], ['nowhere'], ['city 3'], ['']]));
    expect(cleaned.table.columns[0]).toMatchObject({ levels: ['big', '(other)'] });
    expect(cells(cleaned)).toEqual([[0, 1, 1, -1]]);
    expect(cleaned.notes).toEqual([]);
  });

  it('names every missing column with the nearest name', () => {
    const error = expect.objectContaining({
      code: 'missing-column',
      message: expect.stringMatching(/3 columns.*"id".*"seats" \(nearest: "Seats"\).*"signup"/),
    });
    expect(() => applyRecipe(recipe, textTable(['plan', 'Seats'], [['Gold', '1']]))).toThrow(error);
    expect(() => requireColumns(recipe, ['plan', 'Seats'])).toThrow(error);
    expect(() => requireColumns(recipe, [...names, 'more'])).not.toThrow();
  });
});

describe('applyRecipe: properties', () => {
  const junk = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      '1',
      '2,5',
      '1e999',
      '-inf',
      'NA',
      '',
      ' ',
      'Gold',
      '31/01/2024',
      '2024-01-31',
      '(other)',
      null,
    ),
    fc.double().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );
  const table = fc.array(fc.tuple(junk, junk, junk, junk), { minLength: 1, maxLength: 60 });

  it('keeps or rejects every row, and learns a recipe that passes its schema', () => {
    fc.assert(
      fc.property(table, table, (learnedFrom, rows) => {
        const learned = fitRecipe(textTable(names, learnedFrom), { id: 'id', target: null });
        expect(recipeSchema.safeParse(JSON.parse(JSON.stringify(learned))).success).toBe(true);
        for (const raw of [textTable(names, rows), textTable(names, learnedFrom)]) {
          const { table: clean, kept, ids, rejects } = applyRecipe(learned, raw);
          expect(kept.length + rejects.length).toBe(raw.rows);
          expect([clean.rows, ids.length]).toEqual([kept.length, kept.length]);
          const seen = [...[...kept].map((row) => row + 1), ...rejects.map(({ rowNumber }) => rowNumber)];
          expect(seen.sort((a, b) => a - b)).toEqual([...raw.rowNumbers]);
          for (const column of clean.columns) {
            if (column.kind === 'number') {
              expect(column.values.every((v) => Number.isFinite(v) || Number.isNaN(v))).toBe(true);
            } else {
              expect(column.codes.every((code) => code >= -1 && code < column.levels.length)).toBe(true);
            }
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same in chunks as at once', () => {
    fc.assert(
      fc.property(table, table, fc.nat(), (learnedFrom, rows, cut) => {
        const learned = fitRecipe(textTable(names, learnedFrom), { id: 'id', target: null });
        const raw = textTable(names, rows);
        const whole = applyRecipe(learned, raw);
        const at = cut % (rows.length + 1);
        const all = Array.from(raw.rowNumbers.keys());
        const parts = [all.slice(0, at), all.slice(at)].map((part) =>
          applyRecipe(learned, takeRawRows(raw, part)),
        );
        expect(parts.flatMap((part) => part.rejects)).toEqual(whole.rejects);
        expect(parts.flatMap((part) => part.ids)).toEqual(whole.ids);
        const first = parts[0]!.table.rows;
        expect(parts[0]!.table).toEqual(
          takeRows(
            whole.table,
            Array.from({ length: first }, (_, i) => i),
          ),
        );
        const rest = Array.from({ length: whole.table.rows - first }, (_, i) => first + i);
        expect(parts[1]!.table).toEqual(takeRows(whole.table, rest));
      }),
      { numRuns: 100 },
    );
  });
});

describe.skipIf(!hasRealData)('applyRecipe: real tables', () => {
  it('telco: keeps all rows, with 11 gaps in TotalCharges', () => {
    const raw = realTable('telco/telco.csv');
    const { table, rejects } = applyRecipe(fitRecipe(raw, { id: 'customerID', target: 'Churn' }), raw);
    expect([table.rows, table.columns.length, rejects.length]).toEqual([7043, 19, 0]);
    const total = table.columns.find((column) => column.name === 'TotalCharges');
    expect(total?.kind === 'number' && total.values.filter(Number.isNaN).length).toBe(11);
  });
});
