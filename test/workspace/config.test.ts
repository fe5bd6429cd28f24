import { describe, expect, it } from 'vitest';
import { defineWorkspace, parseConfig, type WorkspaceInput } from '../../src/workspace/config.js';
import { openWorkspace } from '../../src/workspace/open-workspace.js';
import { csv, inFolder, SMALL_COMPANY, withWorkspace } from './workspace-folder.js';

const fault = (config: unknown) => {
  try {
    parseConfig(config, 'churnlab.config.ts');
  } catch (error) {
    return (error as Error).message;
  }
  return null;
};

const accounts = (mapping: object) => ({ tables: { accounts: { file: 'accounts.csv', ...mapping } } });

describe('a configuration', () => {
  it('has defaults', () => {
    expect(parseConfig({}, 'x')).toEqual({
      currency: 'EUR',
      rates: {},
      timeZone: 'UTC',
      churn: {},
      stages: {},
    });
    expect(defineWorkspace({ name: 'A' })).toEqual({ name: 'A' });
  });

  it.each<[unknown, string]>([
    [{ curency: 'EUR' }, 'churnlab.config.ts: curency is no option; nearest: "currency"'],
    [{ currency: 'euro' }, 'currency: needed: an ISO 4217 code such as EUR, found "euro"'],
    [{ rates: { USD: -1 } }, 'rates.USD: '],
    [{ rates: { dollars: 1 } }, 'rates.dollars: '],
    [{ timeZone: 'Berlin' }, 'timeZone: needed: an IANA time zone such as Europe/Berlin, found "Berlin"'],
    [{ observedUntil: '1.2.2024' }, 'observedUntil: needed: a date as YYYY-MM-DD, found "1.2.2024"'],
    [{ churn: { graceDay: 3 } }, 'churn.graceDay is no option; nearest: "graceDays"'],
    [{ churn: { graceDays: -3 } }, 'churn.graceDays: '],
    [{ stages: { landDays: 'x' } }, 'stages.landDays: '],
    [{ tables: { account: { file: 'a.csv' } } }, 'tables.account is no option; nearest: "accounts"'],
    [{ tables: { accounts: {} } }, 'tables.accounts.file: '],
    [accounts({ colums: {} }), 'tables.accounts.colums is no option; nearest: "columns"'],
    [
      accounts({ columns: { created_at: { colum: 'x' } } }),
      'tables.accounts.columns.created_at.colum is no option; nearest: "column"',
    ],
    [
      accounts({ columns: { created_at: 3 } }),
      'tables.accounts.columns.created_at: needed: the name of a column, or an object',
    ],
    [
      accounts({ columns: { created_at: { column: 'x', unit: 'weeks' } } }),
      'tables.accounts.columns.created_at.unit: ',
    ],
    [accounts({ join: [{ file: 'b.csv', on: {} }] }), 'tables.accounts.join[0].as: '],
    [
      { tables: { usage_events: [{ file: 'a.csv' }, { fil: 'b.csv' }] } },
      'tables.usage_events[1].fil is no option; nearest: "file"',
    ],
    [7, 'the configuration: '],
  ])('%j is refused', (config, message) => {
    expect(fault(config)).toContain(message);
  });

  it.each<[string, WorkspaceInput['tables'], string, string]>([
    [
      'a file',
      { accounts: { file: 'acounts.csv' } },
      'bad-file',
      'tables.accounts: acounts.csv does not exist; nearest: "accounts.csv"',
    ],
    [
      'a column of the file',
      { accounts: { file: 'accounts.csv', columns: { name: 'acount_id' } } },
      'missing-column',
      'tables.accounts.columns.name: accounts.csv has no column "acount_id"; nearest: "account_id"',
    ],
    [
      'a required column',
      { subscriptions: { file: 'accounts.csv' } },
      'missing-column',
      'tables.subscriptions.columns.subscription_id: accounts.csv has no column "subscription_id" (names the agreement), which subscriptions needs',
    ],
    [
      'a canonical column',
      { accounts: { file: 'accounts.csv', columns: { creation: 'created_at' } } },
      'bad-option',
      'tables.accounts.columns: accounts has no column "creation"',
    ],
    [
      'a column of where',
      { accounts: { file: 'accounts.csv', where: { kind: 'x' } } },
      'missing-column',
      'tables.accounts.where: accounts.csv has no column "kind"',
    ],
    [
      "a join's own column",
      {
        accounts: {
          file: 'accounts.csv',
          join: [{ file: 'subscriptions.csv', as: 's', on: { acount: 'account_id' } }],
        },
      },
      'missing-column',
      'tables.accounts.join[0]: subscriptions.csv: a column is missing: "acount"',
    ],
    [
      'the column that a join finds',
      {
        accounts: {
          file: 'accounts.csv',
          join: [{ file: 'subscriptions.csv', as: 's', on: { account_id: 'id' } }],
        },
      },
      'missing-column',
      'tables.accounts.join[0].on: accounts.csv has no column "id"',
    ],
    [
      'one origin',
      { accounts: { file: 'accounts.csv', columns: { name: { column: 'account_id', constant: 'x' } } } },
      'bad-option',
      'tables.accounts.columns.name: needed: exactly one of column, constant',
    ],
    [
      'a unit that means something',
      { accounts: { file: 'accounts.csv', columns: { created_at: { column: 'created_at', unit: 'days' } } } },
      'bad-option',
      'tables.accounts.columns.created_at: unit "days" needs "after"',
    ],
    [
      'an instant for a duration',
      {
        accounts: {
          file: 'accounts.csv',
          columns: { closed_at: { column: 'created_at', unit: 'days', after: 'name' } },
        },
      },
      'bad-option',
      '"after" must be one of created_at, closed_at, recorded_at, found "name"',
    ],
    [
      'a constant that fits',
      { subscriptions: { file: 'subscriptions.csv', columns: { churn_kind: { constant: 'angry' } } } },
      'bad-option',
      'tables.subscriptions.columns.churn_kind: the constant is none of voluntary, involuntary',
    ],
    [
      'attributes on accounts alone',
      { subscriptions: { file: 'subscriptions.csv', attributes: { a: 'account_id' } } },
      'bad-option',
      'tables.subscriptions.attributes: is for accounts alone',
    ],
    [
      'sign-ups from an instant',
      { accounts: { file: 'accounts.csv', columns: { created_at: { earliest: ['subscriptions.seats'] } } } },
      'bad-option',
      '"earliest" needs columns such as subscriptions.started_at, found "subscriptions.seats"',
    ],
    [
      'events for accounts through subscriptions',
      { accounts: { file: 'accounts.csv', columns: { account_id: { ofSubscription: 'account_id' } } } },
      'bad-option',
      '"ofSubscription" is for account_id of tables of events',
    ],
  ])('needs %s', async (_, tables, code, message) => {
    await expect(withWorkspace(SMALL_COMPANY, { tables }, async () => {})).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('finds files by an absolute path and below the folder of CHURNLAB_DATA', () =>
    inFolder(SMALL_COMPANY, async (data) => {
      const files = (place: string) => ({ tables: { accounts: { file: `${place}/accounts.csv` } } });
      await withWorkspace({}, files(data), async ({ intake }) => expect(intake.tables[0]!.kept).toBe(2));
      const before = process.env['CHURNLAB_DATA'];
      process.env['CHURNLAB_DATA'] = data;
      try {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: expanded by the loader
        await withWorkspace({}, files('${CHURNLAB_DATA}'), async ({ intake }) => {
          // biome-ignore lint/suspicious/noTemplateCurlyInString: the name does not depend on the machine
          expect(intake.files[0]!.file).toBe('${CHURNLAB_DATA}/accounts.csv');
        });
      } finally {
        if (before === undefined) delete process.env['CHURNLAB_DATA'];
        else process.env['CHURNLAB_DATA'] = before;
      }
    }));
});

describe('a configuration file', () => {
  const typescript = `import { defineWorkspace } from 'churnlab';
const name: string = 'Typed';
export default defineWorkspace({ name });
`;

  it.each([
    ['churnlab.config.ts', typescript],
    [
      'churnlab.config.mjs',
      "import { defineWorkspace } from 'churnlab';\nexport default defineWorkspace({ name: 'Typed' });\n",
    ],
    ['churnlab.config.js', "export default { name: 'Typed' };\n"],
    ['churnlab.config.json', '{ "name": "Typed" }'],
  ])('%s is run wherever it lies', (file, text) =>
    withWorkspace({ ...SMALL_COMPANY, [file]: text }, null, async ({ company }) => {
      expect(company.settings.name).toBe('Typed');
    }),
  );

  it.each([
    [
      { 'churnlab.config.ts': 'export default {', 'accounts.csv': '' },
      'bad-file',
      'churnlab.config.ts cannot be read: ',
    ],
    [{ 'churnlab.config.ts': 'throw new Error("no");' }, 'bad-file', 'churnlab.config.ts cannot be read: no'],
    [{ 'churnlab.config.ts': 'export const a = 1;' }, 'bad-file', 'churnlab.config.ts has no default export'],
    [{ 'churnlab.config.json': '{' }, 'bad-file', 'churnlab.config.json cannot be read: '],
    [
      { 'churnlab.config.json': '{}', 'churnlab.config.ts': typescript },
      'bad-file',
      'several configurations: churnlab.config.ts, churnlab.config.json',
    ],
  ])('%j is refused', (files, code, message) =>
    inFolder(files as Record<string, string>, (folder) =>
      expect(openWorkspace(folder)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(message),
      }),
    ),
  );
});

describe("a folder of the user's own aspects", () => {
  const aspect = (name: string) => `import { defineAspect } from 'churnlab';
export default defineAspect({
  aspect: '${name}',
  title: 'Weight of incidents',
  needs: ['incidents'],
  groups: [{ from: 'known_incidents', features: [{ name: 'felt', unit: 'incidents', description: 'Incidents felt', sql: 'count(*)', empty: 0 }] }],
});
`;

  it('puts them on the company, by file name', () =>
    withWorkspace(
      {
        ...SMALL_COMPANY,
        'aspects/b.ts': aspect('second'),
        'aspects/a.ts': aspect('first'),
        'aspects/notes.md': 'x',
      },
      null,
      async ({ company }) => {
        expect(company.aspects.map((one) => one.aspect)).toEqual(['first', 'second']);
        expect(company.aspects[0]!.groups[0]!.features[0]).toMatchObject({ kind: 'number', empty: 0 });
      },
    ));

  it('is refused where one is no aspect, or two are called the same', async () => {
    await inFolder({ ...SMALL_COMPANY, 'aspects/a.ts': aspect('Not A Name') }, (folder) =>
      expect(openWorkspace(folder)).rejects.toMatchObject({
        code: 'bad-option',
        message: expect.stringContaining('aspects/a.ts: aspect: needed'),
      }),
    );
    await inFolder(
      { ...SMALL_COMPANY, 'aspects/a.ts': aspect('one'), 'aspects/b.ts': aspect('one') },
      (folder) =>
        expect(openWorkspace(folder)).rejects.toMatchObject({
          message: 'aspects/b.ts: there are two aspects "one"; rename one',
        }),
    );
  });
});

describe('names and cells that mean to harm', () => {
  it('are names and cells', () =>
    withWorkspace(
      {
        'odd "name";--.csv': csv(
          '"id""; DROP TABLE accounts;--",__proto__,constructor,"since\tthen"',
          `"x'); DROP TABLE accounts;--",=1+1,toString,2024-01-01`,
          '__proto__,hasOwnProperty,@cmd,2024-01-02',
        ),
      },
      {
        tables: {
          accounts: {
            file: 'odd "name";--.csv',
            columns: {
              account_id: 'id"; DROP TABLE accounts;--',
              created_at: 'since then',
              name: { column: '__proto__', values: { constructor: 'no' } },
            },
            attributes: { "it's": 'constructor', constructor: '__proto__' },
          },
        },
      },
      async ({ company, intake }) => {
        expect(intake.tables[0]).toMatchObject({ read: 2, kept: 2 });
        expect(await company.database.rows('SELECT account_id, name FROM accounts')).toEqual([
          { account_id: "x'); DROP TABLE accounts;--", name: '=1+1' },
          { account_id: '__proto__', name: 'hasOwnProperty' },
        ]);
        expect(company.attributes.map(({ name }) => name)).toEqual(["it's", 'constructor']);
      },
    ));
});
