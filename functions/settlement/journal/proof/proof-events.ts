import type { Proof } from './proof.ts';

/** A fact that a change of a proof means, and what is told of it. */
export function proofFacts(
  before: Proof | undefined,
  after: Proof,
): { readonly name: string; readonly data: object }[] {
  const { marketId, result } = after;
  const ended = { marketId, balanced: result?.isBalanced ?? false, lostOrders: result?.lost.count ?? 0 };
  return [
    ...(after.asked > (before?.asked ?? 0) ? [{ name: 'proof-asked', data: { marketId } }] : []),
    ...(after.turns > (before?.turns ?? 0) ? [{ name: 'proof-handed-on', data: { marketId } }] : []),
    ...(after.done > (before?.done ?? 0) ? [{ name: 'proof-ended', data: ended }] : []),
  ];
}
