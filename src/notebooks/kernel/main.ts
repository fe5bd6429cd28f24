/**
 * The kernel's process: `node main.js CONNECTION_FILE`, as Jupyter's kernel spec has it. Our own runner adds
 * `--runner OUTPUT_BYTES`: the process then ends with its standard input, and a cell may show so many bytes.
 *
 * It is tslab's kernel in the folder where it is started, put together here so that its troubles (1.0.22) can be
 * mended without changing its files; each file beside this one says which.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { endWithParent } from './end-with-parent.js';
import { findHere } from './find-here.js';
import { startServer } from './kernel-server.js';
import { mendTypeScript } from './mend-typescript.js';
import { quietPublisher } from './quiet-publisher.js';

const [connectionFile, option, outputBytes] = process.argv.slice(2);
const isRunner = option === '--runner';
const tslab = createRequire(createRequire(import.meta.url).resolve('tslab/package.json'));

endWithParent(isRunner ? dirname(connectionFile!) : null);
findHere();
mendTypeScript(tslab);
quietPublisher(tslab);
await startServer(tslab, connectionFile!, isRunner ? Number(outputBytes) : Number.POSITIVE_INFINITY);
