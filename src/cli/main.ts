#!/usr/bin/env node
import { constants } from 'node:os';
import { Command, CommanderError } from 'commander';
import { cleanUpTemporaryFiles, VERSION } from '../index.js';
import { addBacktest } from './backtest.js';
import { addCheck } from './check.js';
import { addDemo } from './demo.js';
import { addEvaluate } from './evaluate.js';
import { exitCodeOf, messageOf } from './failure.js';
import { addFeatures } from './features.js';
import { addFlags } from './flags.js';
import { addMetrics } from './metrics.js';
import { addNotebooks } from './notebooks.js';
import { addScore } from './score.js';
import { addSimulate } from './simulate.js';
import { addTrain } from './train.js';
import { addValue } from './value.js';

const program = new Command('churnlab')
  .description('A workbench for customer churn: check tables, train calibrated models, score with reasons.')
  .version(VERSION)
  .option('--debug', 'show the stack of a fault')
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text) });

const COMMANDS = [
  addDemo,
  addSimulate,
  addCheck,
  addMetrics,
  addFeatures,
  addTrain,
  addScore,
  addEvaluate,
  addBacktest,
  addFlags,
  addValue,
  addNotebooks,
];
for (const add of COMMANDS) add(program);
for (const command of program.commands.flatMap((command) => [command, ...command.commands]))
  command.exitOverride().showHelpAfterError('(--help shows the options)');

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    cleanUpTemporaryFiles();
    process.exit(128 + constants.signals[signal]);
  });
}

// Whoever reads may have heard enough (`churnlab … | head`); the files are written all the same.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError))
    process.stderr.write(`${messageOf(error, program.opts()['debug'])}\n`);
  cleanUpTemporaryFiles();
  process.exitCode = exitCodeOf(error);
}
