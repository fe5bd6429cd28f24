// Compiles the AssemblyScript kernels to WebAssembly, beside the compiled library: node compile-kernels.mjs [folder …]
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

const KERNELS = ['boosting', 'conjunctions'];
const OPTIONS = [
  ...['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'threads'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
];

const folders = process.argv.slice(2);
for (const kernel of KERNELS) {
  const { error, stderr, binary } = await compile(kernel);
  if (error) {
    process.stderr.write(`${stderr}\n${error.message}\n`);
    process.exit(1);
  }
  for (const folder of folders.length > 0 ? folders : ['dist/kernels']) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${kernel}.wasm`), binary);
  }
}

async function compile(kernel) {
  let binary = null;
  const writeFile = (_name, contents) => {
    binary = contents;
  };
  const result = await asc.main(
    [`src/kernels/assembly/${kernel}.ts`, ...OPTIONS, '--outFile', `${kernel}.wasm`],
    { writeFile },
  );
  return { error: result.error, stderr: result.stderr.toString(), binary };
}
