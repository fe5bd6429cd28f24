/** The version of churnlab, as in `package.json`. */
export const VERSION = '0.1.0';
