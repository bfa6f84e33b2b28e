/** Open receipts, and invoices, that one run takes, at most: so many are decided in one process within a gigabyte. */
export const itemsPerRunMax = 150_000;

/** There is more than a run takes. */
export class RunTooLargeError extends Error {
  constructor(what: 'receipts' | 'invoices' | 'customers') {
    super(`There are more than ${itemsPerRunMax} ${what}; name a legal entity, a currency or fewer days.`);
  }
}

export function requireRoom(what: ConstructorParameters<typeof RunTooLargeError>[0], count: number): void {
  if (count > itemsPerRunMax) throw new RunTooLargeError(what);
}
