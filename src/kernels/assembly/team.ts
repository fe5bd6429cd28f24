import { Control } from '../layout';

/** Looks at a flag this often before a thread goes to sleep: some ten microseconds. */
const PATIENCE: i32 = 4000;

/** The task's next unit, from 0: each is handed out once. */
// @ts-ignore: decorator
@inline
export function takeUnit(): i32 {
  return atomic.add<i32>(Control.Next, 1);
}

/** Calls the helpers that are up to the task; thread 0 takes its own part in it and then calls `finish`. */
export function call(task: i32): void {
  const helpers = atomic.load<i32>(Control.Ready);
  store<i32>(Control.Task, task);
  store<i32>(Control.Called, helpers);
  atomic.store<i32>(Control.Next, 0);
  if (helpers == 0) return;
  atomic.store<i32>(Control.Pending, helpers);
  const generation = (atomic.load<i32>(Control.Signal) >> 6) + 1;
  atomic.store<i32>(Control.Signal, (generation << 6) | helpers);
  atomic.notify(Control.Signal, helpers);
}

/** Waits until every helper that was called is done. */
export function finish(): void {
  for (let i = 0; i < PATIENCE; i++) if (atomic.load<i32>(Control.Pending) == 0) return;
  for (let left = atomic.load<i32>(Control.Pending); left != 0; left = atomic.load<i32>(Control.Pending)) {
    atomic.wait<i32>(Control.Pending, left, -1);
  }
}

/** A helper's next task: sleeps until it is called. Returns the signal that called it. */
export function awaitCall(index: i32, seen: i32): i32 {
  let signal = seen;
  do {
    const before = signal;
    for (let i = 0; i < PATIENCE && signal == before; i++) signal = atomic.load<i32>(Control.Signal);
    while (signal == before) {
      atomic.wait<i32>(Control.Signal, before, -1);
      signal = atomic.load<i32>(Control.Signal);
    }
  } while ((signal & 63) <= index);
  return signal;
}

/** Says that a helper has done its part. */
export function done(): void {
  if (atomic.sub<i32>(Control.Pending, 1) == 1) atomic.notify(Control.Pending, 1);
}
