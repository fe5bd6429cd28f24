// The kernels of conjunctions: what the main thread calls, and what the helpers serve. Compiled to
// conjunctions.wasm; each has a plain twin in `src/flags/search`, and tests compare them.
import { Control } from '../layout';
import { searchShare } from './conjunction-search';
import { permuteShare } from './conjunction-permute';
import { awaitCall, call, done, finish, join } from './team';

enum Task {
  Search,
  Permute,
}

/** A helper's life: serves one task after the other until its thread is stopped. */
export function serve(): void {
  let seen = atomic.load<i32>(Control.Signal);
  const index = atomic.add<i32>(Control.Ready, 1);
  while (true) {
    seen = awaitCall(seen);
    if (!join(index)) continue;
    share(load<i32>(Control.Task), index + 1);
    done();
  }
}

function share(task: i32, thread: i32): void {
  if (task == Task.Search) searchShare(thread);
  else permuteShare(thread);
}

function run(task: i32): void {
  call(task);
  share(task, 0);
  finish();
}

/** Looks at every conjunction that begins with one of the units' pairs; keeps the strongest. */
export function searchUnits(): void {
  run(Task.Search);
}

/** Counts the same conjunctions under all permutations; keeps the largest quality of each. */
export function permuteUnits(): void {
  run(Task.Permute);
}
