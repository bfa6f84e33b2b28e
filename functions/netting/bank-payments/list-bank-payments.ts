import type { Cycle } from '../cycles/cycle.ts';
import type { NettingStore } from '../store.ts';
import { type BankPayment, type BankPaymentState, lastAttempt } from './bank-payment.ts';
import { paymentsPerBlock } from './plan-bank-payments.ts';

/** A page of the payments of a cycle in the order of its legs, from a place on; those of a state where one is told. */
export async function listBankPayments(
  store: Pick<NettingStore, 'readList' | 'readBankPayments'>,
  { tenant, id, bankPayments }: Cycle,
  { from, count, state }: { readonly from: number; readonly count: number; readonly state?: BankPaymentState },
): Promise<{ readonly payments: readonly BankPayment[]; readonly next?: number }> {
  const block = Math.floor(from / paymentsPerBlock);
  if (!bankPayments || block >= bankPayments.blocks) return { payments: [] };
  const ids = (await store.readList(tenant, id, bankPayments, block, block + 1)) as string[];
  const page = ids.slice(from % paymentsPerBlock, (from % paymentsPerBlock) + count);
  const found = await store.readBankPayments(tenant, page);
  const payments = found.filter((payment) => state === undefined || lastAttempt(payment).state === state);
  const next = from + page.length;
  const isLast = block + 1 >= bankPayments.blocks && next >= block * paymentsPerBlock + ids.length;
  return { payments, ...(!isLast && { next }) };
}
