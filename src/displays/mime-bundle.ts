/** One thing to show, in several forms by MIME type; whoever shows it takes the richest that it can draw. */
export interface MimeBundle {
  /** Text, or JSON where the type is JSON; `text/plain` is always there. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What a notebook was made from: the MIME type of its last output. */
export const PROVENANCE_TYPE = 'application/vnd.churnlab.provenance+json';
/** The Vega-Lite type that JupyterLab 4 draws. */
export const VEGA_LITE_TYPE = 'application/vnd.vegalite.v5+json';
