/** The look of a notebook, on top of that of every page: a text column, contents beside it where there is room. */
export const NOTEBOOK_STYLE = `
.notebook { max-width: 47rem; margin: 0 auto; }
main { min-width: 0; }
.prose { font: 1.06rem/1.68 Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Georgia, "DejaVu Serif", serif;
  overflow-wrap: break-word; hyphens: auto; }
.prose h1, .prose h2, .prose h3, .prose h4 { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  hyphens: manual; scroll-margin-top: 1rem; }
.prose h1 { font-size: 2.15rem; margin: .25rem 0 1.25rem; letter-spacing: -.02em; }
.prose h2 { font-size: 1.4rem; margin: 3.25rem 0 .75rem; padding-top: 0; border: 0; }
.prose p, .prose ul, .prose ol { max-width: none; margin: .85rem 0; }
.prose ul, .prose ol { padding-left: 1.5rem; } .prose li { margin: .3rem 0; }
.prose a { color: var(--model); text-decoration-thickness: 1px; text-underline-offset: .15em; }
.prose blockquote { margin: 1rem 0; padding: .1rem 0 .1rem 1.1rem; border-left: 3px solid var(--line); color: var(--muted); }
.prose :not(pre) > code { font-size: .84em; background: var(--soft); padding: .1em .3em; border-radius: 3px; }
.prose pre { font-size: .84rem; line-height: 1.5; background: var(--soft); border-radius: 6px; padding: .8rem 1rem; overflow-x: auto; }
.prose img, .output img { display: block; max-width: 100%; height: auto; }
.prose table { display: block; overflow-x: auto; width: auto; max-width: 100%; margin: 1rem 0; font: .92rem/1.5 system-ui, sans-serif; }
.code { margin: 1.5rem 0 1.75rem; min-width: 0; }
.code details { margin: 0; }
.code summary { color: var(--muted); font-size: .78rem; letter-spacing: .02em; padding: .1rem 0 .25rem; width: fit-content; }
.code summary:hover { color: var(--model); }
pre { margin: 0; font: .81rem/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; overflow-wrap: normal; tab-size: 2; }
pre code { font: inherit; }
.source { background: var(--soft); border-radius: 6px; padding: .85rem 1rem; overflow-x: auto; }
.source:focus-visible { outline: 2px solid var(--model); }
.code-keyword { color: #8a2f6b; } .code-string { color: #23693c; } .code-number { color: #94520a; }
.code-comment { color: #66727e; font-style: italic; } .code-name { color: #1d5c9e; }
.output { margin: 1rem 0; max-width: none; }
pre.output { overflow: auto; max-height: 40rem; padding: .15rem 0 .15rem 1rem; border-left: 3px solid var(--line); }
pre.sentences { white-space: pre-wrap; overflow-wrap: break-word; }
pre.stderr { border-color: #d9a441; background: #fdf8ec; padding-block: .5rem; }
pre.error { border-color: #b3261e; background: #fdf0ef; color: #8c1d18; padding-block: .6rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.output table { width: auto; min-width: min(100%, 22rem); font-variant-numeric: tabular-nums; }
.output th, .output td { padding: .35rem 1.4rem .35rem 0; } .output th:last-child, .output td:last-child { padding-right: 0; }
.output thead th { font-weight: 600; }
.output tfoot td { color: var(--muted); border: 0; font-size: .9em; }
.output caption { color: var(--ink); font-weight: 600; }
.output [align="right"] { text-align: right; } .output [align="center"] { text-align: center; }
.chart .live { overflow-x: auto; }
.chart .picture { text-align: left; }
.chart:not(.drawn) figcaption { display: none; }
nav { font-size: .88rem; line-height: 1.4; margin: 0 0 2rem; padding-bottom: 1rem; border-bottom: 1px solid var(--line); }
nav strong { display: none; }
@media (min-width: 1120px) {
  body { max-width: 76rem; }
  .notebook { display: grid; grid-template-columns: 13.5rem minmax(0, 47rem); gap: 0 3.5rem; max-width: none; justify-content: center; }
  nav { position: sticky; top: 2rem; align-self: start; max-height: calc(100vh - 4rem); overflow-y: auto; margin: .6rem 0 0;
    padding: 0 0 0 1rem; border: 0; border-left: 2px solid var(--line); }
  nav strong { display: block; margin-bottom: .4rem; color: var(--muted); font-weight: 600; }
  nav a { display: block; margin: 0 0 .55rem; color: var(--ink); text-decoration: none; }
  nav a:hover { color: var(--model); text-decoration: underline; }
  main:only-child { grid-column: 1 / -1; width: 47rem; max-width: 100%; margin: 0 auto; }
}
@media (max-width: 560px) {
  .prose { font-size: 1rem; } .prose h1 { font-size: 1.7rem; } .prose h2 { font-size: 1.25rem; margin-top: 2.5rem; }
  pre { font-size: .74rem; } .source { padding: .7rem .8rem; }
}
@media print {
  .notebook { display: block; max-width: none; }
  .prose { font-size: 10.5pt; line-height: 1.5; } .prose h1 { font-size: 20pt; } .prose h2 { font-size: 13.5pt; margin-top: 1.4rem; }
  .chart.drawn figcaption { display: none; }
  .code summary { display: none; }
  pre, pre.output, .source { font-size: 7.6pt; max-height: none; white-space: pre-wrap; overflow-wrap: anywhere; }
  .source { padding: .5rem .7rem; } .output img { max-height: 90vh; } .code figure { break-inside: avoid; }
}
`;
