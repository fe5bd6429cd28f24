import { type ProfitTerms, profitOf } from '../evaluation/profit.js';

/** What one contact of a list brings, before and after its cost. */
export interface ContactTerms extends ProfitTerms {
  /** Share of the accounts on the list that would leave unless someone acts, in [0, 1]. */
  readonly precision: number;
}

/** Expected profit of contacting one account of the list; the same sum as the profit curve of `evaluate`. */
export function profitPerContact(terms: ContactTerms): number {
  return profitOf(terms.precision, 1, terms);
}

/** The most that one contact may cost: at that cost its profit is exactly 0. Negative where saved accounts bring a loss. */
export function breakEvenContactCost(terms: Omit<ContactTerms, 'contactCost'>): number {
  return profitPerContact({ ...terms, contactCost: 0 });
}

/**
 * The share of contacted leavers that must stay for a contact to pay for itself; above 1 no save rate can.
 * `Infinity` when the list holds nobody who would leave, or when a saved account brings nothing or a loss.
 */
export function breakEvenSaveRate({ contactCost, ...terms }: Omit<ContactTerms, 'saveRate'>): number {
  const broughtByAll = breakEvenContactCost({ ...terms, saveRate: 1 });
  if (broughtByAll > 0) return contactCost / broughtByAll;
  return contactCost === 0 && broughtByAll === 0 ? 0 : Number.POSITIVE_INFINITY;
}
