/** How the ledger's refusals are to be taken. */

/** Not final: the same order under the same name will tell. */
export const notFinal: ReadonlySet<string> = new Set([
  'request/conflict-retry',
  'request/unavailable',
  'request/internal-error',
]);

/** Whether other movements were faster, so that a plan on newer balances may do. */
export function isOvertaken(code: string | undefined): boolean {
  return code === 'ledger/condition-not-met' || code === 'ledger/insufficient-funds';
}

/** The ledger could not say yet; the work is carried on later. */
export class NotAnsweredError extends Error {
  override readonly name = 'NotAnsweredError';
}
