import { InvalidArgumentError } from 'commander';
import { ChurnError } from '../index.js';

/** `60`, `60s`, `5m`, `1h` as seconds. */
export function parseSeconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(s|m|h)?$/.exec(text);
  const seconds = match
    ? Number(match[1]) * { s: 1, m: 60, h: 3600 }[(match[2] ?? 's') as 's' | 'm' | 'h']
    : 0;
  if (!(seconds > 0)) throw new InvalidArgumentError('needed: a duration above 0, such as 60s or 5m.');
  return seconds;
}

/** A whole number. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isSafeInteger(value))
    throw new InvalidArgumentError('needed: a whole number.');
  return value;
}

/** A finite number of at least 0. */
export function parseNumberFlag(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('needed: a number of at least 0.');
  }
  return value;
}

/** A name that can be a folder's. */
export function parseName(text: string): string {
  if (/^[^\\/:*?"<>|\p{Cc}]+$/u.test(text) && !/^\.|^\s|\s$/.test(text)) return text;
  throw new InvalidArgumentError('needed: a name that a folder may have; --out says where the model goes.');
}

/** Collects a repeatable flag. */
export function parseList(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), text];
}

/** How often snapshots are taken. */
export function parseRhythm(text: string): 'month' | 'week' {
  if (text === 'month' || text === 'week') return text;
  throw new InvalidArgumentError('needed: month or week.');
}

/**
 * Refuses options that the kind of input does not understand.
 *
 * @throws ChurnError `bad-option` with the first of `names` that is given, and why it does not fit
 */
export function refuseGiven<Given extends object>(
  given: Given,
  names: readonly (keyof Given & string)[],
  why: string,
): void {
  const found = names.find((name) => given[name] !== undefined);
  if (found === undefined) return;
  const option = found.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new ChurnError('bad-option', `--${option} does not fit: ${why}`);
}

/**
 * The target, which every command on one table needs.
 *
 * @throws ChurnError `bad-option`
 */
export function requireTarget({ target }: { target?: string }): string {
  if (target !== undefined) return target;
  throw new ChurnError(
    'bad-option',
    "required option '--target <column>' not specified: it says who churned",
  );
}
