import { type DocComment, firstSentence } from './doc-comment.js';
import type { Entry } from './read-api.js';
import type { GivenName } from './read-given.js';

/** A folder of `src`, in the order of the pipeline. */
export interface Stage {
  readonly folder: string;
  /** What happens there; Markdown. */
  readonly text: string;
}

const GROUPS = [
  { title: 'Functions', holds: ({ kind }: Entry) => kind === 'function' },
  { title: 'Constants and classes', holds: isValue },
  { title: 'Types', holds: ({ kind, isExported }: Entry) => kind === 'type' && isExported },
  { title: 'Shapes', holds: ({ kind, isExported }: Entry) => kind !== 'function' && !isExported },
];
const SHAPES_NOTE = 'Taken or given by public functions, without a public name of their own.';

/** The stages of `docs/architecture.md`: rows of its table, several folders of a row apart. */
export function readStages(architecture: string): Stage[] {
  return [...architecture.matchAll(/^\| (`.*?`) \| (.*) \|$/gm)].flatMap(([, folders, text]) =>
    [...folders!.matchAll(/`([^`]+)`/g)].map((match) => ({
      folder: match[1]!.replace(/\.ts$/, ''),
      text: text!,
    })),
  );
}

/** Every page by its file name, `README.md` first. */
export function apiPages(
  entries: readonly Entry[],
  stages: readonly Stage[],
  given: readonly GivenName[],
): Map<string, string> {
  const links = linksOf(entries);
  const pages = new Map([['README.md', '']]);
  const used: { stage: Stage; own: Entry[] }[] = [];
  for (const stage of stages) {
    const own = entries.filter((entry) => folderOf(entry) === stage.folder);
    if (own.length === 0) continue;
    used.push({ stage, own });
    pages.set(`${stage.folder}.md`, stagePage(stage, own, links));
  }
  const lost = entries.filter((entry) => !pages.has(`${folderOf(entry)}.md`));
  if (lost.length > 0) throw new Error(`docs/architecture.md has no stage ${folderOf(lost[0]!)}`);
  return pages.set('README.md', indexPage(used, given, links));
}

type Links = ReadonlyMap<Entry, string>;

/** Where each entry is, as `evaluation.md#auc`; headings that read the same are counted, the page's own first, as GitHub does. */
function linksOf(entries: readonly Entry[]): Links {
  const links = new Map<Entry, string>();
  const taken = new Map(entries.map((entry) => [`${folderOf(entry)}.md#${folderOf(entry)}`, 1]));
  for (const { holds } of GROUPS) {
    for (const entry of entries.filter(holds)) {
      const place = `${folderOf(entry)}.md#${entry.name.toLowerCase()}`;
      const count = taken.get(place) ?? 0;
      taken.set(place, count + 1);
      links.set(entry, count === 0 ? place : `${place}-${count}`);
    }
  }
  return links;
}

function indexPage(
  used: readonly { stage: Stage; own: Entry[] }[],
  given: readonly GivenName[],
  links: Links,
): string {
  const rows = used.flatMap(({ stage: { folder, text }, own }) => [
    `## [${folder}](${folder}.md)`,
    `${capital(text)}.`,
    exportedOf(own)
      .map((entry) => linkTo(entry, links))
      .join(' · '),
  ]);
  return page([
    '# API reference',
    "Everything that `import { … } from 'churnlab'` offers, by the stages that a customer table passes through " +
      '([architecture](../architecture.md)). Written by `npm run docs` from the doc comments in `src`; ' +
      'every example is run by a test, which compares a value in a comment behind a call with what the call gives ' +
      '(`0.833…` is cut).',
    '## What the examples take as given',
    'Each example stands alone. It may read these files and use these names; all else it imports from `churnlab`. They are ' +
      'made in [prelude.ts](../../test/examples/prelude.ts).',
    given.map(({ name, text }) => `- \`${name}\`: ${text.replaceAll('\n', ' ')}`).join('\n'),
    ...rows.filter((row) => row !== ''),
  ]);
}

function stagePage({ folder, text }: Stage, own: readonly Entry[], links: Links): string {
  const list = exportedOf(own).map((entry) => {
    const sentence = firstSentence(withLinks(entry.comment.description, links, folder));
    return `| ${linkTo(entry, links, folder)} | ${sentence.replaceAll('|', '\\|')} |`;
  });
  const groups = GROUPS.flatMap(({ title, holds }) => {
    const members = own.filter(holds);
    if (members.length === 0) return [];
    const note = title === 'Shapes' ? [SHAPES_NOTE] : [];
    return [`## ${title}`, ...note, ...members.flatMap((entry) => entryBlocks(entry, links))];
  });
  const table = list.length > 0 ? [['| name | what it is |', '| --- | --- |', ...list].join('\n')] : [];
  return page([`# ${folder}`, `${capital(text)}. [All stages](README.md)`, ...table, ...groups]);
}

/** What has a public name, in the order of the page. */
function exportedOf(own: readonly Entry[]): Entry[] {
  return GROUPS.flatMap(({ holds }) => own.filter(holds)).filter(({ isExported }) => isExported);
}

function entryBlocks(entry: Entry, links: Links): string[] {
  const { comment, file, code } = entry;
  const here = folderOf(entry);
  const mentions = distinct(entry.mentions).map((other) => linkTo(other, links, here));
  return [
    `### ${entry.name}`,
    ...(comment.description ? [withLinks(comment.description, links, here)] : []),
    fence(code),
    ...(mentions.length > 0 ? [`Types: ${mentions.join(', ')}.`] : []),
    ...tagBlocks(comment).map((block) => withLinks(block, links, here)),
    ...comment.examples.flatMap((example) => ['For example:', fence(example)]),
    `[src/${file}](../../src/${file})`,
  ];
}

function tagBlocks({ params, returns, throws, see }: DocComment): string[] {
  const items = [
    ...params.map((text) => text.replace(/^(\S+)\s*/, '**`$1`**: ')),
    ...returns.map((text) => `**Returns** ${text}`),
    ...throws.map((text) => `**Throws** ${text}`),
    ...see.map((text) => `**See** ${text}`),
  ];
  return items.length > 0 ? [items.map((item) => `- ${item.replaceAll('\n', '\n  ')}`).join('\n')] : [];
}

/** `{@link parseFlag}` as a link, where it has a page, and as code where it has none. */
function withLinks(text: string, links: Links, here: string): string {
  return text.replace(/\{@link (\w+)\}/g, (_, name: string) => {
    const entry = [...links.keys()].find((other) => other.name === name && other.isExported);
    return entry ? linkTo(entry, links, here) : `\`${name}\``;
  });
}

function linkTo(entry: Entry, links: Links, here?: string): string {
  const link = links.get(entry)!;
  return `[\`${entry.name}\`](${link.startsWith(`${here}.md#`) ? link.slice(`${here}.md`.length) : link})`;
}

function isValue({ kind, isExported }: Entry): boolean {
  return (kind === 'constant' || kind === 'class') && isExported;
}

function folderOf({ file }: Entry): string {
  return file.split('/')[0]!.replace(/\.ts$/, '');
}

function distinct(entries: readonly Entry[]): Entry[] {
  return [...new Set(entries)];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function fence(code: string): string {
  return `\`\`\`ts\n${code}\n\`\`\``;
}

function page(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}
