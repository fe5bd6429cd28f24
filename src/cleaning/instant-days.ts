const millisecondsPerDay = 86_400_000;

/**
 * Instants as numbers that a model can use: days since 1970 UTC, or, when each row has a time of its own,
 * days before that time (negative is after it). `NaN` where either is missing.
 */
export function daysOf(instants: Float64Array, times: Float64Array | null): Float64Array {
  return instants.map((instant, row) => (times ? times[row]! - instant : instant) / millisecondsPerDay);
}
