import type { Estimate } from '../evaluation/evaluation.js';

/** An object that is nothing but its own properties: made by braces or by `Object.create(null)`, in any realm. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const parent: unknown = Object.getPrototypeOf(value);
  return parent === null || Object.getPrototypeOf(parent) === null;
}

/** A list, not empty, of which every element passes the test. */
export function isListOf<Item>(
  value: unknown,
  test: (item: unknown) => item is Item,
): value is readonly Item[] {
  return Array.isArray(value) && value.length > 0 && value.every(test);
}

/** Whether a record has all of the named properties of its own: how results are told apart. */
export function hasAll<Name extends string>(
  value: unknown,
  names: readonly Name[],
): value is Readonly<Record<Name, unknown>> {
  return isRecord(value) && names.every((name) => Object.hasOwn(value, name));
}

/** Exactly `value`, `low` and `high`, all of them numbers. */
export function isEstimate(value: unknown): value is Estimate {
  return (
    hasAll(value, ['value', 'low', 'high']) &&
    Object.keys(value).length === 3 &&
    Object.values(value).every((part) => typeof part === 'number')
  );
}

/** Whether a record has what marks a result of ours; the names must be of no other result. */
export function isShaped<Result extends object>(
  value: unknown,
  names: readonly (keyof Result & string)[],
): value is Result {
  return hasAll(value, names);
}
