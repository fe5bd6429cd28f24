/** The look of every page: dark on white, one column, tables that scroll in their own box, and a form for paper. */
export const PAGE_STYLE = `
:root { --ink: #1b2733; --muted: #55626f; --line: #dfe4e9; --soft: #f4f6f8; --model: #1d5c9e; --churn: #a8400d; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 1040px; padding: 2rem 1.25rem 4rem; background: #fff; color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
h1 { font-size: 1.75rem; margin: 0 0 .25rem; letter-spacing: -.01em; }
h2 { font-size: 1.3rem; margin: 3.25rem 0 .5rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .25rem; }
p, ul { max-width: 46rem; margin: .5rem 0; }
.lead { color: var(--muted); margin-bottom: 1.25rem; }
nav { margin: 1.5rem 0 0; font-size: .95rem; }
nav a { color: var(--model); display: inline-block; margin: 0 1.1rem .25rem 0; padding: .15rem 0; }
.verdict { margin: 1.25rem 0; padding: 1.1rem 1.35rem; border-left: 7px solid var(--model); background: #eef4fa; }
.verdict strong { display: block; font-size: 1.25rem; margin-bottom: .15rem; color: var(--model); }
.verdict p { font-size: 1.08rem; margin: 0; }
.verdict.warning { border: 2px solid var(--ink); border-left-width: 12px;
  background: repeating-linear-gradient(-45deg, #fff 0 12px, #f0f1f2 12px 24px); }
.verdict.warning strong { color: var(--ink); font-size: 1.5rem; }
.headline { display: grid; grid-template-columns: repeat(auto-fit, minmax(210px, 1fr)); gap: 1.5rem; margin: 1.75rem 0;
  padding: 0; list-style: none; max-width: none; }
.headline strong { display: block; font-size: 2.1rem; line-height: 1.15; letter-spacing: -.02em; }
.headline li > span { color: var(--muted); font-size: .95rem; display: block; }
figure { margin: 1.5rem 0; min-width: 0; max-width: 46rem; }
figcaption { margin-bottom: .35rem; }
figcaption strong { display: block; overflow: hidden; text-overflow: ellipsis; }
figcaption span { color: var(--muted); font-size: .9rem; display: block; }
.chart .picture { overflow-x: auto; }
.chart .picture svg { display: block; max-width: 100%; height: auto; }
.chart .live { display: block; width: 100%; }
.chart:not(.drawn) .live { height: 0; overflow: hidden; }
.chart.drawn .picture { display: none; }
.pair { align-items: start; display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); gap: 0 2rem; }
.multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 270px), 1fr)); gap: 0 1.75rem; }
.multiples { align-items: end; } .multiples figure { margin: .75rem 0; }
.scroll { overflow-x: auto; margin: 1rem 0; background:
  linear-gradient(90deg, #fff 40%, transparent) left / 2.5rem 100% local no-repeat,
  linear-gradient(270deg, #fff 40%, transparent) right / 2.5rem 100% local no-repeat,
  linear-gradient(90deg, rgb(0 0 0 / .13), transparent) left / .7rem 100% no-repeat,
  linear-gradient(270deg, rgb(0 0 0 / .13), transparent) right / .7rem 100% no-repeat; }
.scroll:focus-visible { outline: 2px solid var(--model); }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; color: var(--muted); padding-bottom: .4rem; }
caption span { display: block; position: sticky; left: 0; width: fit-content; max-width: min(100%, calc(100vw - 2.5rem)); }
th, td { padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top;
  font-weight: 400; overflow-wrap: break-word; }
thead th { color: var(--muted); border-bottom: 2px solid var(--line); vertical-align: bottom; }
th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody th { font-weight: 600; }
tbody th.text { min-width: 8rem; max-width: 18rem; }
tr.marked { background: #eef4fa; }
td.text, thead th.text:not(:first-child) { padding-left: .6rem; }
td.text:last-child { min-width: 15rem; }
.whole { white-space: nowrap; }
td ul, td p { margin: 0; padding: 0; list-style: none; }
small { color: var(--muted); font-size: .92em; font-weight: 400; display: block; }
.tag { display: inline-block; padding: 0 .45rem; border-radius: 3px; background: var(--model); color: #fff;
  font-size: .78rem; font-weight: 600; }
.tag.doubt { background: var(--churn); }
.raises { color: var(--churn); } .lowers { color: var(--model); }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .35rem 1.5rem; font-size: .95rem; margin: 1rem 0; }
dt { color: var(--muted); } dd { margin: 0; min-width: 0; }
details { margin: .75rem 0; }
summary { cursor: pointer; color: var(--model); }
details ul { padding-left: 1.2rem; font-size: .95rem; }
code { font: .9em ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .9rem; }
#vg-tooltip-element { font: 13px/1.5 system-ui, sans-serif !important; color: var(--ink) !important; max-width: min(320px, 90vw);
  overflow-wrap: anywhere; border: 1px solid #b9c3cc !important; box-shadow: 0 2px 8px rgb(0 0 0 / .14) !important; }
#vg-tooltip-element table { width: auto; font-size: 13px; }
#vg-tooltip-element td { border: 0; padding: 1px 8px 1px 0; }
#vg-tooltip-element td.key { color: var(--muted) !important; white-space: nowrap; max-width: none !important; }
@media (max-width: 560px) {
  body { padding: 1.25rem 1rem 3rem; }
  h1 { font-size: 1.45rem; }
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .6rem; }
  .stacked thead { position: absolute; clip-path: inset(50%); }
  .stacked, .stacked tbody, .stacked caption { display: block; }
  .stacked tr { display: flow-root; padding: .6rem 0; border-bottom: 1px solid var(--line); }
  .stacked th, .stacked td.text, .stacked td.number { display: block; border: 0; padding: .1rem 0; max-width: none; text-align: left;
    min-width: 0; white-space: normal; }
  .stacked td::before { content: attr(data-title) ": "; color: var(--muted); }
  .stacked td:last-child::before { content: none; }
}
@media print {
  @page { margin: 16mm 14mm; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  nav, .chart .live { display: none !important; }
  .chart.drawn .picture { display: block; }
  .pair { grid-template-columns: 1fr 1fr; } .multiples { grid-template-columns: 1fr 1fr 1fr; }
  .scroll, .chart .picture { overflow: visible; background: none; }
  table { font-size: 8.5pt; }
  p, figure, tr, .verdict, .headline li { break-inside: avoid; }
  h2 { margin-top: 1.5rem; font-size: 14pt; } h2, h3, h2 + p, h3 + p, caption, figcaption { break-after: avoid; }
  .headline { grid-template-columns: repeat(4, 1fr); margin: 1rem 0; gap: 1rem; } .headline strong { font-size: 18pt; }
  figure { margin: .75rem 0; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;
