/** How the refusals of a capability that remembers them by name, as the ledger does, are to be taken. */

const notFinal: ReadonlySet<string> = new Set([
  'request/conflict-retry',
  'request/unavailable',
  'request/internal-error',
]);

/** Not final: the same order under the same name will tell. */
export function isFinal({ code }: { readonly code: string }): boolean {
  return !notFinal.has(code);
}

/** What it cannot read, it does not remember: the same name may still be booked later. */
export function isRemembered({ status }: { readonly status: number }): boolean {
  return status !== 400;
}

/** It could not say yet; the work is handed over again. */
export class NotAnsweredError extends Error {
  override readonly name = 'NotAnsweredError';
}
