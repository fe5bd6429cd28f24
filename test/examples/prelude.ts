import {
  applyRecipe,
  backtestCompany,
  companyCsv,
  findTableFlags,
  fitBoostedTrees,
  fitRecipe,
  intakeSource,
  labelRows,
  measureMetrics,
  type Notebook,
  openWorkspace,
  predictChurn,
  readTable,
  saveBundle,
  seededRandom,
  simulateCompany,
  simulatedFiles,
  simulateTables,
  train,
  trainCompany,
  useBackend,
  valueOfChurn,
  writeFolderAtomically,
  writeNotebook,
  writeTextAtomically,
} from 'churnlab';

const SEED = 7;
const ROLES = { target: 'churned', id: 'account_id', time: null, group: null };

/** Made when first asked for, once. */
function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** The fewer tables, the fewer features, and the quicker everything. */
const TABLES = ['accounts', 'subscriptions', 'usage_events'];

function tablesOf({ months }: { months: number }): Record<string, Iterable<string>> {
  const all = [...simulatedFiles(simulateTables({ accounts: 160, months, seed: SEED }))];
  return Object.fromEntries(all.filter(([path]) => TABLES.includes(path.replace(/\.csv$/, ''))));
}

function notebookShowing(text: string): Notebook {
  return {
    cells: [
      { id: 'question', cell_type: 'markdown', metadata: {}, source: 'How well can we tell?' },
      {
        id: 'answer',
        cell_type: 'code',
        metadata: {},
        source: "console.log('AUC 0.851');",
        execution_count: 1,
        outputs: [{ output_type: 'stream', name: 'stdout', text: `${text}\n` }],
      },
    ],
    metadata: { kernelspec: { name: 'churnlab', display_name: 'churnlab', language: 'typescript' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** Files of the folder that the examples run in; makes the named one. */
export const files = {
  /** A flat table of 400 simulated accounts, as one month's systems would export it. */
  'customers.csv': once(() =>
    writeTextAtomically('customers.csv', companyCsv(simulateCompany({ accounts: 400, seed: SEED }))),
  ),
  /** The same of 100 other accounts. */
  'next-quarter.csv': once(() =>
    writeTextAtomically('next-quarter.csv', companyCsv(simulateCompany({ accounts: 100, seed: SEED + 1 }))),
  ),
  /** A folder with three of the dated tables of a simulated company of 160 accounts, from January to September 2023. */
  'my-company': once(() => writeFolderAtomically('my-company', tablesOf({ months: 9 }))),
  /** The same company four months later. */
  'my-company-later': once(() => writeFolderAtomically('my-company-later', tablesOf({ months: 13 }))),
  /** A notebook of a text and a code cell, which shows an AUC. */
  'churn.ipynb': once(() => writeNotebook('churn.ipynb', notebookShowing('AUC 0.851'))),
  /** The same, saved when the AUC was another one. */
  'earlier.ipynb': once(() => writeNotebook('earlier.ipynb', notebookShowing('AUC 0.848'))),
  /** `training`, saved. */
  'models/churn': once(async () => saveBundle('models/churn', await training())),
  /** `companyTraining`, saved. */
  'models/company': once(async () => saveBundle('models/company', await companyTraining())),
};

/** Ends what the names hold open. */
export async function closeGiven(): Promise<void> {
  for (const close of closing) await close();
}

const input = once(async () => {
  await files['customers.csv']();
  return { ...(await readTable('customers.csv')), file: 'customers.csv' };
});
const opened = once(async () => {
  await files['my-company']();
  const workspace = await openWorkspace('my-company');
  closing.push(workspace.close);
  return workspace;
});
const closing: (() => Promise<void>)[] = [];

/** `customers.csv` as read, with dirt and a leak. */
export const raw = once(async () => (await input()).raw);

/** How its columns become features, learned without the leak. */
export const recipe = once(async () =>
  fitRecipe(await raw(), { ...ROLES, leaveOut: ['offboarding_ticket'] }),
);

const learned = once(async () => {
  const labelled = labelRows(await raw(), ROLES);
  const { table, kept } = applyRecipe(await recipe(), labelled.raw);
  return { table, churned: Uint8Array.from(kept, (row) => labelled.churned[row]!) };
});

/** Its features, one row for each account. */
export const table = once(async () => (await learned()).table);

/** Who of these left within 90 days: 1 or 0 for each row of `table`. */
export const churned = once(async () => (await learned()).churned);

/** A quick training on `customers.csv`: model, recipe, card and rejected rows. */
export const training = once(async () => {
  await useBackend('tfjs-wasm');
  return train(await input(), { ...ROLES, seed: SEED, timeBudgetSeconds: 1 });
});

/** The card of that training. */
export const card = once(async () => (await training()).card);

/** The model of that training. */
export const model = once(async () => (await training()).model);

/** What the model says of each row of `table`. */
export const probabilities = once(async () => predictChurn(await model(), await table()));

/** Boosted trees learned from `table` and `churned`. */
export const trees = once(async () => {
  const learnedFrom = { table: await table(), churned: await churned(), weights: null };
  return fitBoostedTrees(learnedFrom, { trees: 20, maxLeaves: 6 }).fitted;
});

/** A search for red flags in `customers.csv`, written down. */
export const ledger = once(async () =>
  findTableFlags(await input(), { ...ROLES, seed: SEED, today: Date.UTC(2026, 0, 5), permutations: 99 }),
);

/** The tables of `my-company`, opened. */
export const company = once(async () => (await opened()).company);

/** What was learned while they were read. */
export const intake = once(async () => (await opened()).intake);

const QUICK = { seed: SEED, timeBudgetSeconds: 1, horizonDays: 60, snapshots: 5 };

/** A quick training on `company`. */
export const companyTraining = once(async () => {
  await useBackend('tfjs-wasm');
  return trainCompany(await company(), intakeSource(await intake()), QUICK);
});

/** The latest snapshot of `company` predicted from those before it. */
export const backtest = once(async () => {
  await useBackend('tfjs-wasm');
  return backtestCompany(await company(), { ...QUICK, folds: 1 });
});

/** The metrics of `company`, month by month. */
export const metrics = once(async () =>
  measureMetrics(await company(), { from: '2023-02', random: seededRandom(SEED) }),
);

/** What a lower churn is worth to a company of 400 accounts and 200,000 EUR a month. */
export const value = once(async () =>
  valueOfChurn({
    accounts: 400,
    monthlyRevenueCents: 20_000_000,
    monthlyLogoChurn: { value: 0.02, low: 0.015, high: 0.026 },
    currency: 'EUR',
  }),
);
