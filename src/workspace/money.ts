/** Decimal places of a currency's minor unit: 2 for most, 0 for JPY, 3 for KWD. Unknown codes have 2. */
export function minorDigits(currency: string): number {
  try {
    return (
      new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ??
      2
    );
  } catch {
    return 2;
  }
}

/** Minor units of the company's currency; `null` where the amount's currency has no rate. */
export type ToCompanyCents = (amount: number, currency: string, unit: 'minor' | 'major') => number | null;

/**
 * Turns amounts into the company's currency. In its own currency an amount in minor units stays as it is, so that a
 * fraction of a cent is seen as the fault it is; a converted amount is rounded to the nearest minor unit.
 *
 * @param rates what one unit of another currency is worth in the company's
 */
export function companyCents(company: string, rates: Readonly<Record<string, number>>): ToCompanyCents {
  const digits = new Map<string, number>();
  const digitsOf = (currency: string) => {
    if (!digits.has(currency)) digits.set(currency, minorDigits(currency));
    return digits.get(currency)!;
  };
  return (amount, currency, unit) => {
    const own = currency === company;
    if (own) return unit === 'minor' ? amount : roundedShift(amount, digitsOf(company));
    const rate = Object.hasOwn(rates, currency) ? rates[currency]! : null;
    if (rate === null) return null;
    const shift = digitsOf(company) - (unit === 'minor' ? digitsOf(currency) : 0);
    return roundedShift(amount * rate, shift);
  };
}

/** `amount × 10^places`, rounded half away from zero, on the decimal digits: 1.005 is 101 cents. */
function roundedShift(amount: number, places: number): number {
  const text = String(Math.abs(amount));
  const shifted = text.includes('e') ? Math.abs(amount) * 10 ** places : Number(`${text}e${places}`);
  return Math.sign(amount) * Math.round(shifted);
}
