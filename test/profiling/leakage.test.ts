import { describe, expect, it } from 'vitest';
import { applyRecipe, fitRecipe } from '../../src/cleaning/recipe.js';
import { readTarget } from '../../src/cleaning/target.js';
import { type Random, seededRandom } from '../../src/math/random.js';
import { suspectLeakage } from '../../src/profiling/leakage.js';
import { type Column, makeTable } from '../../src/tables/table.js';
import { hasRealData, realTable } from '../cleaning/text-table.js';

const number = (name: string, values: Iterable<number>): Column => ({
  kind: 'number',
  name,
  values: Float64Array.from(values),
});
const category = (name: string, texts: readonly (string | null)[]): Column => {
  const levels = [...new Set(texts.filter((text) => text !== null))].sort();
  return {
    kind: 'category',
    name,
    levels,
    codes: Int32Array.from(texts, (text) => (text === null ? -1 : levels.indexOf(text))),
  };
};

/** Every fifth account churned, beside eight columns of noise of all kinds. */
function company(rows: number, random: Random) {
  const churned = Uint8Array.from({ length: rows }, () => (random.uniform() < 0.2 ? 1 : 0));
  const each = <T>(cell: (row: number) => T) => Array.from({ length: rows }, (_, row) => cell(row));
  const noise = [
    number(
      'usage',
      each(() => random.normal()),
    ),
    number(
      'seats',
      each(() => random.integer(30)),
    ),
    number(
      'flag',
      each(() => random.integer(2)),
    ),
    number(
      'csat',
      each(() => (random.uniform() < 0.6 ? Number.NaN : random.integer(10))),
    ),
    number(
      'churn_score_last_year',
      each(() => random.normal()),
    ),
    category(
      'plan',
      each(() => `plan ${random.integer(4)}`),
    ),
    category(
      'city',
      each(() => `city ${random.integer(rows / 5)}`),
    ),
    category(
      'cancel_reason',
      each(() => (random.uniform() < 0.7 ? null : `reason ${random.integer(20)}`)),
    ),
  ];
  const leave = (row: number) => churned[row] === 1;
  return { churned, noise, each, leave };
}

const signsOf = (columns: readonly Column[], churned: Uint8Array) =>
  Object.fromEntries(suspectLeakage(makeTable(columns), churned).map(({ column, signs }) => [column, signs]));

describe.each([300, 3000])('suspectLeakage: leaks planted in %d rows', (rows) => {
  const random = seededRandom(rows);
  const { churned, noise, each, leave } = company(rows, random);
  const found = (leak: Column) => signsOf([...noise, leak], churned);

  it('a copy of the outcome, as number, level or turned round', () => {
    expect(found(number('x', churned))).toEqual({ x: ['skill', 'pure-level'] });
    expect(
      found(
        category(
          'x',
          each((row) => (leave(row) ? 'a' : 'b')),
        ),
      ),
    ).toEqual({ x: ['skill', 'pure-level'] });
    expect(
      found(
        number(
          'x',
          each((row) => 1 - churned[row]!),
        ),
      ),
    ).toEqual({ x: ['skill', 'pure-level'] });
  });

  it('a nearly perfect number, without a pure value', () => {
    const leak = number(
      'x',
      each((row) => random.normal() + (leave(row) ? 3 : 0)),
    );
    expect(found(leak)).toMatchObject({ x: expect.arrayContaining(['skill']) });
  });

  it('an honest strong number is none', () => {
    expect(
      found(
        number(
          'x',
          each((row) => random.normal() + (leave(row) ? 1.2 : 0)),
        ),
      ),
    ).toEqual({});
  });

  it('a hint in the name lowers the bar', () => {
    const values = each((row) => random.normal() + (leave(row) ? 2.15 : 0));
    expect(found(number('x', values))).toEqual({});
    expect(found(number('exit_score', values))).toEqual({ exit_score: ['skill', 'name'] });
  });

  it('a date that only churners have, half of them', () => {
    const leak = number(
      'last',
      each((row) => (leave(row) && row % 2 ? random.normal() : Number.NaN)),
    );
    expect(found(leak)).toMatchObject({ last: expect.arrayContaining(['missingness']) });
  });

  it('a value that churners lack, and most others have', () => {
    const leak = category(
      'renewal',
      each((row) => (leave(row) || row % 4 === 0 ? null : `m${row % 12}`)),
    );
    expect(found(leak)).toEqual({ renewal: ['missingness'] });
  });

  it('a level that only churners have, two fifths of them', () => {
    const leak = category(
      'status',
      each((row) => (leave(row) && row % 5 < 2 ? 'closed' : `s${random.integer(3)}`)),
    );
    expect(found(leak)).toEqual({ status: ['pure-level'] });
  });

  it('reasons in several levels beside "none"', () => {
    const reason = (row: number) => (leave(row) && row % 2 ? `r${random.integer(3)}` : 'none');
    expect(found(category('why', each(reason)))).toEqual({ why: ['pure-level'] });
  });
});

describe('suspectLeakage', () => {
  it('raises no false alarm on 200 tables of noise', () => {
    const random = seededRandom(11);
    const alarms = Array.from({ length: 200 }, (_, i) => {
      const { churned, noise } = company([40, 150, 600][i % 3]!, random);
      return suspectLeakage(makeTable(noise), churned).length;
    });
    expect(alarms.filter((count) => count > 0)).toEqual([]);
  });

  it('raises none on honest strong columns either, rare as churn may be or common', () => {
    const random = seededRandom(12);
    const alarms = Array.from({ length: 120 }, (_, i) => {
      const baseRate = [0.05, 0.2, 0.5, 0.8][i % 4]!;
      const churned = Uint8Array.from({ length: 300 }, () => (random.uniform() < baseRate ? 1 : 0));
      // Odds of leaving are 17 times as high at the level "hi" as elsewhere.
      const level = Array.from(churned, (y) => (random.uniform() < (y ? 0.6 : 0.08) ? 'hi' : 'lo'));
      const strong = Array.from(churned, (y) => random.normal() + 1.3 * y);
      return suspectLeakage(makeTable([category('risk', level), number('strong', strong)]), churned).length;
    });
    expect(alarms.filter((count) => count > 0)).toEqual([]);
  });

  it('is silent about few rows and about one outcome', () => {
    const churned = Uint8Array.of(1, 0, 0, 1, 0);
    expect(signsOf([number('x', churned)], churned)).toEqual({});
    // Four churned of 40: even a copy is only 3.2 standard errors from chance.
    const four = Uint8Array.from({ length: 40 }, (_, row) => (row % 10 === 0 ? 1 : 0));
    expect(signsOf([number('x', four)], four)).toEqual({});
    expect(signsOf([number('x', [1, 2])], Uint8Array.of(0, 0))).toEqual({});
    expect(suspectLeakage({ rows: 0, columns: [] }, new Uint8Array(0))).toEqual([]);
  });

  it('says what it found, with counts', () => {
    const rows = Array.from({ length: 400 }, (_, row) => row);
    const churned = Uint8Array.from(rows, (row) => (row < 100 ? 1 : 0));
    const messages = suspectLeakage(
      makeTable([
        category(
          'copy',
          rows.map((row) => (row < 100 ? 'gone' : 'here')),
        ),
        number(
          'complaint',
          rows.map((row) => (row < 98 || row === 200 ? 1 : 0)),
        ),
        number(
          'cancelled_at',
          rows.map((row) => (row < 60 ? row / 7 : Number.NaN)),
        ),
        category(
          'status',
          rows.map((row) => (row < 50 ? 'closed' : 'open')),
        ),
      ]),
      churned,
    ).map(({ message }) => message);
    expect(messages).toEqual([
      '"copy" is a copy of the outcome: all 100 rows with gone churned and none of the 300 others; leave it out',
      '"complaint" alone reaches AUC 0.988: 98 of 99 rows with 1 churned; it looks like the answer in disguise',
      '"cancelled_at" is present in 60 of 100 churned rows and in 0 of 300 others: whether it is missing mirrors the outcome, as if it were filled in afterwards',
      '"status": 50 of 50 rows with closed churned, 50 % of all who churned; it looks like something known only afterwards',
    ]);
  });
});

describe.skipIf(!hasRealData)('suspectLeakage: real tables', () => {
  const suspects = (file: string, id: string | null, target: string) => {
    const raw = realTable(file);
    const { churned, positive } = readTarget(raw, target);
    const { table } = applyRecipe(fitRecipe(raw, { id, target, positive }), raw);
    return suspectLeakage(table, churned);
  };

  it('bank-records: exactly Complain', () => {
    expect(suspects('bank-records/bank-records.csv', 'CustomerId', 'Exited')).toMatchObject([
      {
        column: 'Complain',
        message:
          '"Complain" alone reaches AUC 0.998: 2,034 of 2,044 rows with 1 churned; it looks like the answer in disguise',
      },
    ]);
  });

  it.each([
    ['telco/telco.csv', 'customerID', 'Churn'],
    ['mlc-churn/mlc_churn.csv', null, 'churn'],
    ['iranian-churn/Customer_Churn.csv', null, 'Churn'],
    ['ravenstack/ravenstack_accounts.csv', 'account_id', 'churn_flag'],
  ])('%s: none', (file, id, target) => {
    expect(suspects(file, id, target)).toEqual([]);
  });

  it('ravenstack subscriptions: the end date', () => {
    expect(
      suspects('ravenstack/ravenstack_subscriptions.csv', 'subscription_id', 'churn_flag').map(
        ({ column }) => column,
      ),
    ).toEqual(['end_date']);
  });
});
