/** A piece of HTML that is safe to show as it stands. */
export class Html {
  constructor(readonly text: string) {}
}

export type HtmlPart = Html | string | number | readonly HtmlPart[];

/**
 * A template that escapes every value but other {@link Html}: text from data cannot become markup.
 *
 * @example
 * html`<td>${'<b>'}</td>`.text; // <td>&lt;b&gt;</td>
 */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlPart[]): Html {
  return new Html(strings.reduce((text, part, index) => text + htmlText(values[index - 1]!) + part));
}

/** A name or cell of the user's, kept apart from the direction of the text around it. */
export function dataText(text: string): Html {
  return html`<bdi>${text}</bdi>`;
}

/** A sentence whose short brackets, mostly intervals, do not break over lines. */
export function unbroken(sentence: string): Html {
  const parts = sentence.split(/(\([^()]{1,30}\)[.,;]?)/);
  return html`${parts.map((part, index) => (index % 2 ? html`<span class="whole">${part}</span>` : part))}`;
}

function htmlText(value: HtmlPart): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(htmlText).join('');
  return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
