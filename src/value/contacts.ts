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

/** The most that one contact may cost: at that cost its profit is exactly 0. */
export function breakEvenContactCost(terms: Omit<ContactTerms, 'contactCost'>): number {
  return profitPerContact({ ...terms, contactCost: 0 });
}

/**
 * The share of contacted leavers that must stay for a contact to pay for itself; above 1 no save rate can.
 * `Infinity` when the list holds nobody who would leave, or a saved account is worth nothing.
 */
export function breakEvenSaveRate({ contactCost, ...terms }: Omit<ContactTerms, 'saveRate'>): number {
  return contactCost === 0 ? 0 : contactCost / breakEvenContactCost({ ...terms, saveRate: 1 });
}
