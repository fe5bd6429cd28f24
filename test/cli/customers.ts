import { seededRandom } from '../../src/math/random.js';

/** A small customer table as rows of texts: the header first; `use` and `plan` tell who leaves. */
export function customerRows(rows: number, seed = 1): string[][] {
  const random = seededRandom(seed).fork('customers');
  const pick = <T>(values: readonly T[]) => values[Math.floor(random.uniform() * values.length)]!;
  const body = Array.from({ length: rows }, (_, i) => {
    const use = random.uniform();
    const plan = pick(['basic', 'plus', 'pro']);
    const day = new Date(Date.UTC(2023, 0, 1) + Math.floor(random.uniform() * 700) * 86_400_000);
    const chance = 0.98 - 0.9 * use - (plan === 'pro' ? 0.08 : 0);
    return [
      `c${i + 1}`,
      plan,
      (100 * use).toFixed(2),
      String(18 + Math.floor(60 * random.uniform())),
      day.toISOString().slice(0, 10),
      random.uniform() < chance ? 'yes' : 'no',
    ];
  });
  return [['id', 'plan', 'use', 'age', 'since', 'churned'], ...body];
}

/** Rows of cells as delimited text; cells with a quote, the delimiter or a line end are quoted. */
export function delimited(rows: readonly (readonly string[])[], delimiter = ','): string {
  const cell = (text: string) =>
    text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return `${rows.map((row) => row.map(cell).join(delimiter)).join('\n')}\n`;
}

/** The rows with one column's cells changed; `row` counts from 0 below the header. */
export function withColumn(
  rows: readonly (readonly string[])[],
  name: string,
  change: (cell: string, row: number) => string,
): string[][] {
  const at = rows[0]!.indexOf(name);
  return rows.map((row, i) => row.map((cell, j) => (i > 0 && j === at ? change(cell, i - 1) : cell)));
}

/** The arguments that train on a customer table as quickly as training goes. */
export function trainArgs(input: string, out = 'model', ...more: string[]): string[] {
  return ['train', input, '--target', 'churned', '--id', 'id', '--out', out, '--time-budget', '1s', ...more];
}
