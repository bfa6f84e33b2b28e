import type { PlainDate } from '../../../../shared/calendar/plain-date.ts';
import { normaliseName } from '../names/normalise-name.ts';
import type { OpenReceipt } from '../open-item.ts';

/** Money that paid an invoice, with what tells its payer from others. */
export interface Payment {
  readonly receiptId: string;
  /** Of the whole receipt, minor units. */
  readonly amount: bigint;
  readonly paidOn: PlainDate;
  readonly accountKey: string | undefined;
  /** Normalised; empty where there is none. */
  readonly name: string;
  readonly customerId: string | undefined;
}

/** The name is given where it is normalised already. */
export function paymentOf(
  { id, amount, paidOn, payer }: Pick<OpenReceipt, 'id' | 'amount' | 'paidOn' | 'payer'>,
  customerId: string | undefined,
  name = normaliseName(payer.name ?? ''),
): Payment {
  return { receiptId: id, amount, paidOn, accountKey: payer.accountKey, name, customerId };
}

/** Whether two payments are of one payer: the same customer, account or name. */
export function isSamePayer(one: Payment, other: Payment): boolean {
  if (one.customerId !== undefined && one.customerId === other.customerId) return true;
  if (one.accountKey !== undefined && one.accountKey === other.accountKey) return true;
  return one.name !== '' && one.name === other.name;
}
