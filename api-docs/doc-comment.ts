/** A doc comment taken apart by its tags; texts are Markdown, without the stars. */
export interface DocComment {
  readonly description: string;
  readonly params: readonly string[];
  readonly returns: readonly string[];
  readonly throws: readonly string[];
  readonly see: readonly string[];
  /** Code. */
  readonly examples: readonly string[];
}

const TAGS = { '@param': 'params', '@returns': 'returns', '@throws': 'throws', '@see': 'see' } as const;

/** Reads the text of a comment; the empty text is a comment that says nothing. */
export function readDocComment(comment: string): DocComment {
  const sections = sectionsOf(commentLines(comment));
  const tagged = (tag: string) => sections.filter((section) => section.tag === tag).map(({ text }) => text);
  const known = [null, '@example', ...Object.keys(TAGS)];
  const unknown = sections.find(({ tag }) => !known.includes(tag));
  if (unknown) throw new Error(`a doc comment has the tag ${unknown.tag}, which no page shows`);
  return {
    description: sections[0]?.text ?? '',
    params: tagged('@param'),
    returns: tagged('@returns'),
    throws: tagged('@throws'),
    see: tagged('@see'),
    examples: tagged('@example'),
  };
}

/** Its first sentence, or all of it where a sentence does not end. */
export function firstSentence(description: string): string {
  const paragraph = description.split('\n\n')[0]!.replaceAll('\n', ' ');
  return /^.*?[.?!](?= |$)/.exec(paragraph)?.[0] ?? paragraph.replace(/[:,]$/, '');
}

function commentLines(comment: string): string[] {
  const inside = comment.replace(/^\/\*\*/, '').replace(/\*\/$/, '');
  return inside.split('\n').map((line) => line.replace(/^\s*\* ?/, '').trimEnd());
}

function sectionsOf(lines: readonly string[]): { tag: string | null; text: string }[] {
  const sections: { tag: string | null; lines: string[] }[] = [{ tag: null, lines: [] }];
  for (const line of lines) {
    const tag = /^@\w+/.exec(line.trimStart())?.[0];
    if (tag) sections.push({ tag, lines: [line.trimStart().slice(tag.length).trimStart()] });
    else sections.at(-1)!.lines.push(line);
  }
  return sections.map(({ tag, lines: own }) => ({
    tag,
    text: (tag === '@example' ? own : own.map((line) => line.trimStart())).join('\n').trim(),
  }));
}
