import { benchBoosting } from './boosting.js';
import { benchFeatures } from './features.js';
import { benchFlags } from './flags.js';
import { benchQuality } from './quality.js';
import { benchScore } from './score.js';
import { benchSearch } from './search.js';

const benches: Record<string, (args: readonly string[]) => Promise<void>> = {
  boosting: benchBoosting,
  features: benchFeatures,
  flags: benchFlags,
  quality: benchQuality,
  score: benchScore,
  search: benchSearch,
};

const [name, ...args] = process.argv.slice(2);
const bench = name === undefined ? undefined : benches[name];
if (bench) {
  await bench(args);
} else {
  process.stderr.write(`npm run bench -- ${Object.keys(benches).join(' | ')}\n`);
  process.exitCode = 2;
}
