import { Control } from '../layout';

/** Looks at a flag this often before a thread goes to sleep: some fifty microseconds. */
const PATIENCE: i32 = 20000;
/** Nanoseconds after which a sleeper looks by itself: a wake-up that is lost costs time and nothing else. */
const NAP_OF_CALLER: i64 = 200_000;
const NAP_OF_HELPER: i64 = 50_000_000;
/** Bit of the gate that is set when a task takes no more helpers. */
const CLOSED: i32 = 1 << 30;

/** The task's next unit, from 0: each is handed out once. */
@inline
export function takeUnit(): i32 {
  return atomic.add<i32>(Control.Next, 1);
}

/** Opens the gate to a task; thread 0 takes its own part in it and then calls `finish`. */
export function call(task: i32): void {
  store<i32>(Control.Task, task);
  atomic.store<i32>(Control.Next, 0);
  if (atomic.load<i32>(Control.Ready) == 0) return;
  atomic.store<i32>(Control.Done, 0);
  atomic.store<i32>(Control.Gate, 0);
  atomic.add<i32>(Control.Signal, 1);
  if (atomic.load<i32>(Control.Sleepers) > 0) atomic.notify(Control.Signal, -1);
}

/**
 * Closes the gate and waits for the helpers that came through it: one that woke up too late is not waited for.
 *
 * @returns one bit for each helper that took part
 */
export function finish(): i32 {
  if (atomic.load<i32>(Control.Ready) == 0) return 0;
  atomic.or<i32>(Control.Gate, CLOSED);
  // Nothing is kept in a variable over the wait: the optimised code of Node 20 loses it, and the caller slept for ever.
  while (true) {
    for (let i = 0; i < PATIENCE; i++) if (missing() == 0) return joinedHelpers();
    if (missing() != 0) atomic.wait<i32>(Control.Done, atomic.load<i32>(Control.Done), NAP_OF_CALLER);
  }
}

@inline
function joinedHelpers(): i32 {
  return atomic.load<i32>(Control.Gate) & ~CLOSED;
}

@inline
function missing(): i32 {
  return popcnt<i32>(joinedHelpers()) - atomic.load<i32>(Control.Done);
}

/** Sleeps until another task than the one seen last is called; returns its number. */
export function awaitCall(seen: i32): i32 {
  for (let i = 0; i < PATIENCE; i++) {
    const signal = atomic.load<i32>(Control.Signal);
    if (signal != seen) return signal;
  }
  atomic.add<i32>(Control.Sleepers, 1);
  while (atomic.load<i32>(Control.Signal) == seen) atomic.wait<i32>(Control.Signal, seen, NAP_OF_HELPER);
  atomic.sub<i32>(Control.Sleepers, 1);
  return atomic.load<i32>(Control.Signal);
}

/** Whether the helper may take part in the task at hand: not when its gate is closed, nor twice. */
export function join(index: i32): bool {
  const bit = 1 << index;
  let gate = atomic.load<i32>(Control.Gate);
  while ((gate & (CLOSED | bit)) == 0) {
    const before = atomic.cmpxchg<i32>(Control.Gate, gate, gate | bit);
    if (before == gate) return true;
    gate = before;
  }
  return false;
}

/** Says that a helper has done its part. */
export function done(): void {
  atomic.add<i32>(Control.Done, 1);
  atomic.notify(Control.Done, 1);
}
