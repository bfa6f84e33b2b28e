import { addDays } from '../../../shared/calendar/plain-date.ts';
import { countingReceipt } from '../receipts/find-receipt.ts';
import type { PointedAt } from '../receipts/receipt-pointers.ts';
import type { ReceivablesStore } from '../store.ts';
import { type ReturnedCredit, type ReturnedPart, type ReturnedPayment, restOf } from './returned-credit.ts';
import { daysBackMax, type ReturnedCandidate, type WhichReceipt, whichReceipt } from './which-receipt.ts';

type Reads = Pick<ReceivablesStore, 'readReceipt' | 'readReceiptsOfName' | 'readReceiptsOfAmount'>;

/** Which receipts a returned credit takes money off, or why nobody knows: of a batch all of its payments, or none. */
export async function findReceipts(store: Reads, returned: ReturnedCredit): Promise<WhichReceipt> {
  const whole = await findOne(store, returned, { ...returned, amount: restOf(returned) });
  if ('parts' in whole || returned.payments.length === 0 || returned.parts.length > 0) return whole;
  const parts: ReturnedPart[] = [];
  for (const payment of returned.payments) {
    const found = await findOne(store, returned, payment);
    if (!('parts' in found)) return found;
    parts.push(...found.parts);
  }
  const isOnce = new Set(parts.map(({ receiptId }) => receiptId)).size === parts.length;
  return isOnce ? { parts } : { reason: 'SEVERAL_RECEIPTS' };
}

async function findOne(store: Reads, returned: ReturnedCredit, payment: ReturnedPayment): Promise<WhichReceipt> {
  const { tenant, accountId, bookedOn, legalEntity, currency, bankReferences } = returned;
  const { amount, endToEnd } = payment;
  const named = (name: string) => store.readReceiptsOfName(tenant, returned, name);
  const days = { from: addDays(bookedOn, -daysBackMax), to: bookedOn };
  const [byBank, byEndToEnd, byAmount] = await Promise.all([
    Promise.all(bankReferences.map(named)),
    endToEnd === undefined ? [] : named(endToEnd),
    store.readReceiptsOfAmount(tenant, { legalEntity, currency, amount }, days),
  ]);
  const candidates = (pointed: readonly PointedAt[]) => readCandidates(store, returned, pointed);
  return whichReceipt(
    { ...payment, bookedOn },
    {
      byBank: await candidates(byBank.flat()),
      byEndToEnd: await candidates(byEndToEnd),
      byAmount: await candidates(byAmount.filter((one) => one.accountId === accountId)),
    },
  );
}

/** What counts in the place of what is pointed at, each once; what leads there and is not there yet is left out. */
async function readCandidates(
  store: Reads,
  { tenant, legalEntity, currency }: ReturnedCredit,
  pointed: readonly PointedAt[],
): Promise<ReturnedCandidate[]> {
  const found = new Map<string, ReturnedCandidate>();
  for (const { receiptId, creditKey } of pointed) {
    const receipt = await countingReceipt(store, tenant, receiptId);
    if (receipt?.legalEntity !== legalEntity || receipt.currency !== currency) continue;
    found.set(receipt.id, { receipt, ...(creditKey !== undefined && { creditKey }) });
  }
  return [...found.values()];
}
