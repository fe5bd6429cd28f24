import { z } from 'zod';

/**
 * A figure of one group in one month.
 *
 * `value` is `null` where the figure is not defined (nobody to count) or infinite (a lifetime when nobody left); then
 * `low` may still say that it is at least so much. `low` and `high` are the
 * ends of the 95 % interval; `null` where there is none (amounts and counts are what they are) or where an end is
 * infinite. `n` is what the figure rests on, in the metric's own `counts`: accounts, renewals, answers.
 */
export const figureSchema = z.strictObject({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int().min(0),
});
export type Figure = z.infer<typeof figureSchema>;

/** The figure of nobody. */
export const NO_FIGURE: Figure = { value: null, low: null, high: null, n: 0 };

/** A count or an amount: it was counted, not estimated, so it has no interval. */
export function plainFigure(value: number, n: number): Figure {
  return { value, low: null, high: null, n };
}

/** A figure through a function that rises or falls all the way from 0 on; ends that become infinite are left open. */
export function mapFigure(figure: Figure, through: (value: number) => number): Figure {
  const mapped = ({ value, low, high }: Omit<Figure, 'n'>) =>
    [value, low, high].map((end) => (end === null ? null : finite(through(end))));
  const [value, first, second] = mapped(figure) as [number | null, number | null, number | null];
  const falls = through(0.6) < through(0.5);
  return { value, low: falls ? second : first, high: falls ? first : second, n: figure.n };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
