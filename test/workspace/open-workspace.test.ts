import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/sources/duckdb/database.js';
import type { WorkspaceInput } from '../../src/workspace/config.js';
import { openWorkspace } from '../../src/workspace/open-workspace.js';
import { csv, inFolder, SMALL_COMPANY, withWorkspace } from './workspace-folder.js';

const iso = (instant: unknown) => new Date(instant as number).toISOString();

describe('a folder of canonical tables', () => {
  it('is loaded without a configuration', () =>
    withWorkspace(SMALL_COMPANY, null, async ({ company, intake }) => {
      expect([...company.tables]).toEqual(['accounts', 'subscriptions']);
      expect(company.settings).toMatchObject({ currency: 'EUR', churn: { by: 'subscription' } });
      expect(iso(company.settings.observedUntil)).toBe('2024-02-02T00:00:00.000Z');
      expect(
        await company.database.rows(
          'SELECT account_id, ended_at, mrr_cents, currency, source_file, row_number FROM subscriptions',
        ),
      ).toEqual([
        {
          account_id: 'a',
          ended_at: null,
          mrr_cents: 1000,
          currency: 'EUR',
          source_file: 'subscriptions.csv',
          row_number: 1,
        },
        {
          account_id: 'b',
          ended_at: Date.UTC(2024, 3, 1),
          mrr_cents: 2000,
          currency: 'EUR',
          source_file: 'subscriptions.csv',
          row_number: 2,
        },
      ]);
      expect(intake.tables).toEqual([
        {
          table: 'accounts',
          files: ['accounts.csv'],
          read: 2,
          kept: 2,
          rejected: 0,
          skipped: 0,
          dropped: 0,
          doubted: 0,
        },
        {
          table: 'subscriptions',
          files: ['subscriptions.csv'],
          read: 2,
          kept: 2,
          rejected: 0,
          skipped: 0,
          dropped: 0,
          doubted: 0,
        },
      ]);
      expect(intake.files[0]!.sha256).toMatch(/^[0-9a-f]{64}$/);
    }));

  it('without subscriptions counts leaving by inactivity', () =>
    withWorkspace({ 'accounts.csv': SMALL_COMPANY['accounts.csv'] }, null, async ({ company }) => {
      expect(company.settings.churn.by).toBe('inactivity');
    }));

  it('names files and columns that nobody reads', () =>
    withWorkspace(
      { 'accounts.csv': csv('account_id,created_at,shoe', 'a,2024-01-01,42'), 'shoes.csv': csv('a', 'b') },
      null,
      async ({ intake }) => {
        expect(intake.notes).toEqual([
          expect.objectContaining({ kind: 'unknown-files', message: expect.stringContaining('shoes.csv') }),
          expect.objectContaining({ kind: 'unread-columns', message: expect.stringContaining('shoe') }),
        ]);
      },
    ));

  it('rejects rows that break the contract, and repeats of an id', () =>
    withWorkspace(
      {
        'accounts.csv': csv(
          'account_id,created_at,employees',
          'a,2024-01-01,10',
          ',2024-01-01,10',
          'b,yesterday,10',
          'c,1900-01-01,10',
          'd,2024-01-01,-1',
          'e,2024-01-01,2.5',
          'f,2024-01-01,many',
          'a,2024-01-02,10',
          'g,2024-01-01,n/a',
          'h,,3',
        ),
      },
      null,
      async ({ company, intake }) => {
        expect(
          intake.rejects.map(({ rowNumber, column, value, reason }) => [rowNumber, column, value, reason]),
        ).toEqual([
          [2, 'account_id', null, 'is missing'],
          [3, 'created_at', 'yesterday', 'is no date such as 2024-01-31'],
          [4, 'created_at', '1900-01-01', 'lies before 1970'],
          [5, 'employees', '-1', 'is below 0'],
          [6, 'employees', '2.5', 'is no whole number'],
          [7, 'employees', 'many', 'is no number'],
          [10, 'created_at', null, 'is missing'],
          [8, 'account_id', 'a', 'is the id of an earlier row'],
        ]);
        expect(intake.tables[0]).toMatchObject({ read: 10, kept: 2, rejected: 8 });
        expect(await company.database.rows('SELECT account_id FROM accounts')).toEqual([
          { account_id: 'a' },
          { account_id: 'g' },
        ]);
      },
    ));

  it('must be there, hold tables, one file each, and an account', async () => {
    await expect(openWorkspace('/nowhere')).rejects.toThrow('/nowhere is no folder');
    await inFolder({ 'notes.txt': 'x' }, (folder) =>
      expect(openWorkspace(folder)).rejects.toMatchObject({
        code: 'bad-file',
        message: expect.stringContaining('no file with the name of a canonical table'),
      }),
    );
    await inFolder({ ...SMALL_COMPANY, 'accounts.tsv': 'x' }, (folder) =>
      expect(openWorkspace(folder)).rejects.toMatchObject({
        code: 'bad-file',
        message: expect.stringContaining('accounts.csv and accounts.tsv'),
      }),
    );
    await inFolder({ 'accounts.csv': csv('account_id,created_at', 'a,soon') }, (folder) =>
      expect(openWorkspace(folder)).rejects.toMatchObject({
        code: 'bad-table',
        message: expect.stringContaining('created_at is no date'),
      }),
    );
  });
});

describe('a mapping', () => {
  it('renames, maps values, converts money, and reads durations after an instant', () =>
    withWorkspace(
      {
        'kunden.csv': csv(
          'Nr;Seit;Umsatz;Laufzeit;Ende;Währung',
          '7;01.02.2024;1.234,50; ein Jahr ;nein;USD',
          '8;15.02.2024;99,00;Monat;31.03.2024;EUR',
        ),
        'cases.csv': csv(
          'id,who,opened,answer_minutes,stars',
          '1,7,2024-02-03 10:00:00,90,4',
          '2,8,2024-02-20 10:00:00,,',
        ),
      },
      {
        rates: { USD: 0.9 },
        tables: {
          accounts: { file: 'kunden.csv', columns: { account_id: 'Nr', created_at: 'Seit' } },
          subscriptions: {
            file: 'kunden.csv',
            columns: {
              subscription_id: { numbered: 'K' },
              account_id: 'Nr',
              started_at: 'Seit',
              ended_at: { column: 'Ende', values: { nein: null } },
              term_months: { column: 'Laufzeit', values: { 'ein Jahr': 12, Monat: 1 } },
              mrr_cents: { column: 'Umsatz', unit: 'major' },
              currency: 'Währung',
            },
          },
          support_tickets: {
            file: 'cases.csv',
            columns: {
              ticket_id: 'id',
              account_id: 'who',
              opened_at: 'opened',
              first_response_at: { column: 'answer_minutes', unit: 'minutes', after: 'opened_at' },
              channel: { constant: 'Live Chat' },
              csat: 'stars',
            },
          },
        },
      },
      async ({ company, intake }) => {
        expect(intake.rejects).toEqual([]);
        expect(
          await company.database.rows(
            'SELECT subscription_id, ended_at, term_months, mrr_cents, currency FROM subscriptions',
          ),
        ).toEqual([
          { subscription_id: 'K1', ended_at: null, term_months: 12, mrr_cents: 111_105, currency: 'USD' },
          {
            subscription_id: 'K2',
            ended_at: Date.UTC(2024, 2, 31),
            term_months: 1,
            mrr_cents: 9900,
            currency: 'EUR',
          },
        ]);
        expect(
          await company.database.rows('SELECT first_response_at, channel, csat FROM support_tickets'),
        ).toEqual([
          { first_response_at: Date.UTC(2024, 1, 3, 11, 30), channel: 'live_chat', csat: 4 },
          { first_response_at: null, channel: 'live_chat', csat: null },
        ]);
      },
    ));

  it('rejects amounts in a currency without a rate', () =>
    withWorkspace(
      {
        'accounts.csv': SMALL_COMPANY['accounts.csv'],
        'subscriptions.csv': csv(
          'subscription_id,account_id,started_at,mrr_cents,currency',
          's,a,2024-01-01,5,GBP',
          't,a,2024-01-01,5,EUR',
        ),
      },
      null,
      async ({ intake }) => {
        expect(intake.rejects).toEqual([
          {
            table: 'subscriptions',
            file: 'subscriptions.csv',
            rowNumber: 1,
            column: 'currency',
            value: 'GBP',
            reason: 'has no rate to EUR; name it under rates',
          },
        ]);
      },
    ));

  it('joins files, makes attributes, and takes sign-ups from other tables', () =>
    withWorkspace(
      {
        'people.csv': csv('id,zip', 'a,01234', 'b,99999', 'c,00001'),
        'services.csv': csv('person,net,speed', 'a,dsl,"1,5"', 'c,fibre,"2,0"', 'c,again,9'),
        'pays.csv': csv('id,from,eur', 'a,2024-03-01,10', 'a,2024-01-05,10', 'b,2024-02-01,10'),
      },
      {
        tables: {
          accounts: {
            file: 'people.csv',
            columns: { account_id: 'id', created_at: { earliest: ['subscriptions.started_at'] } },
            join: [{ file: 'services.csv', as: 'service', on: { person: 'id' }, otherwise: 'none' }],
            attributes: {
              zip: 'zip',
              net: 'service.net',
              speed: { column: 'service.speed', values: { none: null } },
            },
          },
          subscriptions: {
            file: 'pays.csv',
            columns: {
              subscription_id: { numbered: 'P' },
              account_id: 'id',
              started_at: 'from',
              mrr_cents: { column: 'eur', unit: 'major' },
            },
          },
        },
      },
      async ({ company, intake }) => {
        expect(await company.database.rows('SELECT account_id, created_at FROM accounts')).toEqual([
          { account_id: 'a', created_at: Date.UTC(2024, 0, 5) },
          { account_id: 'b', created_at: Date.UTC(2024, 1, 1) },
        ]);
        expect(intake.rejects).toEqual([
          expect.objectContaining({
            table: 'accounts',
            rowNumber: 3,
            value: 'c',
            reason: 'has no row in subscriptions.started_at, so no sign-up',
          }),
        ]);
        expect(company.attributes).toEqual([
          { name: 'zip', kind: 'text' },
          { name: 'net', kind: 'text' },
          { name: 'speed', kind: 'number' },
        ]);
        expect(
          await company.database.rows('SELECT * FROM account_attributes ORDER BY account_id, name'),
        ).toEqual([
          { account_id: 'a', name: 'net', text: 'dsl', number: null },
          { account_id: 'a', name: 'speed', text: null, number: 1.5 },
          { account_id: 'a', name: 'zip', text: '01234', number: null },
          { account_id: 'b', name: 'net', text: 'none', number: null },
          { account_id: 'b', name: 'zip', text: '99999', number: null },
        ]);
        expect(intake.notes).toContainEqual(
          expect.objectContaining({ kind: 'lookup-repeats', file: 'services.csv' }),
        );
        expect(intake.sideFiles).toEqual([
          { file: 'services.csv', sha256: expect.stringMatching(/^[0-9a-f]{64}$/), read: 3, unused: 1 },
        ]);
      },
    ));

  it('splits one file over tables, each row read once per mapping and counted', () =>
    withWorkspace(
      {
        ...SMALL_COMPANY,
        'log.csv': csv(
          'who,at,what',
          'a,2024-01-02,login',
          'a,2024-01-03,post',
          'b,2024-02-03,vote',
          'b,2024-02-04,login',
        ),
      },
      {
        tables: {
          accounts: { file: 'accounts.csv' },
          usage_events: {
            file: 'log.csv',
            columns: { account_id: 'who', occurred_at: 'at', event: 'what' },
            where: { what: 'login' },
          },
          community_activity: {
            file: 'log.csv',
            columns: { account_id: 'who', occurred_at: 'at', kind: 'what' },
            where: { what: ['post', 'vote'] },
          },
        },
      },
      async ({ intake }) => {
        expect(
          intake.tables.map(({ table, read, kept, rejected, skipped }) => [
            table,
            read,
            kept,
            rejected,
            skipped,
          ]),
        ).toEqual([
          ['accounts', 2, 2, 0, 0],
          ['usage_events', 4, 2, 0, 2],
          ['community_activity', 4, 2, 0, 2],
        ]);
      },
    ));

  it('reads local times in the zone of the workspace, the file or the column, unless they carry their own', () =>
    withWorkspace(
      {
        ...SMALL_COMPANY,
        'usage.csv': csv(
          'account_id,event,occurred_at,recorded_at',
          'a,x,2024-07-01 12:00,2024-07-01 13:00',
          'a,y,2024-07-01T12:00Z,2024-07-01 12:00+02:00',
        ),
      },
      {
        timeZone: 'Europe/Berlin',
        tables: {
          accounts: { file: 'accounts.csv', timeZone: 'UTC' },
          usage_events: {
            file: 'usage.csv',
            columns: { recorded_at: { column: 'recorded_at', timeZone: 'Asia/Kolkata' } },
          },
        },
      },
      async ({ company }) => {
        const rows = await company.database.rows('SELECT occurred_at, recorded_at FROM usage_events');
        expect(rows.map((row) => [iso(row['occurred_at']), iso(row['recorded_at'])])).toEqual([
          ['2024-07-01T10:00:00.000Z', '2024-07-01T07:30:00.000Z'],
          ['2024-07-01T12:00:00.000Z', '2024-07-01T10:00:00.000Z'],
        ]);
        expect(await company.database.value('SELECT min(created_at) FROM accounts')).toBe(
          Date.UTC(2024, 0, 1),
        );
      },
    ));

  it('finds the order of day and month in the whole column, and asks where it cannot', async () => {
    const late = Array.from({ length: 5000 }, (_, row) => `a${row},0${(row % 9) + 1}/02/2024`);
    await withWorkspace(
      { 'accounts.csv': csv('account_id,created_at', ...late, 'z,02/28/2024') },
      null,
      async ({ company, intake }) => {
        expect(intake.rejectCount).toBe(0);
        expect(await company.database.value("SELECT created_at FROM accounts WHERE account_id = 'a2'")).toBe(
          Date.UTC(2024, 2, 2),
        );
      },
    );
    const unclear = { 'accounts.csv': csv('account_id,created_at', 'a,03/04/2024') };
    await expect(withWorkspace(unclear, null, async () => {})).rejects.toMatchObject({
      code: 'bad-option',
      message: expect.stringContaining("order: 'dmy'"),
    });
    const told = {
      tables: {
        accounts: {
          file: 'accounts.csv',
          columns: { created_at: { column: 'created_at', order: 'dmy' as const } },
        },
      },
    };
    await withWorkspace(unclear, told, async ({ company }) => {
      expect(await company.database.value('SELECT created_at FROM accounts')).toBe(Date.UTC(2024, 3, 3));
    });
  });

  it('of events finds the account through the subscription', () =>
    withWorkspace(
      {
        ...SMALL_COMPANY,
        'log.csv': csv('sub,at', 's1,2024-01-05', 's2,2024-01-05', 'lost,2024-01-05', ',2024-01-05'),
      },
      {
        tables: {
          accounts: { file: 'accounts.csv' },
          subscriptions: { file: 'subscriptions.csv' },
          usage_events: {
            file: 'log.csv',
            columns: { account_id: { ofSubscription: 'sub' }, occurred_at: 'at', event: { constant: 'use' } },
          },
        },
      },
      async ({ company, intake }) => {
        expect(await company.database.rows('SELECT account_id FROM usage_events')).toEqual([
          { account_id: 'a' },
          { account_id: 'b' },
        ]);
        expect(intake.rejects.map(({ rowNumber, value, reason }) => [rowNumber, value, reason])).toEqual([
          [3, 'lost', 'names no subscription that was kept'],
          [4, null, 'is missing'],
        ]);
        const columns = await company.database.rows(
          "SELECT column_name FROM information_schema.columns WHERE table_name = 'usage_events'",
        );
        expect(columns.map((row) => row['column_name'])).not.toContain('through_subscription');
      },
    ));

  it('takes cells that the file has typed as they are, and refuses those of another kind', () =>
    inFolder(
      { 'accounts.jsonl': '{"account_id":7,"created_at":"2024-01-01","employees":5}\n' },
      async (folder) => {
        const writer = await openDatabase();
        await writer.run(
          `COPY (SELECT 7 AS account_id, TIMESTAMP '2024-07-01 12:00:00' AS occurred_at, 'x' AS event, 2.5 AS quantity, 20240701 AS recorded_at
         UNION ALL SELECT 7, TIMESTAMP '2024-07-02 12:00:00', 'y', -1, NULL) TO '${folder}/usage_events.parquet' (FORMAT parquet)`,
        );
        await writer.run(
          `COPY (SELECT 'i' AS incident, 7 AS account_id, TIMESTAMP '1960-01-01' AS occurred_at, 3 AS severity) TO '${folder}/incidents.parquet' (FORMAT parquet)`,
        );
        await writer.close();
        writeFileSync(`${folder}/churnlab.config.json`, '{ "timeZone": "Europe/Berlin" }');
        const { company, intake, close } = await openWorkspace(folder);
        expect(await company.database.rows('SELECT account_id, employees FROM accounts')).toEqual([
          { account_id: '7', employees: 5 },
        ]);
        expect(company.tables.has('usage_events')).toBe(false);
        expect(
          intake.rejects.map(({ table, column, value, reason }) => [table, column, value, reason]),
        ).toEqual([
          ['usage_events', 'recorded_at', '20240701', 'is a number where a date is needed'],
          ['usage_events', 'quantity', '-1', 'is below 0'],
          ['incidents', 'occurred_at', '1960-01-01T00:00:00.000Z', 'lies before 1970'],
        ]);
        await close();
      },
    ));

  it('leaves instants that Parquet has typed in UTC, and adds typed durations to them', () =>
    inFolder(SMALL_COMPANY, async (folder) => {
      const writer = await openDatabase();
      await writer.run(
        `COPY (SELECT 't' AS ticket_id, 'a' AS account_id, TIMESTAMP '2024-07-01 12:00:00' AS opened_at, 90.0 AS minutes) TO '${folder}/tickets.parquet' (FORMAT parquet)`,
      );
      await writer.close();
      const config: WorkspaceInput = {
        timeZone: 'Europe/Berlin',
        tables: {
          accounts: { file: 'accounts.csv' },
          support_tickets: {
            file: 'tickets.parquet',
            columns: { first_response_at: { column: 'minutes', unit: 'minutes', after: 'opened_at' } },
          },
        },
      };
      writeFileSync(`${folder}/churnlab.config.json`, JSON.stringify(config));
      const { company, close } = await openWorkspace(folder);
      expect(await company.database.rows('SELECT opened_at, first_response_at FROM support_tickets')).toEqual(
        [{ opened_at: Date.UTC(2024, 6, 1, 12), first_response_at: Date.UTC(2024, 6, 1, 13, 30) }],
      );
      await close();
    }));

  it('takes settings, and derives the end of observation unless it is told', () =>
    withWorkspace(
      SMALL_COMPANY,
      {
        name: 'Acme',
        currency: 'USD',
        observedUntil: '2024-06-01',
        churn: { graceDays: 7 },
        stages: { landDays: 30 },
      },
      async ({ company }) => {
        expect(company.settings).toMatchObject({
          name: 'Acme',
          currency: 'USD',
          observedUntil: Date.UTC(2024, 5, 1),
          churn: { by: 'subscription', graceDays: 7, inactiveDays: 90 },
          stages: { landDays: 30 },
        });
      },
    ));
});
