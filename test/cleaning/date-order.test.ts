import { describe, expect, it } from 'vitest';
import { weighDateOrder } from '../../src/cleaning/date-order.js';

const weigh = (texts: string[]) =>
  weighDateOrder(
    texts,
    texts.map(() => 1),
  );

describe('weighDateOrder', () => {
  it.each([
    [['2024-01-31', '2024/02/01'], 'ymd'],
    [['31/01/2024', '01/02/2024'], 'dmy'],
    [['01/31/2024', '01/02/2024'], 'mdy'],
    [['31-01-2024', '2024-02-01'], 'dmy'],
    [['01.02.2024'], 'dmy'],
    [['05/05/2024', '2024-01-31'], 'dmy'],
    [['01/02/2024', '03/04/2024'], 'ambiguous'],
    [['01/02/2024', '2024-01-31'], 'ambiguous'],
    [['31/01/2024', '01/31/2024', '01/02/2024'], 'ambiguous'],
  ])('decides %j as %s', (texts, order) => {
    expect(weigh(texts).order).toBe(order);
  });

  it('counts the rows that prove the other order, and names an ambiguous text', () => {
    expect(weighDateOrder(['31/01/2024', '12/31/2024', '02/03/2024', 'x'], [50, 2, 7, 1])).toEqual({
      order: 'dmy',
      readableRows: 57,
      contraryRows: 2,
      example: '02/03/2024',
    });
  });
});
