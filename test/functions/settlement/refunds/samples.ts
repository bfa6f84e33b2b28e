import type { RefundTaking } from '../../../../functions/settlement/refunds/allocate-refund.ts';
import type { HeldLeg, Holdings } from '../../../../functions/settlement/refunds/holdings.ts';
import { sum } from '../../../../shared/money/sum.ts';

/** Minor units of a text such as '1,000.01', two decimals. */
export function fen(text: string): bigint {
  return BigInt(text.replaceAll(/[.,]/g, ''));
}

/** A leg of the merchant `id`; the one called SELLER is the selling merchant's own. */
export function leg(id: string, held: string, more: Partial<HeldLeg> = {}): HeldLeg {
  return { id, ...(id !== 'SELLER' && { receiver: id }), held: fen(held), ...more };
}

export function holdings(unsplit: string, ...legs: HeldLeg[]): Holdings {
  return { unsplit: fen(unsplit), legs };
}

export function heldIn({ unsplit, legs }: Holdings): bigint {
  return unsplit + sum(legs.map(({ held }) => held));
}

/** What was taken, the unsplit part first, then of each leg by name. */
export function told({ unsplit, legs }: RefundTaking): unknown[] {
  return [unsplit, ...legs.map(({ legId, amount }) => [legId, amount])];
}
