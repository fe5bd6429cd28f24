import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentPages } from '../../api-docs/current-pages.js';

const folder = resolve(import.meta.dirname, '../../docs/api');
const pages = currentPages();
const written = (name: string) =>
  existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '';

describe('the pages of docs/api', () => {
  it('are those of the source: npm run docs writes them', () => {
    const stale = [...pages].filter(([name, text]) => written(name) !== text).map(([name]) => name);
    expect(stale).toEqual([]);
    expect(readdirSync(folder).filter((name) => !pages.has(name))).toEqual([]);
  });

  it.each([...pages.keys()])('%s links to headings and files that exist', (name) => {
    const broken = [...pages.get(name)!.matchAll(/\]\(([^)#\s]*)(?:#([^)]*))?\)/g)]
      .filter(([, file = '', heading]) => {
        if (/^[a-z]+:/.test(file)) return false;
        if (heading === undefined) return !pages.has(file) && !existsSync(join(folder, file));
        return !headingsOf(pages.get(file || name) ?? '').includes(heading);
      })
      .map(([link]) => link);
    expect(broken).toEqual([]);
  });

  it('say of every public name what it is', () => {
    const silent = [...pages.values()].flatMap((text) => [
      ...text.matchAll(/^\| \[`(\w+)`\]\(.*\) \| +\|$/gm),
    ]);
    expect(silent.map(([, name]) => name)).toEqual([]);
  });
});

/** The anchors that GitHub gives to the headings of a page; one that reads like an earlier one is counted. */
function headingsOf(page: string): string[] {
  const code = /```[\s\S]*?```/g;
  const seen = new Map<string, number>();
  return [...page.replace(code, '').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    const anchor = heading!
      .replace(/\[(.*?)\]\(.*?\)/g, '$1')
      .toLowerCase()
      .replaceAll(' ', '-');
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}
