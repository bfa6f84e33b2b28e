import { deriveId } from '../../../../shared/identifiers/id.ts';
import type { BankOrder } from '../bank-gateway.ts';

/** The orders of one payment information; there is one at least. */
export interface PaymentGroup<Order extends BankOrder> {
  /** PmtInfId. */
  readonly id: string;
  readonly first: Order;
  readonly orders: readonly Order[];
}

/** A payment information for each business date and, of collections, sequence type, in that order; its orders by id. */
export function paymentGroups<Order extends BankOrder>({
  id,
  orders,
}: {
  readonly id: string;
  readonly orders: readonly Order[];
}): PaymentGroup<Order>[] {
  const groups = Map.groupBy(orders, termsOf);
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([what, ofGroup]) => {
      const sorted = ofGroup.toSorted((one, other) => (one.id < other.id ? -1 : 1));
      const [first] = sorted;
      // Digits and capitals only, and another in each message: banks tell payment informations by it alone.
      return first ? [{ id: deriveId('pmt', id, what).slice('pmt_'.length), first, orders: sorted }] : [];
    });
}

function termsOf({ businessDate, mandate }: BankOrder): string {
  return mandate ? `${businessDate} ${mandate.sequence}` : businessDate;
}

/** Whether the schemes of SEPA carry it, where files for them are agreed on. */
export function isSepa({ railKind, currency }: BankOrder): boolean {
  return railKind === 'FILE' && currency === 'EUR';
}
